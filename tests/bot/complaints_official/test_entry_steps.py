"""The next question while entering a complaint received outside the bot."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogs.complaints.entry.steps import OPTIONAL, QUESTIONS, REPRESENTABLE_SOURCES, EntryStep
from complaints.facts import Complainant, ComplaintSource, ServiceDelivery
from complaints.kinds.kind import ComplaintKind
from complaints.staff_drafts.drafts import EntryDraft

WHOLE = EntryDraft(
    source=ComplaintSource.MEDIA,
    received_on=date(2026, 11, 2),
    delivery=ServiceDelivery.OFFICE,
    service_known=True,
    kind=ComplaintKind.OTHER,
    complainant=Complainant.NATURAL,
    name="Айгүл Серікова",
    number="010101200014",
    phone="+77010000000",
    text="Кезек",
    incoming_number="ЖТ-15",
)
LINES = {
    "source": EntryStep.SOURCE,
    "received_on": EntryStep.RECEIVED,
    "incoming_number": EntryStep.INCOMING,
    "delivery": EntryStep.DELIVERY,
    "service_known": EntryStep.SERVICE,
    "text": EntryStep.TEXT,
    "kind": EntryStep.KIND,
    "complainant": EntryStep.COMPLAINANT,
    "name": EntryStep.NAME,
    "number": EntryStep.NUMBER,
    "phone": EntryStep.PHONE,
}


@pytest.mark.parametrize(("line", "step"), LINES.items())
def test_missing_field_is_asked_next(line: str, step: EntryStep):
    draft = replace(WHOLE, **{line: False if line == "service_known" else None})
    assert QUESTIONS.next(draft) is step
    assert QUESTIONS.next(draft, OPTIONAL) is (EntryStep.SUMMARY if step in OPTIONAL else step)


@pytest.mark.parametrize("source", ComplaintSource)
def test_complainant_is_asked_when_the_source_does_not_imply_it(source: ComplaintSource):
    draft = replace(WHOLE, source=source, complainant=None)
    assert QUESTIONS.next(draft) is (
        EntryStep.SUMMARY if source in REPRESENTABLE_SOURCES else EntryStep.COMPLAINANT
    )


@given(st.sets(st.sampled_from(sorted(LINES))))
def test_answering_all_questions_reaches_a_complete_summary(answered: set[str]):
    draft = EntryDraft(**{line: getattr(WHOLE, line) for line in answered})
    asked = []
    while (step := QUESTIONS.next(draft)) is not EntryStep.SUMMARY:
        asked.append(step)
        line = next(name for name, one in LINES.items() if one is step)
        draft = replace(draft, **{line: getattr(WHOLE, line)})
    assert draft.missing() == ()
    assert asked == sorted(asked, key=list(EntryStep).index)
