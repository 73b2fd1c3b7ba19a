"""An organisation with reports to make: on SQLite, or on both databases where statements are tested."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from database.engine import Database
from deadlines.clock import FixedClock, MovableClock
from tests.reports.bureau import AFTER, Bureau


@pytest.fixture
async def bureau(sqlite_database: Database) -> AsyncIterator[Bureau]:
    async with bureau_in(sqlite_database) as one:
        yield one


@pytest.fixture
async def bureau_on_both(database: Database) -> AsyncIterator[Bureau]:
    async with bureau_in(database) as one:
        yield one


@asynccontextmanager
async def bureau_in(database: Database) -> AsyncIterator[Bureau]:
    async with database.unit_of_work() as unit:
        one = Bureau(unit=unit, clock=MovableClock(FixedClock(AFTER)))
        await one.found()
        yield one
