"""What is entered about a control event, and what each entry must hold: pure (Order 78 ¶40-56).

Codes of objects, breaches, penalties and the punished are the numbers of form 1-мқ's rows; 2-мқ has the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from notifications.personal_data import PersonalDataError, reject_people
from oversight.control.errors import EntryFaultError
from reminders.chain import ControlEvent, EventFact
from reminders.filing import LONGEST_TEXT

MOST = 99_999  # of whatever one entry counts
LONGEST = 4 * LONGEST_TEXT


class ControlGround(StrEnum):
    """Why an event outside the year's plan is held (Order 78 ¶41)."""

    APPLICATIONS = "applications"
    MONITORING = "monitoring"
    AGENCY = "agency"


class EntryKind(StrEnum):
    OBJECT = "object"
    BREACH = "breach"
    LATE_ANSWERS = "late_answers"  # complaints that the object considered late
    RESTORED = "restored"  # breaches after which rights were restored, and the people
    PENALTY = "penalty"
    RECOMMENDATION = "recommendation"
    OBJECTION = "objection"  # of the object's head to the act (¶51)
    DECISION = "decision"  # of the head of the body (¶53)
    MEASURE = "measure"  # a line of the object's plan of measures (¶55)


class ControlDecision(StrEnum):
    """The three decisions of Order 78 ¶53."""

    LETTER = "letter"  # to the object's head, with measures to take
    NOTED = "noted"  # no recommendations nor remarks
    AGENCY = "agency"  # told of what concerns permits of the first and second categories


class ControlQuestion(StrEnum):
    """What is asked about an entry, in this order; words come last."""

    CODE = "code"
    WHO = "who"
    COUNT = "count"
    PEOPLE = "people"
    DAY = "day"
    UNTIL = "until"
    TEXT = "text"


_Q = ControlQuestion
ASKED: Mapping[EntryKind, tuple[ControlQuestion, ...]] = {
    EntryKind.OBJECT: (_Q.CODE, _Q.COUNT),
    EntryKind.BREACH: (_Q.CODE, _Q.COUNT, _Q.TEXT),
    EntryKind.LATE_ANSWERS: (_Q.COUNT,),
    EntryKind.RESTORED: (_Q.COUNT, _Q.PEOPLE, _Q.DAY, _Q.TEXT),
    EntryKind.PENALTY: (_Q.CODE, _Q.WHO, _Q.COUNT, _Q.PEOPLE, _Q.DAY),
    EntryKind.RECOMMENDATION: (_Q.DAY, _Q.UNTIL, _Q.TEXT),
    EntryKind.OBJECTION: (_Q.DAY, _Q.TEXT),
    EntryKind.DECISION: (_Q.CODE, _Q.DAY),
    EntryKind.MEASURE: (_Q.UNTIL, _Q.TEXT),
}
CODES: Mapping[EntryKind, tuple[str, ...]] = {
    EntryKind.OBJECT: tuple(f"2.{number}" for number in range(1, 5)),
    EntryKind.BREACH: tuple(f"3.{number}" for number in range(1, 11)),
    EntryKind.PENALTY: tuple(f"7.{number}" for number in range(1, 7)),
    EntryKind.DECISION: tuple(ControlDecision),
}
PUNISHED = tuple(f"8.{number}" for number in range(1, 4))
DONE_LATER = frozenset({EntryKind.RECOMMENDATION, EntryKind.MEASURE})


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlEntry:
    """One thing known of an event. `people`: whose rights were restored, or who was punished and not counted
    before. `day`: when it was done; `until`: the last day to do it; `done_on`: when that was.
    """

    number: int = 0
    event: int
    kind: EntryKind
    code: str = ""
    who: str = ""
    count: int = 1
    people: int = 0
    day: date | None = None
    until: date | None = None
    text: str = ""
    done_on: date | None = None
    why_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlDetails:
    """What the order says of an event. `complaint`: the number of one, as stored. `executors`: positions."""

    ground: ControlGround | None = None
    complaint: int | None = None
    questions: str = ""
    executors: str = ""


def check_entry(entry: ControlEntry, event: ControlEvent, today: date) -> None:
    """Raises EntryFaultError, which names the question whose answer is wrong."""
    for question in ControlQuestion:
        check_answer(question, entry, event, today)


def check_answer(question: ControlQuestion, entry: ControlEntry, event: ControlEvent, today: date) -> None:
    """The answer that the entry has to one question, or that it has none where the kind is not asked it.

    Raises EntryFaultError.
    """
    if question in ASKED[entry.kind]:
        is_right = _is_answer(question, entry, event, today)
    else:
        is_right = getattr(entry, question.value) == getattr(_BLANK, question.value)
    if not is_right:
        raise EntryFaultError(question=question.value)


def _is_answer(question: ControlQuestion, entry: ControlEntry, event: ControlEvent, today: date) -> bool:
    begins = event.facts[EventFact.STARTS_ON]
    match question:
        case ControlQuestion.CODE:
            return entry.code in CODES[entry.kind]
        case ControlQuestion.WHO:
            return entry.who in PUNISHED
        case ControlQuestion.COUNT:
            return 1 <= entry.count <= MOST
        case ControlQuestion.PEOPLE:
            return 0 <= entry.people <= _most_people(entry)
    return _is_day_or_words(question, entry, begins, today)


def _is_day_or_words(question: ControlQuestion, entry: ControlEntry, begins: date, today: date) -> bool:
    if question is ControlQuestion.DAY:
        return entry.day is not None and begins <= entry.day <= today
    if question is ControlQuestion.UNTIL:
        return entry.until is not None and entry.until >= (entry.day or begins)
    return is_plain(entry.text)


def check_done(entry: ControlEntry, event: ControlEvent, day: date | None, today: date) -> None:
    """Raises EntryFaultError for what is never done, or was not done on that day; None: not done yet."""
    begins = entry.day or event.facts[EventFact.STARTS_ON]
    if entry.kind not in DONE_LATER or not (day is None or begins <= day <= today):
        raise EntryFaultError(question=ControlQuestion.DAY.value)


def is_plain(text: str) -> bool:
    """Whether the words may be kept: neither empty nor too long, without names and numbers of people."""
    try:
        reject_people(text)
    except PersonalDataError:
        return False
    return 0 < len(text) <= LONGEST


def _most_people(entry: ControlEntry) -> int:
    """A person may have two penalties, so the punished are never more than these."""
    return entry.count if entry.kind is EntryKind.PENALTY else MOST


_BLANK = ControlEntry(event=0, kind=EntryKind.OBJECT)
