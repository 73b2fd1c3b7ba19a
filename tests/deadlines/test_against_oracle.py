"""Terms, extensions, notices, control events and inspections agree with an oracle that shares no code."""

import ast
import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from complaints.errors import ExtensionBodyError, ExtensionLateError
from complaints.terms import check_extension, date_complaint, rule_of, tell_by
from deadlines.calendar import WorkCalendar
from deadlines.due import TermEvent, due, is_late, last_working_day
from deadlines.terms import Term
from registry_data.organisations import OrganisationKind
from reminders.chain import ControlEvent, EventFact, EventKind, check_dates, latest_end, steps
from reminders.chain import check_extension as check_event_extension
from reminders.errors import EventDatesError
from tests.deadlines import oracle

ORDINARY, MANY = 2_000, 100_000
FIRST, LAST = datetime(2022, 1, 3, tzinfo=UTC), datetime(2027, 9, 30, tzinfo=UTC)
KINDS = tuple(OrganisationKind)
EDGES = ((0, 0), (4, 59), (18, 29), (18, 30), (18, 31), (23, 59))
Answers = tuple[object, object, object]  # the question, the oracle's answer, ours


class Asker:
    """Random questions, each put to the oracle and to the product."""

    def __init__(self, seed: int, calendar: WorkCalendar, terms: dict[str, Term]) -> None:
        self.dice, self.calendar, self.terms = random.Random(seed), calendar, terms
        self.classes: tuple[Callable[[], Answers], ...] = (
            self.complaint, self.extension, self.extension_notice, self.lateness, self.term, self.event,
            self.event_length, self.event_extension,
        )  # fmt: skip

    def moment(self) -> datetime:
        """Half of the moments are at the edges of a day or of its working hours."""
        at = FIRST + timedelta(seconds=self.dice.randrange(int((LAST - FIRST).total_seconds())))
        if self.dice.random() < 0.5:
            hour, minute = self.dice.choice(EDGES)
            here = oracle.local(at)
            at += timedelta(hours=hour - here.hour, minutes=minute - here.minute)
        return at

    def day(self) -> date:
        return oracle.local(self.moment()).date()

    def complaint(self) -> Answers:
        kind, at, granted = self.dice.choice(KINDS), self.moment(), self.dice.choice((0, 0, 1, 5, 10))
        rule = rule_of(kind)
        found = due(
            self.terms[rule], TermEvent(at=at, extensions=(granted,) if granted else ()), self.calendar
        )
        expected = oracle.complaint(kind.value, at, granted)
        ours = (found.registered_on, found.due_on)
        if granted == 0:
            ours = (found.registered_on, date_complaint(rule, at, self.calendar).due_on)
        return (kind, at, granted), (*expected, expected[1]), (*ours, last_working_day(found, self.calendar))

    def extension(self) -> Answers:
        """Who may extend, and until when."""
        kind, at = self.dice.choice(KINDS), self.moment()
        last = oracle.complaint(kind.value, at, 0)[1]
        today = last + timedelta(days=self.dice.randrange(-3, 4))
        expected = "ok" if kind.value in oracle.MAY_EXTEND else "body"
        if expected == "ok" and today > last:
            expected = "late"
        try:
            check_extension(kind, rule_of(kind), last, today)
            ours = "ok"
        except ExtensionBodyError:
            ours = "body"
        except ExtensionLateError:
            ours = "late"
        return (kind, last, today), expected, ours

    def extension_notice(self) -> Answers:
        at = self.moment()
        return at, oracle.term("complaint.extension_notice", at), tell_by(at, self.calendar)

    def lateness(self) -> Answers:
        """Any moment of the last day is in time; the next day's first is late."""
        kind, at = self.dice.choice(KINDS), self.moment()
        last = oracle.complaint(kind.value, at, 0)[1]
        done = at + (last - oracle.local(at).date()) + timedelta(days=self.dice.randrange(-1, 2))
        found = date_complaint(rule_of(kind), at, self.calendar)
        return (kind, at, done), oracle.local(done).date() > last, is_late(found, done)

    def term(self) -> Answers:
        rule, at = self.dice.choice(tuple(oracle.AFTER)), self.moment()
        found = due(self.terms[rule], TermEvent(at=at), self.calendar)
        expected = oracle.term(rule, at)
        return (rule, at), (expected, expected), (found.due_on, found.late_after)

    def event(self) -> Answers:
        """Every date of a control event's chain, whatever is known so far."""
        facts = self.facts()
        known = ControlEvent(
            number=1, organisation="x", kind=EventKind.CONTROL, object="x", planned=True,
            facts={EventFact(name): day for name, day in facts.items()},
        )  # fmt: skip
        ours = {one.code: one.dates.lead_on if one.dates else None for one in steps(known, self.calendar)}
        dates = oracle.control(facts)
        expected = {
            "control.notice": dates.notice,
            "control.start": dates.start,
            "control.event": dates.ends,
            "control.act_shown": dates.ends,
            "control.act": dates.act,
            "control.materials": dates.materials,
            "control.plan_of_measures": dates.plan,
        }
        return facts, expected, ours

    def facts(self) -> dict[str, date]:
        starts = self.day()
        facts = {"starts_on": starts, "ends_on": starts + timedelta(days=self.dice.randrange(18))}
        if self.dice.random() < 0.4:
            facts["handed_on"] = starts + timedelta(days=self.dice.randrange(3))
        if self.dice.random() < 0.4:
            facts["extended_to"] = facts["ends_on"] + timedelta(days=self.dice.randrange(22))
        day = facts["ends_on"]
        for name in ("ended_on", "shown_on", "recommended_on"):
            day += timedelta(days=self.dice.randrange(4))
            if self.dice.random() < 0.6:
                facts[name] = day
        return facts

    def event_length(self) -> Answers:
        begins = self.day()
        ends = begins + timedelta(days=self.dice.randrange(-2, 20))
        last = oracle.longest_event(begins)
        ours = (
            latest_end(begins, self.calendar),
            _passes(lambda: check_dates(EventKind.CONTROL, begins, ends, self.calendar)),
        )
        return (begins, ends), (last, begins <= ends <= last), ours

    def event_extension(self) -> Answers:
        begins = self.day()
        ends = begins + timedelta(days=self.dice.randrange(12))
        to = ends + timedelta(days=self.dice.randrange(-3, 25))
        facts = {EventFact.STARTS_ON: begins, EventFact.ENDS_ON: ends}
        ours = _passes(lambda: check_event_extension(facts, to, self.calendar))
        return (begins, ends, to), ends <= to <= oracle.longest_extension(begins, ends), ours


