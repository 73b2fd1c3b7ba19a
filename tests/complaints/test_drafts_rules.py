"""What a draft lacks, and its text over several messages."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.draft import (
    LONGEST_TEXT,
    Draft,
    Missing,
    Part,
    check_complete,
    from_json,
    missing,
    to_json,
    with_part,
)
from complaints.errors import DraftIncompleteError, TextTooLongError
from complaints.facts import Behalf, Complainant, Delivery
from complaints.kinds.kind import Kind
from complaints.routing import Concern

WHOLE = Draft(
    service="driving-licence",
    service_known=True,
    delivery=Delivery.OFFICE,
    kind=Kind.TERM,
    parts=(Part(message=1, text="x"),),
    complainant=Complainant.NATURAL,
    name="A B",
    number="1",
)


def test_a_whole_draft_lacks_nothing():
    assert missing(WHOLE) == ()
    check_complete(WHOLE)


@pytest.mark.parametrize(
    ("lacks", "changes"),
    [
        (Missing.SERVICE, {"service_known": False}),
        (Missing.CONCERN, {"service": None}),  # no certain service, and no body named
        (Missing.DELIVERY, {"delivery": None}),
        (Missing.KIND, {"kind": None}),
        (Missing.TEXT, {"parts": ()}),
        (Missing.TEXT, {"parts": (Part(message=1, text="  \n "),)}),
        (Missing.COMPLAINANT, {"complainant": None}),
        (Missing.REPRESENTED, {"behalf": Behalf.CHILD}),
        (Missing.NAME, {"name": None}),
        (Missing.NUMBER, {"number": None}),
    ],
)
def test_what_is_missing_is_named(lacks: Missing, changes: dict[str, object]):
    draft = replace(WHOLE, **changes)
    assert missing(draft) == (lacks,)
    with pytest.raises(DraftIncompleteError) as refused:
        check_complete(draft)
    assert refused.value.data == {"missing": (lacks.value,)}


def test_a_telephone_is_not_demanded_and_a_named_body_stands_for_a_service():
    assert missing(replace(WHOLE, service=None, concern=Concern.NAMED, named="police-abai", phone=None)) == ()


def test_an_edited_message_changes_its_part_and_an_emptied_one_takes_it_away():
    draft = with_part(with_part(Draft(), Part(message=7, text="first")), Part(message=9, text="second"))
    assert draft.text == "first\n\nsecond"
    assert with_part(draft, Part(message=7, text="edited")).text == "edited\n\nsecond"
    assert with_part(draft, Part(message=7, text=" ")).text == "second"


def test_four_thousand_characters_over_all_messages_and_no_more():
    half = with_part(Draft(), Part(message=1, text="а" * (LONGEST_TEXT - 12)))
    assert len(with_part(half, Part(message=2, text="ә" * 10)).text) == LONGEST_TEXT
    with pytest.raises(TextTooLongError) as refused:
        with_part(half, Part(message=2, text="ә" * 11))
    assert refused.value.data == {"longest": LONGEST_TEXT, "length": LONGEST_TEXT + 1}


texts = st.text(max_size=40)


@given(
    st.lists(st.builds(Part, message=st.integers(min_value=1), text=texts), max_size=3),
    texts,
    st.none() | st.dates(),
)
def test_a_draft_is_read_back_as_it_was_kept(parts: list[Part], name: str, day: date | None):
    draft = replace(WHOLE, parts=tuple(parts), name=name, happened_on=day, behalf=Behalf.CHILD)
    assert from_json(to_json(draft)) == draft
