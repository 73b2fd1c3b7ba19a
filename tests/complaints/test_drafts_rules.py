"""Missing fields of a draft, and its text across several messages."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.draft import (
    LONGEST_TEXT,
    Draft,
    MissingField,
    TextPart,
    check_complete,
    from_json,
    missing,
    text_of,
    to_json,
    with_part,
)
from complaints.errors import DraftIncompleteError, TextTooLongError
from complaints.facts import Behalf, Complainant, ServiceDelivery
from complaints.kinds.kind import ComplaintKind
from complaints.routing import Concern

WHOLE = Draft(
    service="driving-licence",
    service_known=True,
    delivery=ServiceDelivery.OFFICE,
    kind=ComplaintKind.TERM,
    parts=(TextPart(message=1, text="x"),),
    complainant=Complainant.NATURAL,
    name="A B",
    number="1",
)


def test_complete_draft_misses_nothing():
    assert missing(WHOLE) == ()
    check_complete(WHOLE)


@pytest.mark.parametrize(
    ("lacks", "changes"),
    [
        (MissingField.SERVICE, {"service_known": False}),
        (MissingField.CONCERN, {"service": None}),  # no known service and no organisation named
        (MissingField.DELIVERY, {"delivery": None}),
        (MissingField.KIND, {"kind": None}),
        (MissingField.TEXT, {"parts": ()}),
        (MissingField.TEXT, {"parts": (TextPart(message=1, text="  \n "),)}),
        (MissingField.COMPLAINANT, {"complainant": None}),
        (MissingField.REPRESENTED, {"behalf": Behalf.CHILD}),
        (MissingField.NAME, {"name": None}),
        (MissingField.NUMBER, {"number": None}),
    ],
)
def test_missing_fields_are_named(lacks: MissingField, changes: dict[str, object]):
    draft = replace(WHOLE, **changes)
    assert missing(draft) == (lacks,)
    with pytest.raises(DraftIncompleteError) as refused:
        check_complete(draft)
    assert refused.value.data == {"missing": (lacks.value,)}


def test_telephone_is_optional_and_named_body_replaces_service():
    assert missing(replace(WHOLE, service=None, concern=Concern.NAMED, named="police-abai", phone=None)) == ()


def test_edited_message_updates_or_removes_its_part():
    draft = with_part(
        with_part(Draft(), TextPart(message=7, text="first")), TextPart(message=9, text="second")
    )
    assert draft.text == "first\n\nsecond"
    assert with_part(draft, TextPart(message=7, text="edited")).text == "edited\n\nsecond"
    assert with_part(draft, TextPart(message=7, text=" ")).text == "second"


def test_text_is_limited_over_all_messages():
    half = with_part(Draft(), TextPart(message=1, text="а" * (LONGEST_TEXT - 13) + "."))
    assert len(with_part(half, TextPart(message=2, text="ә" * 10)).text) == LONGEST_TEXT
    with pytest.raises(TextTooLongError) as refused:
        with_part(half, TextPart(message=2, text="ә" * 11))
    assert refused.value.data == {"longest": LONGEST_TEXT, "length": LONGEST_TEXT + 1}


def test_text_that_an_app_has_cut_goes_on_where_it_was_cut():
    word, half = "шағым" * 900, "шағым айтамын " * 400
    cases = [
        (word[:4096], word[4096:], word),
        (half[:2785].rstrip(), half[2785:4000].strip(), half[:4000].rstrip()),
        (half[:3000].rstrip() + ".", "Тағы бір сөз", half[:3000].rstrip() + ".\n\nТағы бір сөз"),
        ("Қысқа", "Тағы", "Қысқа\n\nТағы"),
    ]
    for first, second, whole in cases:
        parts = (TextPart(message=7, text=first), TextPart(message=9, text=second))
        assert text_of(parts) == whole, whole[-40:]


texts = st.text(max_size=40)


@given(
    st.lists(st.builds(TextPart, message=st.integers(min_value=1), text=texts), max_size=3),
    texts,
    st.none() | st.dates(),
)
def test_draft_json_round_trip(parts: list[TextPart], name: str, day: date | None):
    draft = replace(WHOLE, parts=tuple(parts), name=name, happened_on=day, behalf=Behalf.CHILD)
    assert from_json(to_json(draft)) == draft
