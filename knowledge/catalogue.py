"""The registry in memory, rebuilt when the registry in the database changes."""

import asyncio
import gc
import time
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from cachetools import LRUCache, TTLCache
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.clock import almaty_date
from kernel.language import Language
from knowledge.answer import Knowledge
from knowledge.intents import FoundIntent, IntentFinder
from knowledge.organisations import OrganisationFinder
from registry_data.acts import Act
from registry_data.card_facts import CardFacts
from registry_data.contents import Registry
from registry_data.guide import Guide
from registry_data.indices import MonthlyIndex, mrp_on
from registry_data.intents import Intent, load_intents
from registry_data.organisations import Organisation
from registry_data.queries import read_registry, registry_version
from registry_data.regions import Region
from registry_data.schema import LifeSituation, ServiceCard
from registry_data.synonyms import load_synonyms

Value = TypeVar("Value")

MAX_ENTRIES = 2_000  # about ten kilobytes each


class DerivedCache:
    """LRU cache: many people ask for the same card on the same day."""

    def __init__(self, most: int = MAX_ENTRIES) -> None:
        self._values: LRUCache[Hashable, Any] = LRUCache(most)

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value cached under `key`, or else the result of `make`. The key must contain everything it
        depends on.
        """
        value: Value | None = self._values.get(key)
        if value is None:
            value = self._values[key] = make()
        return value


REFRESH = timedelta(seconds=20)  # how long a changed registry may go unnoticed


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """One version of the registry, with its index and rendered screens."""

    version: int
    cards: Mapping[str, ServiceCard]
    acts: Mapping[str, Act]
    guides: Mapping[str, Guide]
    indices: tuple[MonthlyIndex, ...]
    organisations: Mapping[str, Organisation]
    regions: Mapping[str, Region]
    knowledge: Knowledge
    intents: IntentFinder
    derived: DerivedCache = field(default_factory=DerivedCache)

    def facts(self, slug: str, now: datetime) -> CardFacts | None:
        """The card, its act and the index as of the day of `now` (aware); None if there is no such card."""
        card = self.cards.get(slug)
        if card is None:
            return None
        today = almaty_date(now)
        act = self.acts.get(card.act) if card.act else None
        index = mrp_on(today, self.indices)
        return CardFacts(card=card, act=act, index=index, today=today, acts=self.acts)

    @property
    def organisation_finder(self) -> OrganisationFinder:
        """Made when somebody first searches for an organisation; takes half a second."""
        return self.derived.get(
            OrganisationFinder, lambda: OrganisationFinder(self.organisations.values(), self.regions)
        )

    def name(self, slug: str, language: Language) -> str:
        """The name of a service or guide. Raises KeyError for an unknown slug."""
        found = self.cards.get(slug) or self.guides[slug]
        return found.names.in_language(language)

    def wanted(self, text: str) -> FoundIntent | None:
        """What `text` wants from the bot itself, unless a card answers it better.

        Danger yields to a certain answer only.
        """
        found = self.intents.find(text)
        if found is None or not found.yields:
            return found
        reply = self.knowledge.ask(text)
        is_near = reply.near and found.intent is not Intent.EMERGENCY
        return None if reply.found and (reply.confident or is_near) else found

    def listed(self, guide: Guide) -> tuple[ServiceCard, ...]:
        """The services that the guide names: all that are provided in its form."""
        if guide.lists is None:
            return ()
        cards = self.cards.values()
        return tuple(card for card in cards if guide.lists in (card.forms or ()) and card.lapsed is None)

    def of_topic(self, topic: LifeSituation) -> list[ServiceCard]:
        return [card for card in self.cards.values() if card.life_situation is topic]

    def topics(self) -> list[LifeSituation]:
        """The topics that have services, in list order."""
        found = {card.life_situation for card in self.cards.values()}
        return [topic for topic in LifeSituation if topic in found]


class LiveCatalogue:
    """The catalogue of the database's current version.

    Checks the version at most once per `refresh`, so an import by another process is noticed within that
    time.
    """

    def __init__(self, refresh: timedelta = REFRESH, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._held: Catalogue | None = None
        self._fresh: TTLCache[None, Catalogue] = TTLCache(1, refresh.total_seconds(), monotonic)
        self._loading = asyncio.Lock()

    async def current(self, session: AsyncSession) -> Catalogue:
        found: Catalogue | None = self._fresh.get(None)
        if found is not None:
            return found
        async with self._loading:
            found = self._fresh.get(None)
            if found is None:
                found = self._fresh[None] = self._held = await self._load(session)
            return found

    async def _load(self, session: AsyncSession) -> Catalogue:
        version = await registry_version(session)
        if self._held is not None and self._held.version == version:
            return self._held
        registry = await read_registry(session)
        return await asyncio.to_thread(make_catalogue, version, registry)


def make_catalogue(version: int, registry: Registry) -> Catalogue:
    """Index the registry; takes some tenths of a second."""
    with _nothing_collected():
        knowledge = Knowledge(registry.cards, guides=registry.guides, synonyms=load_synonyms())
    return Catalogue(
        version=version,
        cards={card.slug: card for card in registry.cards},
        acts={act.key: act for act in registry.acts},
        guides={guide.slug: guide for guide in registry.guides},
        indices=registry.indices,
        organisations={one.code: one for one in registry.organisations},
        regions={one.code: one for one in registry.regions},
        knowledge=knowledge,
        intents=IntentFinder(load_intents(), knowledge.knows),
    )


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Disable garbage collection, which would repeatedly traverse the objects being built."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
