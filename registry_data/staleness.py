"""Cards not to be trusted as they stand: lapsed, overtaken by a newer wording, or badly sourced."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry_data.acts import Act
from registry_data.official_sites import addresses_of, sources_of, unofficial_sources
from registry_data.schema import ServiceCard

# What official texts write into the heading of a lapsed act
_LAPSED_HEADING = re.compile(
    r"утрати\w* силу|утратившими силу|күші\s+жойыл|күшін\s+жой|no longer in force|invalidated|abolished",
    re.IGNORECASE,
)


class StaleReason(StrEnum):
    """In the order in which editors should look."""

    LAPSED = "lapsed"
    UNREACHABLE_SOURCE = "unreachable_source"
    UNOFFICIAL_SOURCE = "unofficial_source"
    OLDER_WORDING = "older_wording"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleCard:
    """`newest`: the newest wording of the act that was read for any card. `sources`: those at fault."""

    card: ServiceCard
    act: Act | None
    reasons: tuple[StaleReason, ...]
    newest: date | None
    sources: tuple[str, ...]


def act_has_lapsed(act: Act, today: date) -> bool:
    """Whether the act was repealed by `today`: by its date of repeal, its heading or its metadata."""
    if act.repealed is not None:
        return act.repealed <= today
    marks = (act.title.kk, act.title.ru, act.title.en or "", act.requisite or "")
    return any(map(_LAPSED_HEADING.search, marks))


def has_lapsed(card: ServiceCard, act: Act | None, today: date) -> bool:
    """Whether the card itself is marked as lapsed, or its act no longer stands."""
    return card.lapsed is not None or (act is not None and act_has_lapsed(act, today))


def stale_cards(
    cards: Collection[ServiceCard], acts: Iterable[Act], today: date, unreachable: Collection[str] = ()
) -> tuple[StaleCard, ...]:
    """The cards with at least one reason, the gravest first. `unreachable`: addresses that answer no more."""
    known = {act.key: act for act in acts}
    newest = newest_wordings(cards, known.values())
    found = (_stale(card, known.get(card.act or ""), newest, today, unreachable) for card in cards)
    order = list(StaleReason)
    return tuple(
        sorted(
            (one for one in found if one.reasons),
            key=lambda one: (order.index(one.reasons[0]), one.card.slug),
        )
    )


def newest_wordings(cards: Iterable[ServiceCard], acts: Iterable[Act]) -> dict[str, date]:
    """The newest wording read of each act, for the act itself or for any of its cards."""
    read = [(act.key, act.version) for act in acts]
    read += [(card.act or "", card.version) for card in cards]
    newest: dict[str, date] = {}
    for key, version in read:
        if version is not None and version > newest.get(key, date.min):
            newest[key] = version
    return newest


def _stale(
    card: ServiceCard, act: Act | None, newest: dict[str, date], today: date, unreachable: Collection[str]
) -> StaleCard:
    gone = [one for one in sources_of(card) if any(page in unreachable for page in addresses_of(one))]
    unofficial = list(unofficial_sources(card))
    last = newest.get(card.act or "")
    holds = {
        StaleReason.LAPSED: has_lapsed(card, act, today),
        StaleReason.UNREACHABLE_SOURCE: bool(gone),
        StaleReason.UNOFFICIAL_SOURCE: bool(unofficial),
        StaleReason.OLDER_WORDING: card.version is not None and last is not None and card.version < last,
    }
    reasons = tuple(reason for reason in StaleReason if holds[reason])
    sources = tuple(dict.fromkeys([*gone, *unofficial]))
    return StaleCard(card=card, act=act, reasons=reasons, newest=last, sources=sources)
