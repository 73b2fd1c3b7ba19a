"""Services of the registry as titles of a form's lines: offered by name, stored by slug."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.language import Language
from registry_data.organisations import Organisation
from registry_data.routing import ServicePlace, provider_of
from registry_data.schema import ServiceCard
from registry_data.store import CARDS, RegistryRepository


@dataclass(frozen=True, slots=True)
class ServiceNames:
    session: AsyncSession

    async def slugs(self) -> dict[str, str]:
        """The slug of each name, in small letters, in any language; names of several cards are left out."""
        return slugs_by_name(await RegistryRepository(self.session, CARDS).all())

    async def offered(
        self, body: Organisation, own: Collection[str], every: Mapping[str, Organisation], language: Language
    ) -> tuple[str, ...]:
        """All services by name, those first that `own` provide where `body` is."""
        cards = await RegistryRepository(self.session, CARDS).all()
        place, bodies = ServicePlace(region=body.region, district=body.district), tuple(every.values())
        ordered = sorted(
            (not _provides(card, place, bodies, own), card.names.in_language(language)) for card in cards
        )
        return tuple(dict.fromkeys(name for _, name in ordered))


def _provides(
    card: ServiceCard, place: ServicePlace, bodies: tuple[Organisation, ...], own: Collection[str]
) -> bool:
    found = provider_of(card, place, bodies)
    return isinstance(found, Organisation) and found.code in own


def slugs_by_name(cards: Iterable[ServiceCard]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for card in cards:
        for language in Language:
            found.setdefault(card.names.in_language(language).casefold(), set()).add(card.slug)
    return {name: next(iter(slugs)) for name, slugs in found.items() if len(slugs) == 1}
