"""What is asked next; pure. The order of asking stands here and nowhere else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from complaints.draft import Draft
from complaints.facts import Behalf
from complaints.routing import Concern


class Way(StrEnum):
    """What is known of a complaint's way."""

    KNOWN = "known"  # the place changes nothing
    BY_PLACE = "by_place"  # the region, or the district too, decides who has it
    NOBODY = "nobody"  # nobody can have it yet; who controls the region might


class Step(StrEnum):
    """A line of the summary, and the window that asks for it."""

    SERVICE = "service"
    CONCERN = "concern"
    WHOM = "whom"
    TEXT = "text"
    KIND = "kind"
    DELIVERY = "delivery"
    DAY = "day"
    REGION = "region"
    DISTRICT = "district"
    WHO = "who"
    REPRESENTED = "represented"
    NAME = "name"
    NUMBER = "number"
    PHONE = "phone"
    SUMMARY = "summary"


ASKED_ONCE = frozenset({Step.DAY, Step.PHONE})  # may be left unsaid: answered once, they are not asked again


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What decides the next question: the draft, what its place would change, and which questions were passed
    over.

    `districts` says whether the draft's region has districts to choose from.
    """

    draft: Draft
    way: Way = Way.KNOWN
    passed: frozenset[Step] = frozenset()
    districts: bool = True


def next_step(known: Known) -> Step:
    """The first question that is still open; SUMMARY where there is none."""
    return next((step for step in Step if is_open(step, known)), Step.SUMMARY)


def is_open(step: Step, known: Known) -> bool:
    if step in ASKED_ONCE and step in known.passed:
        return False
    asks = _OPEN.get(step)
    return asks is not None and asks(known)


def _somebody_is_to_be_named(draft: Draft) -> bool:
    nobody_renders = draft.service is None and draft.concern is Concern.PROVIDER
    return draft.named is None and (nobody_renders or draft.concern is Concern.NAMED)


def _place_is_wanted(known: Known) -> bool:
    """The region decides who renders the service, or who controls the one that is not listed."""
    return known.way is not Way.KNOWN or _somebody_is_to_be_named(known.draft)


def _district_is_wanted(known: Known) -> bool:
    return known.draft.region is not None and known.districts and known.way is Way.BY_PLACE


_OPEN: Mapping[Step, Callable[[Known], bool]] = {
    Step.SERVICE: lambda known: not known.draft.service_known,
    Step.WHOM: lambda known: _somebody_is_to_be_named(known.draft) and known.draft.region is not None,
    Step.TEXT: lambda known: not known.draft.text.strip(),
    Step.KIND: lambda known: known.draft.kind is None,
    Step.DELIVERY: lambda known: known.draft.delivery is None,
    Step.DAY: lambda known: known.draft.happened_on is None and known.draft.applied_on is None,
    Step.REGION: lambda known: known.draft.region is None and _place_is_wanted(known),
    Step.DISTRICT: lambda known: known.draft.district is None and _district_is_wanted(known),
    Step.WHO: lambda known: known.draft.complainant is None,
    Step.REPRESENTED: lambda known: known.draft.behalf is not Behalf.SELF and not known.draft.represented,
    Step.NAME: lambda known: not known.draft.name,
    Step.NUMBER: lambda known: not known.draft.number,
    Step.PHONE: lambda known: not known.draft.phone,
}  # what is not here is asked for only where somebody wants to change it
