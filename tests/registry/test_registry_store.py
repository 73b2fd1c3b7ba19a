"""The registry in the database, identical on SQLite and PostgreSQL."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError
from sqlalchemy.ext.asyncio import AsyncSession

from database.engine import Database
from registry_data.actions import ImportRegistry, ImportReport
from registry_data.contents import Changes, Registry
from registry_data.organisations import OrganisationKind
from registry_data.queries import read_registry, registry_version
from registry_data.schema import ServiceCard
from registry_data.store import CardRepository
from registry_data.tables import CardHistoryRow
from tests.registry.factories import AT, act, card, index, organisation, region, registry


async def bring_in(
    database: Database, found: Registry, *, dry_run: bool = False, by: str = "aigul"
) -> ImportReport:
    return await ImportRegistry(unit_of_work=database.unit_of_work)(found, by=by, at=AT, dry_run=dry_run)


async def version_of(database: Database) -> int:
    async with database.session() as session:
        return await registry_version(session)


async def contents_of(database: Database) -> Registry:
    async with database.session() as session:
        return await read_registry(session)


async def cards_of(database: Database) -> tuple[ServiceCard, ...]:
    async with database.session() as session:
        return await CardRepository(session).all_cards()


async def test_imported_registry_round_trip(database: Database) -> None:
    found = registry(
        organisations=(organisation("enpf", OrganisationKind.PENSION_FUND),),
        regions=(region("akmola", "tselinograd"),),
    )
    await bring_in(database, found)
    assert await contents_of(database) == found


async def test_shipped_registry_round_trip(database: Database, own: Registry) -> None:
    await bring_in(database, own)
    read = await contents_of(database)
    assert read.cards == own.cards
    assert set(read.acts) == set(own.acts)
    assert set(read.guides) == set(own.guides)
    assert set(read.organisations) == set(own.organisations)
    assert set(read.regions) == set(own.regions)


async def test_new_database_holds_no_registry(database: Database) -> None:
    assert (await version_of(database), await cards_of(database)) == (0, ())


async def test_repeated_import_changes_nothing(database: Database) -> None:
    await bring_in(database, registry())
    report = await bring_in(database, registry())
    assert not report.anything
    assert await version_of(database) == 1


async def test_import_reports_added_changed_and_removed(database: Database) -> None:
    await bring_in(database, registry(card(slug="a"), card(slug="b"), card(slug="c")))
    report = await bring_in(database, registry(card(slug="b"), card(slug="c", fee=[]), card(slug="d")))
    assert report.changes["cards"] == Changes(added=("d",), changed=("c",), gone=("a",))
    assert report.changes["acts"] == Changes()
    assert [one.slug for one in await cards_of(database)] == ["b", "c", "d"]
    assert await version_of(database) == 2


async def test_dry_run_reports_changes_and_writes_nothing(database: Database) -> None:
    report = await bring_in(database, registry(), dry_run=True)
    assert report.changes["cards"].added == ("id-card",)
    assert (await version_of(database), await cards_of(database)) == (0, ())


async def history(session: AsyncSession) -> list[CardHistoryRow]:
    """What the card was before each change, the oldest first."""
    rows = select(CardHistoryRow).where(CardHistoryRow.slug == "id-card").order_by(CardHistoryRow.id)
    return list(await session.scalars(rows))


async def test_changed_card_has_a_history(database: Database) -> None:
    await bring_in(database, registry(), by="aigul")
    await bring_in(database, registry(card(fee=[])), by="berik")
    await bring_in(database, Registry(acts=(act(),)), by="dana")
    async with database.session() as session:
        found = await history(session)
    bodies = [None if past.body is None else ServiceCard.model_validate(past.body) for past in found]
    made = [(past.changed_by, past.changed_at) for past in found]
    assert [(body, *by) for body, by in zip(bodies, made, strict=True)] == [
        (None, "aigul", AT),
        (card(), "berik", AT),
        (card(fee=[]), "dana", AT),
    ]


async def test_change_of_an_act_raises_the_version(database: Database) -> None:
    await bring_in(database, registry())
    await bring_in(database, registry(acts=(act(number="№ 268"),)))
    assert await version_of(database) == 2
    async with database.session() as session:
        assert len(await history(session)) == 1


async def test_failed_import_is_rolled_back(database: Database) -> None:
    await bring_in(database, registry())
    naive = AT.replace(tzinfo=None)
    importing = ImportRegistry(unit_of_work=database.unit_of_work)
    with pytest.raises(StatementError):
        await importing(registry(card(slug="other")), by="aigul", at=naive)
    assert [one.slug for one in await cards_of(database)] == ["id-card"]
    assert await version_of(database) == 1


async def test_card_is_found_by_slug(database: Database) -> None:
    await bring_in(database, registry())
    async with database.session() as session:
        store = CardRepository(session)
        assert (await store.card("id-card"), await store.card("other")) == (card(), None)


async def test_concurrent_imports_are_serialised(database: Database) -> None:
    registries = [registry(card(fee=[{"kzt": number}])) for number in range(1, 6)]
    reports = await asyncio.gather(*(bring_in(database, found) for found in registries))
    assert all(report.anything for report in reports)
    assert await version_of(database) == 5
    async with database.session() as session:
        assert len(await history(session)) == 5


async def test_index_is_stored_by_its_first_day(database: Database) -> None:
    later = index().model_copy(update={"since": AT.date() + timedelta(days=60)})
    await bring_in(database, registry(indices=(index(), later)))
    assert (await contents_of(database)).indices == (index(), later)
