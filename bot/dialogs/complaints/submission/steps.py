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
    """A line of the summary and the window that asks for it.

    Where it goes comes before the story, and all of that before anything about the person.
    """

    DELIVERY = "delivery"
    CONCERN = "concern"
    REGION = "region"
    DISTRICT = "district"
    WHOM = "whom"
    TEXT = "text"  # the story, and what was understood from it: kind, service, day
    SERVICE = "service"
    KIND = "kind"
    DAY = "day"
    WHO = "who"
    REPRESENTED = "represented"
    NAME = "name"
    NUMBER = "number"
    PHONE = "phone"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionFacts:
    """What decides the next question: the draft and how the place affects routing.

    `districts` says whether the draft's region has districts to choose from.
    """

    draft: Draft
    route_status: RouteStatus = RouteStatus.KNOWN
    districts: bool = True


def _needs_organisation(draft: Draft) -> bool:
    no_provider = draft.service is None and draft.concern is Concern.PROVIDER
    return draft.named is None and (no_provider or draft.concern is Concern.NAMED)


def _needs_place(facts: SubmissionFacts) -> bool:
    """The region decides who renders the service, or who controls an unlisted one."""
    if not facts.draft.service_known:
        return False
    return facts.route_status is not RouteStatus.KNOWN or _needs_organisation(facts.draft)


def _needs_district(facts: SubmissionFacts) -> bool:
    return facts.draft.region is not None and facts.districts and facts.route_status is RouteStatus.BY_PLACE


QUESTIONS: Questions[SubmissionStep, SubmissionFacts] = Questions(
    order=SubmissionStep,
    summary=SubmissionStep.SUMMARY,
    is_open={
        SubmissionStep.DELIVERY: lambda facts: facts.draft.delivery is None,
        SubmissionStep.REGION: lambda facts: facts.draft.region is None and _needs_place(facts),
        SubmissionStep.DISTRICT: lambda facts: facts.draft.district is None and _needs_district(facts),
        SubmissionStep.WHOM: lambda facts: (
            facts.draft.service_known and _needs_organisation(facts.draft) and facts.draft.region is not None
        ),
        SubmissionStep.TEXT: lambda facts: not facts.draft.text.strip() or facts.draft.kind is None,
        SubmissionStep.SERVICE: lambda facts: not facts.draft.service_known,
        SubmissionStep.REPRESENTED: lambda facts: (
            facts.draft.behalf is not Behalf.SELF and not facts.draft.represented
        ),
        SubmissionStep.NAME: lambda facts: facts.draft.complainant is None or not facts.draft.name,
        SubmissionStep.NUMBER: lambda facts: not facts.draft.number,
    },
    optional=frozenset(),
)  # a step without an entry is asked only on request
