"""A draft locked in a transaction is not read again until the transaction ends."""

import asyncio
from dataclasses import replace

import pytest

from accounts.cipher import Cipher
from complaints.draft import Draft
from complaints.drafts import ClosedDraft, DraftStore
from complaints.errors import DraftIncompleteError
from complaints.forgetting import DRAFT_FOR, forget_old
from complaints.store import CONSENT_VERSION, ConsentStore
from database.engine import Database, UnitOfWork
from tests.complaints.scenario import CITIZEN, MORNING, NAME, OTHER_CITIZEN, TEXT
from tests.statements import statements


def of(unit: UnitOfWork, cipher: Cipher) -> DraftStore:
    return DraftStore(unit.session, cipher)


@pytest.fixture
async def begun(scenario_database: Database, cipher: Cipher) -> Database:
    """Drafts of two citizens; the first has agreed to the consent."""
    async with scenario_database.unit_of_work() as unit:
        for person in (CITIZEN, OTHER_CITIZEN):
            await of(unit, cipher).add(person, Draft(), MORNING)
        await ConsentStore(unit.session).keep(CITIZEN, CONSENT_VERSION, MORNING)
        await unit.commit()
    return scenario_database


async def test_locked_draft_is_read_once(begun: Database, cipher: Cipher):
    async with begun.unit_of_work() as unit:
        drafts = of(unit, cipher)
        with statements("complaint_drafts") as seen:
            for text in (NAME, TEXT):
                closed = await drafts.lock_consented(CITIZEN, CONSENT_VERSION)
                assert closed is not None
                await drafts.change(closed, replace(drafts.read(closed), name=text), MORNING)
            shown = await drafts.of(CITIZEN)
            assert await drafts.lock(CITIZEN) == shown
        assert [text.split(maxsplit=1)[0] for text, _ in seen] == ["SELECT", "UPDATE", "UPDATE"]
        assert shown is not None
        assert drafts.read(shown) == Draft(name=TEXT)
        await unit.commit()
    async with begun.unit_of_work() as unit:
        stored = await of(unit, cipher).of(CITIZEN)
        assert stored is not None
        assert of(unit, cipher).read(stored) == Draft(name=TEXT)


async def test_refused_change_is_not_stored(begun: Database, cipher: Cipher):
    async def change_and_refuse(unit: UnitOfWork, drafts: DraftStore, closed: ClosedDraft) -> None:
        async with unit.atomic():
            await drafts.change(closed, replace(drafts.read(closed), name=TEXT), MORNING)
            raise DraftIncompleteError(missing=())

    async with begun.unit_of_work() as unit:
        drafts = of(unit, cipher)
        closed = await drafts.lock(CITIZEN)
        assert closed is not None
        with pytest.raises(DraftIncompleteError):
            await change_and_refuse(unit, drafts, closed)
        assert await drafts.lock(CITIZEN) == closed


async def test_lock_without_consent_does_not_imply_consent(begun: Database, cipher: Cipher):
    async with begun.unit_of_work() as unit:
        drafts = of(unit, cipher)
        assert await drafts.lock(OTHER_CITIZEN) is not None
        assert await drafts.lock_consented(OTHER_CITIZEN, CONSENT_VERSION) is None
        assert await drafts.lock(CITIZEN) is not None
        assert await drafts.lock_consented(CITIZEN, "an older one") is None
        assert await drafts.lock_consented(CITIZEN, CONSENT_VERSION) is not None


async def test_locked_draft_is_per_person(begun: Database, cipher: Cipher):
    async with begun.unit_of_work() as unit:
        drafts = of(unit, cipher)
        mine, other = await drafts.lock(CITIZEN), await drafts.of(OTHER_CITIZEN)
        assert mine is not None
        assert other is not None
        assert (mine.person, other.person) == (CITIZEN, OTHER_CITIZEN)


async def test_lock_ends_with_the_transaction(begun: Database, cipher: Cipher):
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


async def test_dropped_draft_is_gone_for_the_lock_owner(begun: Database, cipher: Cipher):
    async with begun.unit_of_work() as unit:
        drafts = of(unit, cipher)
        closed = await drafts.lock(CITIZEN)
        assert closed is not None
        await drafts.drop(closed)
        assert await drafts.of(CITIZEN) is None
        assert await drafts.lock_consented(CITIZEN, CONSENT_VERSION) is None


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
