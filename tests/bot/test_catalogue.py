"""The bot's answers follow the database."""

from dataclasses import replace
from datetime import timedelta

from database.engine import Database
from kernel.clock import FixedClock
from knowledge.catalogue import REFRESH, LiveCatalogue
from registry_data.actions import ImportRegistry
from registry_data.queries import read_registry
from registry_data.schema import LifeSituation


async def take_out(database: Database, slug: str, clock: FixedClock) -> None:
    """As another process would: import a registry without that service."""
    async with database.session() as session:
        registry = await read_registry(session)
    cards = tuple(card for card in registry.cards if card.slug != slug)
    importing = ImportRegistry(unit_of_work=database.unit_of_work)
    await importing(replace(registry, cards=cards), by="test", at=clock.now())


async def test_import_by_another_process_is_seen_after_the_refresh(
    registry_database: Database, clock: FixedClock
):
    live = LiveCatalogue(clock)
    async with registry_database.session() as session:
        before = await live.current(session)
    await take_out(registry_database, "apostille", clock)
    clock.advance(REFRESH - timedelta(seconds=1))
    async with registry_database.session() as session:
        assert await live.current(session) is before
    clock.advance(timedelta(seconds=1))
    async with registry_database.session() as session:
        after = await live.current(session)
    assert "apostille" in before.cards
    assert "apostille" not in after.cards


async def test_unchanged_registry_is_not_rebuilt(registry_database: Database, clock: FixedClock):
    live = LiveCatalogue(clock)
    async with registry_database.session() as session:
        before = await live.current(session)
        clock.advance(REFRESH)
        assert await live.current(session) is before


async def test_only_situations_with_services_are_offered(registry_database: Database, clock: FixedClock):
    async with registry_database.session() as session:
        catalogue = await LiveCatalogue(clock).current(session)
    assert set(catalogue.situations()) == {card.life_situation for card in catalogue.cards.values()}
    assert all(catalogue.of_situation(situation) for situation in catalogue.situations())
    assert LifeSituation.DOCUMENTS in catalogue.situations()


async def test_clock_set_back_still_refreshes_the_registry(registry_database: Database, clock: FixedClock):
    live = LiveCatalogue(clock)
    async with registry_database.session() as session:
        await live.current(session)
    await take_out(registry_database, "apostille", clock)
    clock.advance(-timedelta(days=30))  # the demo's clock may go back
    async with registry_database.session() as session:
        assert "apostille" not in (await live.current(session)).cards
