"""Typed input of the calculator and forged callback data."""

import pytest

from bot.dialogs.deadlines.getters import group_of
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.typed import length_typed, moment_typed
from deadlines.terms import Direction

MOMENTS = [
    ("19.03.2026", "2026-03-19T00:00:00+05:00"),
    ("19.3.2026", "2026-03-19T00:00:00+05:00"),
    (" 19/03/2026 ", "2026-03-19T00:00:00+05:00"),
    ("19-03-2026 18:45", "2026-03-19T18:45:00+05:00"),
    ("19.03.2026, 9.05", "2026-03-19T09:05:00+05:00"),
    ("2026-03-19", "2026-03-19T00:00:00+05:00"),
    ("2026-03-19T18:45", "2026-03-19T18:45:00+05:00"),
    ("29.02.2024 12:00", "2024-02-29T12:00:00+06:00"),  # before the time zone changed
]


@pytest.mark.parametrize(("text", "expected"), MOMENTS)
def test_date_is_parsed_as_people_write_it(text: str, expected: str):
    moment = moment_typed(text, Direction.FORWARDS)
    assert moment is not None
    assert moment.isoformat() == expected


def test_bare_date_is_the_end_of_day_when_counting_back():
    moment = moment_typed("31.03.2026", Direction.BACKWARDS)
    assert moment is not None
    assert moment.isoformat() == "2026-03-31T23:59:59+05:00"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "завтра",
        "30.02.2026",
        "19.03.26",
        "19.03.2026 24:00",
        "19.03.2026 10:60",
        "١٩.٠٣.٢٠٢٦",
        "9" * 4000,
    ],
)
def test_invalid_date_is_not_guessed(text: str):
    assert moment_typed(text, Direction.FORWARDS) is None


@pytest.mark.parametrize(("text", "length"), [("1", 1), (" 15 ", 15), ("1000", 1000), ("007", 7)])
def test_length_is_a_whole_number(text: str, length: int):
    assert length_typed(text) == length


@pytest.mark.parametrize("text", ["", "0", "-5", "1001", "1.5", "пять", "²", "٣", "9" * 4000])
def test_invalid_length_is_not_guessed(text: str):
    assert length_typed(text) is None


@pytest.mark.parametrize("value", ["", "Complaint", "complaint ", "<b>", "x" * 64])
def test_forged_group_is_an_outdated_window(value: str):
    with pytest.raises(WindowOutdatedError):
        group_of(value)
