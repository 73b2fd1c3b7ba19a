"""An organisation with reports: on SQLite, or on both databases where SQL is tested."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from database.engine import Database
from kernel.clock import FixedClock, MovableClock
from tests.reports.scenario import AFTER, ReportScenario


@pytest.fixture
async def scenario(sqlite_database: Database) -> AsyncIterator[ReportScenario]:
    async with bureau_in(sqlite_database) as one:
        yield one


@pytest.fixture
async def bureau_on_both(database: Database) -> AsyncIterator[ReportScenario]:
    async with bureau_in(database) as one:
        yield one


@asynccontextmanager
async def bureau_in(database: Database) -> AsyncIterator[ReportScenario]:
    async with database.unit_of_work() as unit:
        one = ReportScenario(unit=unit, clock=MovableClock(FixedClock(AFTER)))
        await one.found()
        yield one
