"""The bot's answers follow the database."""

from dataclasses import replace

import pytest

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


@pytest.mark.slow
async def test_import_by_another_process_is_seen_after_the_refresh(
    registry_database: Database, clock: FixedClock
):
    seconds = 0.0
    live = LiveCatalogue(monotonic=lambda: seconds)
    async with registry_database.session() as session:
        before = await live.current(session)
    await take_out(registry_database, "apostille", clock)
    seconds = REFRESH.total_seconds() - 1
    async with registry_database.session() as session:
        assert await live.current(session) is before
    seconds = REFRESH.total_seconds()
    async with registry_database.session() as session:
        after = await live.current(session)
    assert "apostille" in before.cards
    assert "apostille" not in after.cards


async def test_unchanged_registry_is_not_rebuilt(registry_database: Database):
    seconds = 0.0
    live = LiveCatalogue(monotonic=lambda: seconds)
    async with registry_database.session() as session:
        before = await live.current(session)
        seconds = REFRESH.total_seconds()
        assert await live.current(session) is before


async def test_only_topics_with_services_are_offered(registry_database: Database):
    async with registry_database.session() as session:
        catalogue = await LiveCatalogue().current(session)
    assert set(catalogue.topics()) == {card.life_situation for card in catalogue.cards.values()}
    assert all(catalogue.of_topic(topic) for topic in catalogue.topics())
    assert LifeSituation.DOCUMENTS in catalogue.topics()
