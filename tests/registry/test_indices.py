from datetime import date

import pytest

from registry_data.indices import mrp_on
from tests.registry.factories import index

INDICES = (index(date(2022, 1, 1), 3063), index(date(2022, 4, 1), 3180), index(date(2026, 1, 1), 4325))


@pytest.mark.parametrize(
    ("day", "kzt"),
    [
        (date(2022, 1, 1), 3063),  # from its first day
        (date(2022, 3, 31), 3063),  # a year with two values
        (date(2022, 4, 1), 3180),
        (date(2026, 12, 31), 4325),
        (date(2021, 12, 31), None),  # before the first
        (date(2023, 1, 1), None),  # last year's value does not apply this year
        (date(2027, 1, 1), None),
    ],
)
def test_index_of_a_day_is_that_of_its_year(day: date, kzt: int | None) -> None:
    found = mrp_on(day, INDICES)
    assert (found.kzt if found else None) == kzt
