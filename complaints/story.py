"""What a complaint's text already says, to be confirmed: its kind, the day, the way of applying."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from complaints.facts import ServiceDelivery
from complaints.kinds.kind import ComplaintKind
from complaints.kinds.proposer import kind_proposer
from knowledge.typed_text import skeleton, words
from localisation.typed_days import days_within

# Beginnings of words that only one way of applying has.
_WAYS: Final = {
    ServiceDelivery.CORPORATION: "цон хқко госкорпорац спеццон psc",
    ServiceDelivery.ELECTRONIC: "егов egov портал portal онлайн online интернет internet сайт elicense mgov",
}
_BEGINNINGS: Final = {way: tuple(map(skeleton, said.split())) for way, said in _WAYS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryReading:
    """None for what the text does not say, or says in two ways."""

    kind: ComplaintKind | None
    day: date | None
    delivery: ServiceDelivery | None


def read_story(text: str, today: date) -> StoryReading:
    proposal = kind_proposer().propose(text)
    kind = None if proposal.is_guess else proposal.kind
    return StoryReading(kind=kind, day=_day(text, kind, today), delivery=_delivery(text))


def _day(text: str, kind: ComplaintKind | None, today: date) -> date | None:
    """The day named first; what is late was not applied for today."""
    days = [day for day in days_within(text, today) if day < today or kind is not ComplaintKind.TERM]
    return days[0] if days else None


def _delivery(text: str) -> ServiceDelivery | None:
    said = [skeleton(word) for word in words(text)]
    found = [way for way, begun in _BEGINNINGS.items() if any(word.startswith(begun) for word in said)]
    return found[0] if len(found) == 1 else None
