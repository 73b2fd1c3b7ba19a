"""What is asked next of a complaint that came elsewhere."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogs.register.steps import OPTIONAL, QUESTIONS, SPEAKS, Step
from complaints.desk_drafts.drafts import EntryDraft
from complaints.facts import Complainant, Delivery, Source
from complaints.kinds.kind import Kind

WHOLE = EntryDraft(
    source=Source.MEDIA,
    received_on=date(2026, 11, 2),
    delivery=Delivery.OFFICE,
    service_known=True,
    kind=Kind.OTHER,
    complainant=Complainant.NATURAL,
    name="Айгүл Серікова",
    number="010101200014",
    phone="+77010000000",
    text="Кезек",
)
LINES = {
    "source": Step.SOURCE,
    "received_on": Step.RECEIVED,
    "delivery": Step.DELIVERY,
    "service_known": Step.SERVICE,
    "text": Step.TEXT,
    "kind": Step.KIND,
    "complainant": Step.COMPLAINANT,
    "name": Step.NAME,
    "number": Step.NUMBER,
    "phone": Step.PHONE,
}


@pytest.mark.parametrize(("line", "step"), LINES.items())
def test_what_is_not_told_is_asked(line: str, step: Step):
    draft = replace(WHOLE, **{line: False if line == "service_known" else None})
    assert QUESTIONS.next(draft) is step
    assert QUESTIONS.next(draft, OPTIONAL) is (Step.SUMMARY if step in OPTIONAL else step)


@pytest.mark.parametrize("source", Source)
def test_who_complains_is_asked_where_the_source_does_not_say(source: Source):
    draft = replace(WHOLE, source=source, complainant=None)
    assert QUESTIONS.next(draft) is (Step.SUMMARY if source in SPEAKS else Step.COMPLAINANT)


@given(st.sets(st.sampled_from(sorted(LINES))))
def test_answering_whatever_is_asked_ends_at_the_summary_with_nothing_missing(told: set[str]):
    draft = EntryDraft(**{line: getattr(WHOLE, line) for line in told})
    asked = []
    while (step := QUESTIONS.next(draft)) is not Step.SUMMARY:
        asked.append(step)
        line = next(name for name, one in LINES.items() if one is step)
        draft = replace(draft, **{line: getattr(WHOLE, line)})
    assert draft.missing() == ()
    assert asked == sorted(asked, key=list(Step).index)
