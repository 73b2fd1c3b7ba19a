"""How much the cards hold of the ten items that an act on a service must name (Law 88-V Art. 14 3-1))."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from registry_data.acts import Act
from registry_data.contents import Registry
from registry_data.english import EnglishShare, english_share
from registry_data.official_sites import is_of_one_provider, is_official, sources_of, unofficial_sources
from registry_data.organisations import Organisation
from registry_data.routing import NotInSystem, ServicePlace, provider_of
from registry_data.schema import ServiceCard
from registry_data.staleness import has_lapsed

ITEMS = (
    "names",
    "provider",
    "channels",
    "term",
    "forms",
    "result",
    "fee",
    "schedule",
    "documents",
    "refusal_grounds",
)
NEARLY_ALL = 9
SIGNPOST_BELOW = 5  # a card with fewer items only shows the way


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """Numbers of cards. `signposts`: those under five items that name who is responsible and an official
    page. `lapsed`: those whose act lapsed and that bear no mark of their own. `routed_least`: those,
    signposts aside, that find an organisation in `least_place`, where the fewest do. `english`: those with
    nothing left to render.
    """

    cards: int
    items: dict[str, int]
    at_least_9: int
    under_5: int
    signposts: int
    unofficial_sources: int
    lapsed: int
    routed_least: int
    least_place: tuple[str, str]
    english: int

    def document(self) -> dict[str, object]:
        """As `qyzmet registry completeness --json` prints it."""
        names = (name for name in self.__dataclass_fields__ if name != "least_place")
        return {name: getattr(self, name) for name in names}


def held_items(card: ServiceCard) -> tuple[str, ...]:
    """An empty list is held too: `fee: []` says "free"."""
    return tuple(item for item in ITEMS if getattr(card, item) is not None)


def is_signpost(card: ServiceCard) -> bool:
    """Whether the card holds so little that the answer only shows the way."""
    return len(held_items(card)) < SIGNPOST_BELOW


def shows_the_way(card: ServiceCard, act: Act | None) -> bool:
    """Whether a signpost can name who is responsible and an official page."""
    return card.provider is not None and official_page(card, act) is not None


def official_page(card: ServiceCard, act: Act | None) -> str | None:
    """Where to read on: the page of the service, else its act, else the page of one of its providers."""
    pages = [one.split(maxsplit=1)[0] for one in sources_of(card) if is_official(one)]
    pages = [page for page in pages if page.startswith("https://")]
    general = next((page for page in pages if not is_of_one_provider(page)), None)
    cited = act.url if act is not None else None
    return general or cited or next(iter(pages), None)


def completeness(registry: Registry, today: date) -> Completeness:
    acts = {act.key: act for act in registry.acts}
    cited = [(card, acts.get(card.act or "")) for card in registry.cards]
    held = {card.slug: held_items(card) for card in registry.cards}
    thin = [(card, act) for card, act in cited if is_signpost(card)]
    routed, place = routed_least([card for card in registry.cards if not is_signpost(card)], registry)
    return Completeness(
        cards=len(held),
        items={item: sum(item in items for items in held.values()) for item in ITEMS},
        at_least_9=sum(len(items) >= NEARLY_ALL for items in held.values()),
        under_5=len(thin),
        signposts=sum(shows_the_way(card, act) for card, act in thin),
        unofficial_sources=sum(any(unofficial_sources(card)) for card in registry.cards),
        lapsed=sum(card.lapsed is None and has_lapsed(card, act, today) for card, act in cited),
        routed_least=routed,
        least_place=place,
        english=sum(english_share(card) in {EnglishShare.WHOLE, None} for card in registry.cards),
    )


def routed_least(cards: Iterable[ServiceCard], registry: Registry) -> tuple[int, tuple[str, str]]:
    """How many of `cards` find an organisation where the fewest do, and that region and district."""
    kinds: dict[tuple[str | None, str | None], list[ServiceCard]] = {}
    for card in cards:
        kinds.setdefault((card.provider_organisation, card.provider_kind), []).append(card)
    return min(
        (
            (sum(len(alike) for alike in kinds.values() if _finds(alike[0], place, nearby)), _codes(place))
            for place, nearby in _places(registry)
        ),
        default=(0, ("", "")),
    )


def _places(registry: Registry) -> Iterator[tuple[ServicePlace, list[Organisation]]]:
    """Every district, with the organisations of its region and of the country."""
    for region in registry.regions:
        nearby = [one for one in registry.organisations if one.region in (None, region.code)]
        for district in region.districts:
            yield ServicePlace(region=region.code, district=district.code), nearby


def _finds(card: ServiceCard, place: ServicePlace, organisations: list[Organisation]) -> bool:
    return not isinstance(provider_of(card, place, organisations), NotInSystem)


def _codes(place: ServicePlace) -> tuple[str, str]:
    return place.region or "", place.district or ""
