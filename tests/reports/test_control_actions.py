"""Who may enter what about a control event, and what is refused."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from accounts.errors import GoneError, NotAllowedError
from accounts.officials.membership import Membership
from accounts.officials.store import MembershipStore
from accounts.roles import Role
from kernel.period import Period
from oversight.control.actions import (
    AddControlEntry,
    ControlContext,
    DescribeControl,
    MarkDone,
    RecordInForms,
    RemoveControlEntry,
)
from oversight.control.entries import (
    ASKED,
    CODES,
    PUNISHED,
    ControlDetails,
    ControlEntry,
    ControlGround,
    ControlQuestion,
    EntryKind,
)
from oversight.control.errors import EntryFaultError, NoSuchQuarterError
from oversight.control.store import ControlStore
from reminders.chain import EventKind
from reminders.event_store import EventStore
from reminders.events import AddEvent, NewEvent
from tests.each import each_case
from tests.reports.scenario import HEAD, OFFICER, REGION, SEMEY, ReportScenario

STARTS, TODAY, ENDS = date(2026, 9, 21), date(2026, 10, 2), date(2026, 10, 2)
QUARTER = Period.of_code("2026Q3")
PEOPLE = {  # of the body itself, and of another
    (role, code): 100 * place + number
    for place, code in enumerate((REGION, SEMEY), start=1)
    for number, role in enumerate(Role)
}
FILES = {Role.OFFICER, Role.HEAD, Role.COORDINATOR, Role.INSPECTOR}
STRANGER = 77


def control(scenario: ReportScenario) -> ControlContext:
    context = scenario.handing_in.submit.context
    return ControlContext(context, EventStore(scenario.session), ControlStore(scenario.session))


async def event_in(scenario: ReportScenario, kind: EventKind = EventKind.CONTROL, **fields: object) -> int:
    new = NewEvent(organisation=REGION, kind=kind, object="a hall", starts_on=STARTS, ends_on=ENDS)
    context = control(scenario)
    made = await AddEvent(context.filings, context.events)(OFFICER, replace(new, **fields))  # type: ignore[arg-type]
    return made.number


def entry(event: int, kind: EntryKind, **fields: object) -> ControlEntry:
    asked = ASKED[kind]
    right = {
        "code": CODES[kind][0] if ControlQuestion.CODE in asked else "",
        "who": PUNISHED[0] if ControlQuestion.WHO in asked else "",
        "day": STARTS if ControlQuestion.DAY in asked else None,
        "until": date(2026, 11, 2) if ControlQuestion.UNTIL in asked else None,
        "text": "Train the staff" if ControlQuestion.TEXT in asked else "",
    }
    return ControlEntry(event=event, kind=kind, **{**right, **fields})  # type: ignore[arg-type]


Attempt = Callable[[ControlContext, int, int, int], Awaitable[object]]
ATTEMPTS: dict[str, tuple[Attempt, set[Role]]] = {
    "enter": (lambda c, by, n, _: AddControlEntry(c)(by, entry(n, EntryKind.BREACH)), FILES),
    "decide": (lambda c, by, n, _: AddControlEntry(c)(by, entry(n, EntryKind.DECISION)), {Role.HEAD}),
    "mark": (lambda c, by, _, e: MarkDone(c)(by, e, TODAY), FILES),
    "remove": (lambda c, by, _, e: RemoveControlEntry(c)(by, e), FILES),
    "describe": (lambda c, by, n, _: DescribeControl(c)(by, n, ControlDetails(questions="terms")), FILES),
    "record": (lambda c, by, _n, _e: RecordInForms(c)(by, REGION, QUARTER), {Role.HEAD}),
    "stop": (lambda c, by, _n, _e: RecordInForms(c)(by, REGION, None), {Role.HEAD}),
}


async def test_each_action_is_refused_to_each_wrong_role(scenario: ReportScenario):
    at = datetime(2026, 9, 1, 6, tzinfo=UTC)
    for (role, code), person in PEOPLE.items():
        one = Membership(number=0, telegram_id=person, organisation=code, role=role, joined_at=at)
        await MembershipStore(scenario.session).add(one, None)
    number, context = await event_in(scenario), control(scenario)
    with each_case() as cases:
        for name, (attempt, roles) in ATTEMPTS.items():
            for (role, code), person in {**PEOPLE, (None, None): STRANGER}.items():
                with cases.case(name, role, code):
                    made = await AddControlEntry(context)(OFFICER, entry(number, EntryKind.RECOMMENDATION))
                    may = role in roles and code == REGION
                    assert await _is_done(attempt(context, person, number, made.number)) is may


async def _is_done(attempt: Awaitable[object]) -> bool:
    try:
        await attempt
    except NotAllowedError:
        return False
    return True


async def test_a_decision_is_removed_by_the_head_alone(scenario: ReportScenario):
    number, context = await event_in(scenario), control(scenario)
    made = await AddControlEntry(context)(HEAD, entry(number, EntryKind.DECISION))
    with pytest.raises(NotAllowedError):
        await RemoveControlEntry(context)(OFFICER, made.number)
    await RemoveControlEntry(context)(HEAD, made.number)
    with pytest.raises(GoneError):
        await RemoveControlEntry(context)(HEAD, made.number)
    assert await context.store.of_event(number) == ()


async def test_what_no_question_asks_or_allows_is_refused(scenario: ReportScenario):
    number, context = await event_in(scenario), control(scenario)
    wrong: dict[ControlQuestion, list[dict[str, object]]] = {
        ControlQuestion.CODE: [{"code": ""}, {"code": "9.9"}],
        ControlQuestion.WHO: [{"who": "7.1"}],
        ControlQuestion.COUNT: [{"count": 0}, {"count": 100_000}],
        ControlQuestion.PEOPLE: [{"people": -1}, {"people": 100_000}],
        ControlQuestion.DAY: [{"day": None}, {"day": date(2026, 10, 3)}, {"day": date(2026, 9, 20)}],
        ControlQuestion.UNTIL: [{"until": None}, {"until": date(2026, 9, 20)}],
        ControlQuestion.TEXT: [{"text": ""}, {"text": "x" * 2001}, {"text": "ИИН 900101300015 не принят"}],
    }
    with each_case() as cases:
        for kind in EntryKind:
            for question, values in wrong.items():
                for value in values if question in ASKED[kind] else values[-1:]:
                    with cases.case(kind, value):
                        with pytest.raises(EntryFaultError) as refused:
                            await AddControlEntry(context)(HEAD, entry(number, kind, **value))
                        assert refused.value.data["question"] == question.value
            with cases.case(kind, "right"):
                await AddControlEntry(context)(HEAD, entry(number, kind))


async def test_the_punished_are_not_more_than_the_penalties(scenario: ReportScenario):
    number, context = await event_in(scenario), control(scenario)
    await AddControlEntry(context)(OFFICER, entry(number, EntryKind.PENALTY, count=2, people=2))
    with pytest.raises(EntryFaultError):
        await AddControlEntry(context)(OFFICER, entry(number, EntryKind.PENALTY, count=2, people=3))


async def test_the_last_day_of_a_recommendation_is_reminded_of(scenario: ReportScenario):
    number, context = await event_in(scenario), control(scenario)
    for _ in range(2):
        await AddControlEntry(context)(OFFICER, entry(number, EntryKind.RECOMMENDATION))
    filings = await context.filings.filings.of_event(number)
    days = [one.dates.named_on for one in filings if one.obligation == "control.measures_report"]
    assert days == [date(2026, 11, 2)]


async def test_done_and_not_done(scenario: ReportScenario):
    number, context = await event_in(scenario), control(scenario)
    made = await AddControlEntry(context)(OFFICER, entry(number, EntryKind.RECOMMENDATION))
    mark = MarkDone(context)
    refused: list[tuple[date | None, str]] = [
        (None, ""),
        (date(2026, 10, 3), ""),
        (date(2026, 9, 20), ""),
        (None, "ИИН 900101300015"),
    ]
    for day, why in refused:
        with pytest.raises(EntryFaultError):
            await mark(OFFICER, made.number, day, why)
    await mark(OFFICER, made.number, None, "No money until spring")
    await mark(OFFICER, made.number, TODAY)
    found = await context.store.get(made.number)
    assert found is not None
    assert (found.done_on, found.why_not) == (TODAY, "")
    breach = await AddControlEntry(context)(OFFICER, entry(number, EntryKind.BREACH))
    with pytest.raises(EntryFaultError):
        await mark(OFFICER, breach.number, TODAY)


async def test_only_control_events_hold_results(scenario: ReportScenario):
    number, context = await event_in(scenario, EventKind.INSPECTION), control(scenario)
    with pytest.raises(GoneError):
        await AddControlEntry(context)(OFFICER, entry(number, EntryKind.BREACH))
    with pytest.raises(GoneError):
        await DescribeControl(context)(OFFICER, number, ControlDetails())


async def test_only_an_event_outside_the_plan_has_a_ground(scenario: ReportScenario):
    context = control(scenario)
    planned, unplanned = await event_in(scenario), await event_in(scenario, planned=False)
    details = ControlDetails(ground=ControlGround.AGENCY, questions="Terms", executors="Chief expert")
    await DescribeControl(context)(OFFICER, unplanned, details)
    assert await context.store.details(unplanned) == details
    with pytest.raises(EntryFaultError):
        await DescribeControl(context)(OFFICER, planned, details)
    assert await context.store.details(planned) == ControlDetails()


async def test_rows_are_recorded_from_a_quarter_close_to_now(scenario: ReportScenario):
    context = control(scenario)
    record = RecordInForms(context)
    for code in ("2026Q2", "2027Q2"):
        with pytest.raises(NoSuchQuarterError):
            await record(HEAD, REGION, Period.of_code(code))
    for code in ("2026Q3", "2027Q1", "2026Q4"):
        await record(HEAD, REGION, Period.of_code(code))
        assert await context.store.recorded_since(REGION) == Period.of_code(code).first
    await record(HEAD, REGION, None)
    assert await context.store.recorded_since(REGION) is None
