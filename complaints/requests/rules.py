"""What the Code asks of a complaint, and the days of its requests; pure.

The Code names no length for the term to complete a complaint ("reasonable", Art. 64 ¶6), and does not stop
the clock meanwhile. Our reading: the term of consideration keeps running, so the citizen is given a working
day at least and at most until the working day before the due date.
"""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from complaints.errors import CompletionLateError, NothingMissingError, ReturnEarlyError, ReturnLateError
from complaints.terms import moment_of, term
from deadlines.calendar import WorkCalendar
from deadlines.due import TermEvent, due

RETURN, MATERIALS = "complaint.return", "complaint.materials"


class RequestKind(StrEnum):
    COMPLETION = "completion"
    MATERIALS = "materials"


class Requisite(StrEnum):
    """What a complaint holds (Art. 63 ¶2, Art. 93 ¶2 of the Code)."""

    NAME = "name"
    NUMBER = "number"  # IIN or BIN
    ADDRESS = "address"  # postal address, and of actual residence
    ADDRESSEE = "addressee"  # the body that it is handed to
    CONCERNED = "concerned"  # the body or official complained of
    MATTER = "matter"  # circumstances and evidence
    DATE = "date"
    SIGNATURE = "signature"
    ATTACHMENTS = "attachments"  # the list of what is attached


class RequestEnd(StrEnum):
    """How a request ended."""

    COMPLETED = "completed"
    RETURNED = "returned"
    AT_OFFICE = "at_office"  # the materials were read there
    COPIES = "copies"  # handed out
    SENT = "sent"  # through the bot


AT_HAND = (RequestEnd.AT_OFFICE, RequestEnd.COPIES)  # how materials are shown outside the bot


def completion_days(today: date, due_on: date, calendar: WorkCalendar) -> Sequence[date]:
    """The days that may be set for completing, each inclusive: working days after today, before `due_on`."""
    days, day = [], calendar.shift(today, 1)
    while day < due_on:
        days.append(day)
        day = calendar.shift(day, 1)
    return days


def check_completion(
    missing: Sequence[Requisite], day: date, today: date, due_on: date, calendar: WorkCalendar
) -> None:
    """Raises NothingMissingError, CompletionLateError."""
    if not missing:
        raise NothingMissingError
    if day not in completion_days(today, due_on, calendar):
        raise CompletionLateError


def return_by(complete_by: date, calendar: WorkCalendar) -> date:
    """The last day to return what was not completed (Art. 64 ¶7 1) of the Code)."""
    return due(term(RETURN), TermEvent(at=moment_of(complete_by)), calendar).due_on


def check_return(complete_by: date, last: date, today: date) -> None:
    """Raises ReturnEarlyError, ReturnLateError. After the last day it is considered: our reading."""
    if today <= complete_by:
        raise ReturnEarlyError(until=complete_by)
    if today > last:
        raise ReturnLateError(last=last)


def show_by(asked_at: datetime, calendar: WorkCalendar) -> date:
    """The last day to show the materials asked for at the aware instant `asked_at` (Art. 75 ¶1)."""
    return due(term(MATERIALS), TermEvent(at=asked_at), calendar).due_on
