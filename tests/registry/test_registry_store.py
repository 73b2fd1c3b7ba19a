"""The registry in the database, alike on SQLite and PostgreSQL."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.exc import StatementError

from database.engine import Database
from registry_data.actions import ImportRegistry, ImportReport
from registry_data.contents import Changes, Registry
from registry_data.organisations import OrganisationKind
from registry_data.queries import read_registry, registry_version
from registry_data.schema import ServiceCard
from registry_data.store import CardStore
from tests.registry.samples import AT, act, card, index, organisation, region, registry


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
        return await CardStore(session).all_cards()


async def test_what_was_imported_is_read_back_the_same(database: Database) -> None:
    found = registry(
        organisations=(organisation("enpf", OrganisationKind.PENSION_FUND),),
        regions=(region("akmola", "tselinograd"),),
    )
    await bring_in(database, found)
    assert await contents_of(database) == found


async def test_the_whole_registry_of_the_program_is_read_back_the_same(
    database: Database, own: Registry
) -> None:
    await bring_in(database, own)
    read = await contents_of(database)
    assert read.cards == own.cards
    assert set(read.acts) == set(own.acts)
    assert set(read.guides) == set(own.guides)
    assert set(read.organisations) == set(own.organisations)
    assert set(read.regions) == set(own.regions)


async def test_nothing_was_ever_loaded_into_a_new_database(database: Database) -> None:
    assert (await version_of(database), await cards_of(database)) == (0, ())


async def test_a_second_import_of_the_same_changes_nothing(database: Database) -> None:
    await bring_in(database, registry())
    report = await bring_in(database, registry())
    assert not report.anything
    assert await version_of(database) == 1


async def test_an_import_says_what_it_added_changed_and_took_out(database: Database) -> None:
    await bring_in(database, registry(card(slug="a"), card(slug="b"), card(slug="c")))
    report = await bring_in(database, registry(card(slug="b"), card(slug="c", fee=[]), card(slug="d")))
    assert report.changes["cards"] == Changes(added=("d",), changed=("c",), gone=("a",))
    assert report.changes["acts"] == Changes()
    assert [one.slug for one in await cards_of(database)] == ["b", "c", "d"]
    assert await version_of(database) == 2


async def test_a_dry_run_says_the_same_and_writes_nothing(database: Database) -> None:
    report = await bring_in(database, registry(), dry_run=True)
    assert report.changes["cards"].added == ("id-card",)
    assert (await version_of(database), await cards_of(database)) == (0, ())


async def test_a_changed_card_keeps_who_when_and_what_it_was(database: Database) -> None:
    await bring_in(database, registry(), by="aigul")
    await bring_in(database, registry(card(fee=[])), by="berik")
    await bring_in(database, Registry(acts=(act(),)), by="dana")
    async with database.session() as session:
        history = await CardStore(session).history("id-card")
    assert [(past.card, past.changed_by, past.changed_at) for past in history] == [
        (None, "aigul", AT),
        (card(), "berik", AT),
        (card(fee=[]), "dana", AT),
    ]


async def test_a_change_of_an_act_alone_raises_the_version(database: Database) -> None:
    await bring_in(database, registry())
    await bring_in(database, registry(acts=(act(number="№ 268"),)))
    assert await version_of(database) == 2
    async with database.session() as session:
        assert len(await CardStore(session).history("id-card")) == 1


async def test_an_import_that_fails_half_way_leaves_nothing_behind(database: Database) -> None:
    await bring_in(database, registry())
    naive = AT.replace(tzinfo=None)
    importing = ImportRegistry(unit_of_work=database.unit_of_work)
    with pytest.raises(StatementError):
        await importing(registry(card(slug="other")), by="aigul", at=naive)
    assert [one.slug for one in await cards_of(database)] == ["id-card"]
    assert await version_of(database) == 1


async def test_one_card_is_found_by_its_slug(database: Database) -> None:
    await bring_in(database, registry())
    async with database.session() as session:
        store = CardStore(session)
        assert (await store.card("id-card"), await store.card("other")) == (card(), None)


async def test_imports_at_the_same_time_run_one_after_the_other(database: Database) -> None:
    registries = [registry(card(fee=[{"kzt": number}])) for number in range(1, 6)]
    reports = await asyncio.gather(*(bring_in(database, found) for found in registries))
    assert all(report.anything for report in reports)
    assert await version_of(database) == 5
    async with database.session() as session:
        assert len(await CardStore(session).history("id-card")) == 5


async def test_the_index_is_kept_under_its_first_day(database: Database) -> None:
    later = index().model_copy(update={"since": AT.date() + timedelta(days=60)})
    await bring_in(database, registry(indices=(index(), later)))
    assert (await contents_of(database)).indices == (index(), later)
