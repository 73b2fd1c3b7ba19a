"""The questions about a citizen's complaint, in order."""

from dataclasses import dataclass
from enum import StrEnum

from bot.dialogs.wizard import Questions
from complaints.draft import Draft
from complaints.facts import Behalf
from complaints.routing import Concern


class RouteStatus(StrEnum):
    """What is known about where a complaint goes."""

    KNOWN = "known"  # the place makes no difference
    BY_PLACE = "by_place"  # the region, and sometimes the district, decides
    NOBODY = "nobody"  # no provider is known; the region's controlling body may take it


class SubmissionStep(StrEnum):
    """A line of the summary and the window that asks for it."""

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
    """What decides the next question: the draft and how the place affects routing.

    `districts` says whether the draft's region has districts to choose from.
    """

    draft: Draft
    route_status: RouteStatus = RouteStatus.KNOWN
    districts: bool = True


def _somebody_is_to_be_named(draft: Draft) -> bool:
    nobody_renders = draft.service is None and draft.concern is Concern.PROVIDER
    return draft.named is None and (nobody_renders or draft.concern is Concern.NAMED)


def _place_is_wanted(known: SubmissionFacts) -> bool:
    """The region decides who renders the service, or who controls an unlisted one."""
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
)  # a step without an entry is asked only on request
