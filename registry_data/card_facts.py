"""The input of a card's screen: the card, its act and the current monthly calculation index."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from registry_data.acts import Act
from registry_data.check import wording_is_old
from registry_data.completeness import is_signpost, official_page
from registry_data.indices import MonthlyIndex
from registry_data.schema import ServiceCard
from registry_data.staleness import has_lapsed


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFacts:
    card: ServiceCard
    act: Act | None
    index: MonthlyIndex | None  # None if unknown for the day
    today: date  # in Asia/Almaty
    acts: Mapping[str, Act] = field(default_factory=dict)  # those that parts of the card may cite

    @property
    def wording_is_old(self) -> bool:
        read = self.card.version
        return read is not None and wording_is_old(read, self.today)

    @property
    def is_signpost(self) -> bool:
        return is_signpost(self.card)

    @property
    def official_page(self) -> str | None:
        return official_page(self.card, self.act)

    @property
    def has_lapsed(self) -> bool:
        return has_lapsed(self.card, self.act, self.today)

    @property
    def pages(self) -> tuple[str, ...]:
        """The URLs of the pages the facts come from."""
        source = self.card.source
        sources = (source,) if isinstance(source, str) else source
        return tuple(page for page in sources if page.startswith("https://"))
