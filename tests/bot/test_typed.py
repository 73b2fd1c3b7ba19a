"""Typed dates, moments and numbers."""

from datetime import date, datetime

import pytest

from bot.dialogs.typed import (
    DayUnclearError,
    LengthUnclearError,
    MomentUnclearError,
    PastDayUnclearError,
    read_day,
    read_length,
    read_moment,
    read_past_day,
)
from deadlines.terms import Direction
from kernel.clock import ALMATY

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 10, tzinfo=ALMATY)


def test_day_is_read():
    assert read_day("09.10.2026", TODAY) == date(2026, 10, 9)


@pytest.mark.parametrize("text", [None, "", "soon", "32.10.2026", "31 ноября"])
def test_unclear_day_is_refused(text: str | None):
    with pytest.raises(DayUnclearError):
        read_day(text, TODAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("19.03.2026", date(2026, 3, 19)),
        ("19.03", date(2026, 3, 19)),
        ("19.03.", date(2026, 3, 19)),
        ("25.12", date(2025, 12, 25)),  # not yet this year: last year's
        ("21.11.2026", TODAY),
    ],
)
def test_past_day_is_read(text: str, day: date):
    assert read_past_day(text, TODAY) == day


@pytest.mark.parametrize("text", [None, "", "22.11.2026", "19.03.1999", "tomorrow"])
def test_day_to_come_or_too_old_is_refused(text: str | None):
    with pytest.raises(PastDayUnclearError):
        read_past_day(text, TODAY)


def test_moment_is_read():
    moment = read_moment("19.03.2026 18:45", Direction.FORWARDS, NOW)
    assert moment == datetime(2026, 3, 19, 18, 45, tzinfo=ALMATY)


def test_unclear_moment_is_refused():
    with pytest.raises(MomentUnclearError):
        read_moment("soon", Direction.FORWARDS, NOW)


def test_length_is_read():
    assert read_length(" 15 ") == 15


@pytest.mark.parametrize("text", [None, "", "0", "-1", "1001", "two"])
def test_unclear_length_is_refused(text: str | None):
    with pytest.raises(LengthUnclearError):
        read_length(text)
