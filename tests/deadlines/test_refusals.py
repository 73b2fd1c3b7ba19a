"""Lengths and extensions that no act allows are rejected, each with its own code."""

from datetime import datetime

import pytest

from deadlines.calendar import WorkCalendar
from deadlines.due import TermEvent, due
from deadlines.errors import (
    DeadlineError,
    ExtendedAlreadyError,
    ExtensionTooLongError,
    LengthGivenError,
    LengthNeededError,
    NoLengthError,
    NotExtendableError,
)
from deadlines.terms import Direction, Term, TermReading, TermReadings
from kernel.clock import ALMATY

AT = datetime(2026, 3, 19, 10, 0, tzinfo=ALMATY)

REFUSED = [
    ("complaint.authority_duties", TermEvent(at=AT), NoLengthError),
    ("complaint.private_provider", TermEvent(at=AT), NoLengthError),
    ("service.paper_via_corporation", TermEvent(at=AT), LengthNeededError),
    ("service.paper_via_corporation", TermEvent(at=AT, length=0), ExtensionTooLongError),
    ("service.paper_via_corporation", TermEvent(at=AT, length=-5), ExtensionTooLongError),
    ("service.paper_via_corporation", TermEvent(at=AT, length=1001), ExtensionTooLongError),
    ("complaint.provider", TermEvent(at=AT, length=5), LengthGivenError),
    ("complaint.provider", TermEvent(at=AT, extensions=(11,)), ExtensionTooLongError),
    ("complaint.provider", TermEvent(at=AT, extensions=(0,)), ExtensionTooLongError),
    ("complaint.provider", TermEvent(at=AT, extensions=(5, 5)), ExtendedAlreadyError),  # once, by our reading
    ("info.contact_centre", TermEvent(at=AT, extensions=(1,)), NotExtendableError),
    ("control.act_shown", TermEvent(at=AT, extensions=(1,)), NotExtendableError),
]


@pytest.mark.parametrize(("rule", "event", "error"), REFUSED)
def test_request_against_the_acts_is_rejected(
    rule: str, event: TermEvent, error: type[DeadlineError], terms: dict[str, Term], calendar: WorkCalendar
):
    with pytest.raises(error):
        due(terms[rule], event, calendar)


def test_two_extensions_count_when_the_reading_is_off(terms: dict[str, Term], calendar: WorkCalendar):
    event = TermEvent(at=AT, extensions=(5, 5))
    twice = due(terms["complaint.provider"], event, calendar, TermReadings(extended_once=False))
    once = due(terms["complaint.provider"], TermEvent(at=AT, extensions=(10,)), calendar)
    assert twice.due_on == once.due_on
    assert TermReading.ONE_EXTENSION not in twice.readings


def test_term_counted_back_has_no_registration():
    with pytest.raises(ValueError, match="registration"):
        Term(
            rule="any.term",
            amount=1,
            direction=Direction.BACKWARDS,
            leans_on=frozenset({TermReading.AFTER_HOURS}),
        )
