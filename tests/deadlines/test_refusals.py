"""Lengths and extensions that no act allows are refused, each with its own code."""

from datetime import datetime

import pytest

from deadlines.calendar import WorkCalendar
from deadlines.clock import ALMATY
from deadlines.due import Event, due
from deadlines.errors import (
    DeadlineError,
    ExtendedAlreadyError,
    LengthGivenError,
    LengthNeededError,
    NoLengthError,
    NotExtendableError,
    TooLongError,
)
from deadlines.terms import Direction, Reading, Readings, Term

AT = datetime(2026, 3, 19, 10, 0, tzinfo=ALMATY)

REFUSED = [
    ("complaint.authority_duties", Event(at=AT), NoLengthError),
    ("complaint.private_provider", Event(at=AT), NoLengthError),
    ("service.paper_via_corporation", Event(at=AT), LengthNeededError),
    ("service.paper_via_corporation", Event(at=AT, length=0), TooLongError),
    ("service.paper_via_corporation", Event(at=AT, length=-5), TooLongError),
    ("service.paper_via_corporation", Event(at=AT, length=1001), TooLongError),
    ("complaint.provider", Event(at=AT, length=5), LengthGivenError),
    ("complaint.provider", Event(at=AT, extensions=(11,)), TooLongError),
    ("complaint.provider", Event(at=AT, extensions=(0,)), TooLongError),
    ("complaint.provider", Event(at=AT, extensions=(5, 5)), ExtendedAlreadyError),  # once, by our reading
    ("info.contact_centre", Event(at=AT, extensions=(1,)), NotExtendableError),
    ("control.act_shown", Event(at=AT, extensions=(1,)), NotExtendableError),
]


@pytest.mark.parametrize(("rule", "event", "error"), REFUSED)
def test_what_no_act_allows_is_refused(
    rule: str, event: Event, error: type[DeadlineError], terms: dict[str, Term], calendar: WorkCalendar
):
    with pytest.raises(error):
        due(terms[rule], event, calendar)


def test_two_extensions_are_counted_where_that_reading_is_switched_off(
    terms: dict[str, Term], calendar: WorkCalendar
):
    event = Event(at=AT, extensions=(5, 5))
    twice = due(terms["complaint.provider"], event, calendar, Readings(extended_once=False))
    once = due(terms["complaint.provider"], Event(at=AT, extensions=(10,)), calendar)
    assert twice.due_on == once.due_on
    assert Reading.ONE_EXTENSION not in twice.readings


def test_a_term_counted_back_has_no_registration():
    with pytest.raises(ValueError, match="registration"):
        Term(
            rule="any.term",
            amount=1,
            direction=Direction.BACKWARDS,
            leans_on=frozenset({Reading.AFTER_HOURS}),
        )
