"""The questions that a citizen is asked about a complaint, in the order of asking."""

from dataclasses import dataclass
from enum import StrEnum

from bot.dialogs.wizard import Questions
from complaints.draft import Draft
from complaints.facts import Behalf
from complaints.routing import Concern


class RouteStatus(StrEnum):
    """What is known of a complaint's way."""

    KNOWN = "known"  # the place changes nothing
    BY_PLACE = "by_place"  # the region, or the district too, decides who has it
    NOBODY = "nobody"  # nobody can have it yet; who controls the region might


class SubmissionStep(StrEnum):
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


OPTIONAL = frozenset({SubmissionStep.DAY, SubmissionStep.PHONE})  # may be skipped


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionFacts:
    """What decides the next question: the draft and what its place would change.

    `districts` says whether the draft's region has districts to choose from.
    """

    draft: Draft
    route_status: RouteStatus = RouteStatus.KNOWN
    districts: bool = True


def _somebody_is_to_be_named(draft: Draft) -> bool:
    nobody_renders = draft.service is None and draft.concern is Concern.PROVIDER
    return draft.named is None and (nobody_renders or draft.concern is Concern.NAMED)


def _place_is_wanted(known: SubmissionFacts) -> bool:
    """The region decides who renders the service, or who controls the one that is not listed."""
    return known.route_status is not RouteStatus.KNOWN or _somebody_is_to_be_named(known.draft)


def _district_is_wanted(known: SubmissionFacts) -> bool:
    return known.draft.region is not None and known.districts and known.route_status is RouteStatus.BY_PLACE


QUESTIONS: Questions[SubmissionStep, SubmissionFacts] = Questions(
    order=SubmissionStep,
    summary=SubmissionStep.SUMMARY,
    is_open={
        SubmissionStep.SERVICE: lambda known: not known.draft.service_known,
        SubmissionStep.WHOM: lambda known: (
            _somebody_is_to_be_named(known.draft) and known.draft.region is not None
        ),
        SubmissionStep.TEXT: lambda known: not known.draft.text.strip(),
        SubmissionStep.KIND: lambda known: known.draft.kind is None,
        SubmissionStep.DELIVERY: lambda known: known.draft.delivery is None,
        SubmissionStep.DAY: lambda known: known.draft.happened_on is None and known.draft.applied_on is None,
        SubmissionStep.REGION: lambda known: known.draft.region is None and _place_is_wanted(known),
        SubmissionStep.DISTRICT: lambda known: known.draft.district is None and _district_is_wanted(known),
        SubmissionStep.WHO: lambda known: known.draft.complainant is None,
        SubmissionStep.REPRESENTED: lambda known: (
            known.draft.behalf is not Behalf.SELF and not known.draft.represented
        ),
        SubmissionStep.NAME: lambda known: not known.draft.name,
        SubmissionStep.NUMBER: lambda known: not known.draft.number,
        SubmissionStep.PHONE: lambda known: not known.draft.phone,
    },
    optional=OPTIONAL,
)  # a step without an entry is asked only when somebody changes it
