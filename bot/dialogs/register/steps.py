"""What is asked next of a complaint that came elsewhere; pure. The order of asking stands here."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from complaints.desk_drafts.drafts import EntryDraft
from complaints.facts import Source


class Step(StrEnum):
    """A line of the summary and the window that asks for it."""

    SOURCE = "source"
    RECEIVED = "received"
    DELIVERY = "delivery"
    SERVICE = "service"
    TEXT = "text"
    KIND = "kind"
    COMPLAINANT = "complainant"
    NAME = "name"
    NUMBER = "number"
    PHONE = "phone"
    SUMMARY = "summary"


OPTIONAL = frozenset({Step.TEXT, Step.NAME, Step.NUMBER, Step.PHONE})  # may be left untold
SPEAKS = frozenset({Source.NATURAL_PERSONS, Source.LEGAL_ENTITIES})  # the source says who complains


def next_step(draft: EntryDraft, passed: frozenset[Step] = frozenset()) -> Step:
    """The first question that is still open; SUMMARY where there is none. `passed` were left untold."""
    return next((step for step in Step if step not in passed and is_open(step, draft)), Step.SUMMARY)


def is_open(step: Step, draft: EntryDraft) -> bool:
    is_told = _TOLD.get(step)
    return is_told is not None and not is_told(draft)


_TOLD: Mapping[Step, Callable[[EntryDraft], object]] = {
    Step.SOURCE: lambda draft: draft.source,
    Step.RECEIVED: lambda draft: draft.received_on,
    Step.DELIVERY: lambda draft: draft.delivery,
    Step.SERVICE: lambda draft: draft.service_known,
    Step.TEXT: lambda draft: draft.text,
    Step.KIND: lambda draft: draft.kind,
    Step.COMPLAINANT: lambda draft: draft.complainant or draft.source in SPEAKS,
    Step.NAME: lambda draft: draft.name,
    Step.NUMBER: lambda draft: draft.number,
    Step.PHONE: lambda draft: draft.phone,
}
