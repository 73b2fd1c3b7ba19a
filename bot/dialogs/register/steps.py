"""The questions about a complaint that arrived outside the bot, in the order of asking."""

from collections.abc import Callable
from enum import StrEnum

from bot.dialogs.wizard import Questions
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


OPTIONAL = frozenset({Step.TEXT, Step.NAME, Step.NUMBER, Step.PHONE})  # may be skipped
SPEAKS = frozenset({Source.NATURAL_PERSONS, Source.LEGAL_ENTITIES})  # the source says who complains


def _is_missing(answer: Callable[[EntryDraft], object]) -> Callable[[EntryDraft], bool]:
    return lambda draft: not answer(draft)


QUESTIONS: Questions[Step, EntryDraft] = Questions(
    order=Step,
    summary=Step.SUMMARY,
    is_open={
        Step.SOURCE: _is_missing(lambda draft: draft.source),
        Step.RECEIVED: _is_missing(lambda draft: draft.received_on),
        Step.DELIVERY: _is_missing(lambda draft: draft.delivery),
        Step.SERVICE: _is_missing(lambda draft: draft.service_known),
        Step.TEXT: _is_missing(lambda draft: draft.text),
        Step.KIND: _is_missing(lambda draft: draft.kind),
        Step.COMPLAINANT: _is_missing(lambda draft: draft.complainant or draft.source in SPEAKS),
        Step.NAME: _is_missing(lambda draft: draft.name),
        Step.NUMBER: _is_missing(lambda draft: draft.number),
        Step.PHONE: _is_missing(lambda draft: draft.phone),
    },
    optional=OPTIONAL,
)
