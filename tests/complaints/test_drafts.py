"""Drafts are changed one after another, and a refused change is not stored."""

import asyncio
from dataclasses import replace

import pytest

from accounts.cipher import Cipher
from complaints.draft import Draft
from complaints.drafts import DraftStore
from complaints.errors import DraftIncompleteError
from complaints.forgetting import DRAFT_FOR, forget_old
from complaints.tables import DraftRow
from database.engine import Database, UnitOfWork
from tests.complaints.scenario import CITIZEN, MORNING, NAME, OTHER_CITIZEN, TEXT


def of(unit: UnitOfWork, cipher: Cipher) -> DraftStore:
    return DraftStore(unit.session, cipher)


@pytest.fixture
async def begun(scenario_database: Database, cipher: Cipher) -> Database:
    """Drafts of two citizens."""
    async with scenario_database.unit_of_work() as unit:
        for person in (CITIZEN, OTHER_CITIZEN):
            await of(unit, cipher).add(person, Draft(), MORNING)
        await unit.commit()
    return scenario_database


async def test_changes_of_a_transaction_follow_each_other(begun: Database, cipher: Cipher):
    async with begun.unit_of_work() as unit:
        drafts = of(unit, cipher)
        for change in ({"name": NAME}, {"phone": "+77011234567"}):
            row = await drafts.lock(CITIZEN)
            assert row is not None
            await drafts.change(row, replace(drafts.read(row), **change), MORNING)
        await unit.commit()
    async with begun.unit_of_work() as unit:
        stored = await of(unit, cipher).of(CITIZEN)
        assert stored is not None
        assert of(unit, cipher).read(stored) == Draft(name=NAME, phone="+77011234567")


async def test_refused_change_is_not_stored(begun: Database, cipher: Cipher):
    async def change_and_refuse(unit: UnitOfWork, drafts: DraftStore, row: DraftRow) -> None:
        async with unit.atomic():
            await drafts.change(row, replace(drafts.read(row), name=TEXT), MORNING)
            raise DraftIncompleteError(missing=())

    async with begun.unit_of_work() as unit:
        drafts = of(unit, cipher)
        row = await drafts.lock(CITIZEN)
        assert row is not None
        with pytest.raises(DraftIncompleteError):
            await change_and_refuse(unit, drafts, row)
        again = await drafts.lock(CITIZEN)
        assert again is not None
        assert drafts.read(again) == Draft()


async def test_next_transaction_reads_what_another_wrote(begun: Database, cipher: Cipher):
    session = begun.session()
    async with session:
        mine = DraftStore(session, cipher)
        assert await mine.lock(CITIZEN) is not None
        await session.commit()
        async with begun.unit_of_work() as unit:
            theirs = await of(unit, cipher).lock(CITIZEN)
            assert theirs is not None
            await of(unit, cipher).change(theirs, Draft(name=NAME), MORNING)
            await unit.commit()
        found = await mine.of(CITIZEN)
        assert found is not None
        assert mine.read(found) == Draft(name=NAME)


async def test_dropped_draft_is_gone_at_once(begun: Database, cipher: Cipher):
    async with begun.unit_of_work() as unit:
        drafts = of(unit, cipher)
        row = await drafts.lock(CITIZEN)
        assert row is not None
        await drafts.drop(row)
        assert await drafts.of(CITIZEN) is None
        assert await drafts.lock(CITIZEN) is None


@pytest.mark.postgres
async def test_draft_under_change_is_not_deleted(postgres_scenario_url: str, cipher: Cipher):
    database = Database(postgres_scenario_url, pool_size=2)
    async with database.unit_of_work() as unit:
        for person in (CITIZEN, OTHER_CITIZEN):
            await of(unit, cipher).add(person, Draft(), MORNING - 2 * DRAFT_FOR)
        await unit.commit()
    async with database.unit_of_work() as changing, database.unit_of_work() as retention:
        assert await of(changing, cipher).lock(CITIZEN) is not None
        async with asyncio.timeout(10):  # it would wait for the other lock
            await forget_old(retention.session, MORNING)
        await retention.commit()
        await changing.commit()
    async with database.unit_of_work() as unit:
        assert await of(unit, cipher).of(CITIZEN) is not None
        assert await of(unit, cipher).of(OTHER_CITIZEN) is None
    await database.dispose()
