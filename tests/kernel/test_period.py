"""Periods: codes, ends and successors; invalid codes are rejected."""

from datetime import date

import pytest

from kernel.period import Frequency, Period, period_of


@pytest.mark.parametrize(
    ("code", "first", "last", "following"),
    [
        ("2026Q1", date(2026, 1, 1), date(2026, 3, 31), "2026Q2"),
        ("2026Q4", date(2026, 10, 1), date(2026, 12, 31), "2027Q1"),
        ("2026H2", date(2026, 7, 1), date(2026, 12, 31), "2027H1"),
        ("2024Q1", date(2024, 1, 1), date(2024, 3, 31), "2024Q2"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2027"),
    ],
)
def test_period_has_its_days(code: str, first: date, last: date, following: str):
    period = Period.of_code(code)
    assert (period.code, period.first, period.last, period.next().code) == (code, first, last, following)
    assert period_of(period.every, first) == period_of(period.every, last) == period


@pytest.mark.parametrize("code", ["", "2026Q5", "2026Q0", "2026H3", "2026X1", "26Q1", "2026Q1 ", "٢٠٢٦Q1"])
def test_invalid_period_is_rejected(code: str):
    with pytest.raises(ValueError, match="not a period"):
        Period.of_code(code)


def test_frequencies_fill_a_year():
    assert [12 // every.months for every in Frequency] == [4, 2, 1]
