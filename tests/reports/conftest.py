"""A bureau on each database."""

from collections.abc import AsyncIterator

import pytest

from database.engine import Database
from deadlines.clock import FixedClock, MovableClock
from tests.reports.bureau import AFTER, Bureau


@pytest.fixture
async def bureau(database: Database) -> AsyncIterator[Bureau]:
    async with database.unit_of_work() as unit:
        one = Bureau(unit=unit, clock=MovableClock(FixedClock(AFTER)))
        await one.found()
        yield one
