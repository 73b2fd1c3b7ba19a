"""The questions about a complaint received outside the bot, in order."""

from collections.abc import Callable
from enum import StrEnum

from bot.dialogs.wizard import Questions
from complaints.facts import ComplaintSource
from complaints.staff_drafts.drafts import EntryDraft


class EntryStep(StrEnum):
    """A line of the summary and the window that asks for it."""

    SOURCE = "source"
    RECEIVED = "received"
    INCOMING = "incoming_number"
    DELIVERY = "delivery"
    SERVICE = "service"
    TEXT = "text"
    KIND = "kind"
    COMPLAINANT = "complainant"
    NAME = "name"
    NUMBER = "number"
    PHONE = "phone"
    SUMMARY = "summary"


OPTIONAL = frozenset(  # may be skipped
    {EntryStep.INCOMING, EntryStep.TEXT, EntryStep.NAME, EntryStep.NUMBER, EntryStep.PHONE}
)
REPRESENTABLE_SOURCES = frozenset(
    {ComplaintSource.NATURAL_PERSONS, ComplaintSource.LEGAL_ENTITIES}
)  # the source already says who complains


def _is_missing(answer: Callable[[EntryDraft], object]) -> Callable[[EntryDraft], bool]:
    return lambda draft: not answer(draft)


QUESTIONS: Questions[EntryStep, EntryDraft] = Questions(
    order=EntryStep,
    summary=EntryStep.SUMMARY,
    is_open={
        EntryStep.SOURCE: _is_missing(lambda draft: draft.source),
        EntryStep.RECEIVED: _is_missing(lambda draft: draft.received_on),
        EntryStep.INCOMING: _is_missing(lambda draft: draft.incoming_number),
        EntryStep.DELIVERY: _is_missing(lambda draft: draft.delivery),
        EntryStep.SERVICE: _is_missing(lambda draft: draft.service_known),
        EntryStep.TEXT: _is_missing(lambda draft: draft.text),
        EntryStep.KIND: _is_missing(lambda draft: draft.kind),
        EntryStep.COMPLAINANT: _is_missing(
            lambda draft: draft.complainant or draft.source in REPRESENTABLE_SOURCES
        ),
        EntryStep.NAME: _is_missing(lambda draft: draft.name),
        EntryStep.NUMBER: _is_missing(lambda draft: draft.number),
        EntryStep.PHONE: _is_missing(lambda draft: draft.phone),
    },
    optional=OPTIONAL,
)
