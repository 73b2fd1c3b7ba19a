"""A flood of notices keeps Telegram's limits, as the local Telegram measures them."""

import pytest

from bench.notices.flood import flood, most_in_a_second
from database.engine import Database


@pytest.mark.slow
async def test_hundred_notices_arrive_once_within_the_limits(sqlite_database: Database):
    figures = await flood(sqlite_database, 100)
    assert figures.is_good, figures
    assert figures.most_in_a_second > 20  # the limits are used, not just kept


@pytest.mark.long
@pytest.mark.postgres
async def test_two_hundred_notices_keep_the_limits_on_postgres(postgres_database: Database):
    figures = await flood(postgres_database, 200)
    assert figures.is_good, figures


@pytest.mark.parametrize(
    ("times", "most"),
    [([0.0, 0.5, 1.0], 2), ([0.0, 0.5, 0.999], 3), ([5.0], 1), ([0.0, 1.0, 1.1, 1.2, 3.0], 3)],
)
def test_busiest_second_is_found(times: list[float], most: int):
    assert most_in_a_second(times) == most