def _passes(check: Callable[[], None]) -> bool:
    try:
        check()
    except EventDatesError:
        return False
    return True


def differences(cases: int, seed: int, calendar: WorkCalendar, terms: dict[str, Term]) -> list[Answers]:
    asker = Asker(seed, calendar, terms)
    asked: Counter[str] = Counter()
    wrong = []
    for number in range(cases):
        ask = asker.classes[number % len(asker.classes)]
        question, expected, ours = ask()
        asked[ask.__name__] += 1
        if expected != ours:
            wrong.append((question, expected, ours))
    assert min(asked.values()) >= cases // len(asker.classes)
    return wrong


def test_two_thousand_random_cases_agree(calendar: WorkCalendar, terms: dict[str, Term]):
    assert differences(ORDINARY, 18, calendar, terms)[:5] == []


@pytest.mark.long
def test_a_hundred_thousand_random_cases_agree(calendar: WorkCalendar, terms: dict[str, Term]):
    assert differences(MANY, 1_800, calendar, terms)[:5] == []


def test_oracle_imports_nothing_of_ours():
    tree = ast.parse(Path(oracle.__file__).read_text(encoding="utf-8"))
    names = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [one.name for one in node.names] if isinstance(node, ast.Import)
            else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        )
    }  # fmt: skip
    assert names == {"collections", "dataclasses", "datetime", "functools", "pathlib", "yaml"}


def test_oracle_knows_the_same_days_off(calendar: WorkCalendar):
    """Written a second time: any difference is a mistake of one of the two."""
    days = [date(2022, 1, 1) + timedelta(days=number) for number in range(365 * 6)]
    assert [day for day in days if oracle.is_off(day) is calendar.is_working(day)] == []
