"""Chains of dates of control events (Order 78 ¶40-56), discussions and the contact centre."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import count, islice
from random import Random

import pytest

from deadlines.calendar import WorkCalendar
from reminders.actions import FilingContext, SubmitFiling
from reminders.chain import (
    ControlEvent,
    EventFact,
    EventKind,
    check_dates,
    check_extension,
    latest_end,
    steps,
)
from reminders.errors import EventDatesError, EventObjectError, FilingClosedError
from reminders.event_store import EventStore
from reminders.events import AddEvent, CloseEvent, NewEvent, RecordEventFact
from reminders.filing import SubmittedDocument
from tests.reminders.scenario import MINISTRY, ReminderScenario

OFFICER = 11
STARTS, ENDS = date(2026, 11, 30), date(2026, 12, 11)
NEW = NewEvent(
    organisation=MINISTRY, kind=EventKind.CONTROL, object="Департамент", starts_on=STARTS, ends_on=ENDS
)


def event(
    kind: EventKind = EventKind.CONTROL, measures: tuple[date, ...] = (), **facts: date
) -> ControlEvent:
    known = {EventFact(name): day for name, day in facts.items()}
    return ControlEvent(
        number=5, organisation=MINISTRY, kind=kind, object="x", planned=True, facts=known, measures=measures
    )


def days(found: ControlEvent, calendar: WorkCalendar) -> dict[str, date | None]:
    return {one.code: one.dates.lead_on if one.dates else None for one in steps(found, calendar)}


def test_planned_event_has_its_independent_dates(calendar: WorkCalendar):
    assert days(event(starts_on=STARTS, ends_on=ENDS), calendar) == {
        "control.notice": date(2026, 11, 25),  # three working days before it starts
        "control.start": date(2026, 11, 30),
        "control.event": date(2026, 12, 11),
        "control.act_shown": date(2026, 12, 11),
        "control.act": None,
        "control.materials": None,
        "control.plan_of_measures": None,
    }


def inspection(*, planned: bool = True, **facts: date) -> ControlEvent:
    return replace(event(EventKind.INSPECTION, starts_on=STARTS, ends_on=ENDS, **facts), planned=planned)


def test_inspection_has_the_dates_of_the_law(calendar: WorkCalendar):
    assert days(inspection(), calendar) == {
        "inspection.start_notice": date(2026, 11, 25),  # three working days before it starts
        "inspection.draft": date(2026, 12, 8),  # three working days before it ends
        "inspection.draft_objections": None,
        "inspection.end": date(2026, 12, 11),
        "inspection.representation": None,
        "inspection.representation_report": None,
    }
    told = days(inspection(planned=False), calendar)
    assert told["inspection.unplanned_notice"] == date(2026, 11, 27)  # a day before, on a working day


def test_what_follows_an_inspection_is_counted_for_the_inspected(calendar: WorkCalendar):
    known = inspection(
        drafted_on=date(2026, 12, 8), represented_on=date(2026, 12, 14), considered_on=date(2027, 1, 8)
    )
    found = days(known, calendar)
    assert found["inspection.draft_objections"] == date(2026, 12, 10)
    assert found["inspection.representation"] == date(2027, 1, 13)  # thirty calendar days
    assert found["inspection.representation_report"] == date(2027, 1, 12)


def test_inspection_lasts_twenty_working_days_or_ten_if_unplanned(calendar: WorkCalendar):
    for planned, last in ((True, date(2026, 12, 28)), (False, date(2026, 12, 11))):
        check_dates(EventKind.INSPECTION, STARTS, last, calendar, planned=planned)
        with pytest.raises(EventDatesError):
            check_dates(EventKind.INSPECTION, STARTS, last + timedelta(days=1), calendar, planned=planned)


async def test_only_what_belongs_to_an_inspection_is_recorded(scenario: ReminderScenario):
    await scenario.add_membership(OFFICER, MINISTRY)
    new = replace(NEW, kind=EventKind.INSPECTION)

    async def add(context: FilingContext) -> ControlEvent:
        return await AddEvent(context, EventStore(context.unit.session))(OFFICER, new)

    made = await scenario.do(add)
    for fact in (EventFact.EXTENDED_TO, EventFact.RECOMMENDED_ON, None):

        async def learn(context: FilingContext, fact: EventFact | None = fact) -> ControlEvent:
            record = RecordEventFact(context, EventStore(context.unit.session))
            return await record(OFFICER, made.number, fact, ENDS)

        with pytest.raises(FilingClosedError):
            await scenario.do(learn)

    async def represented(context: FilingContext) -> ControlEvent:
        record = RecordEventFact(context, EventStore(context.unit.session))
        return await record(OFFICER, made.number, EventFact.REPRESENTED_ON, date(2026, 12, 14))

    await scenario.do(represented)
    (filing,) = await scenario.filings(MINISTRY, "inspection.representation")
    assert filing.dates.lead_on == date(2027, 1, 13)


def test_recorded_facts_add_later_dates(calendar: WorkCalendar):
    known = event(
        starts_on=STARTS,
        ends_on=ENDS,
        handed_on=date(2026, 12, 1),  # the order came a day later
        ended_on=date(2026, 12, 11),
        shown_on=date(2026, 12, 11),
        recommended_on=date(2026, 12, 21),
        measures=(date(2027, 1, 10),),
    )
    found = days(known, calendar)
    assert found["control.act"] == date(2026, 12, 17)  # 14, 15 and 17 December: the 16th is a holiday
    assert found["control.materials"] == date(2026, 12, 23)
    assert found["control.plan_of_measures"] == date(2026, 12, 28)
    assert found["control.measures_report"] == date(2027, 1, 8)  # the 10th is a Sunday


@pytest.mark.parametrize(
    ("begins", "extended", "latest"),
    [
        (date(2026, 11, 30), False, date(2026, 12, 11)),  # its own day counts
        (date(2026, 12, 7), False, date(2026, 12, 21)),  # over a holiday
        (date(2026, 11, 30), True, date(2026, 12, 28)),
    ],
)
def test_event_lasts_ten_working_days_at_most(
    begins: date, extended: bool, latest: date, calendar: WorkCalendar
):
    assert latest_end(begins, calendar, extended=extended) == latest


def tenth_working_day(calendar: WorkCalendar, after: date) -> date:
    """Counted day by day, without the calendar's own arithmetic."""
    days = (after + timedelta(days=number) for number in count(1))
    return next(islice((day for day in days if calendar.is_working(day)), 9, None))


def test_extension_is_ten_working_days_beyond_the_ordered_end_at_most(calendar: WorkCalendar):
    """Order 78 ¶44, 5,000 random events: whatever they began on, the ordered end is what counts."""
    chance = Random(44)
    wrong = []
    for _ in range(5_000):
        starts = date(2026, 1, 12) + timedelta(days=chance.randrange(320))
        ends = starts + timedelta(days=chance.randrange(12))
        to = ends + timedelta(days=chance.randrange(-3, 25))
        if not starts <= ends <= latest_end(starts, calendar):
            continue
        allowed = ends <= to <= tenth_working_day(calendar, ends)
        facts = {EventFact.STARTS_ON: starts, EventFact.ENDS_ON: ends}
        if is_extended(facts, to, calendar) is not allowed:
            wrong.append((starts, ends, to, allowed))
    assert wrong == []


def is_extended(facts: dict[EventFact, date], to: date, calendar: WorkCalendar) -> bool:
    try:
        check_extension(facts, to, calendar)
    except EventDatesError:
        return False
    return True


def test_extension_kept_from_before_is_counted_to_its_limit(calendar: WorkCalendar):
    known = event(starts_on=STARTS, ends_on=STARTS, extended_to=date(2026, 12, 25))
    assert days(known, calendar)["control.event"] == date(2026, 12, 14)


@pytest.mark.parametrize(
    ("kind", "code", "due"),
    [
        (EventKind.DISCUSSION, "discussion.act", date(2026, 12, 14)),  # ten working days
        (EventKind.CONTACT_CENTRE, "info.contact_centre", date(2026, 12, 3)),  # three
    ],
)
def test_discussion_and_contact_centre_due_dates(
    kind: EventKind, code: str, due: date, calendar: WorkCalendar
):
    assert days(event(kind, starts_on=STARTS), calendar) == {code: due}


async def test_event_steps_are_completed_one_by_one(scenario: ReminderScenario):
    await scenario.add_membership(OFFICER, MINISTRY)
    scenario.clock.instant = scenario.clock.instant.replace(year=2026, month=11, day=25, hour=4)

    async def add(context: FilingContext) -> ControlEvent:
        return await AddEvent(context, EventStore(context.unit.session))(OFFICER, NEW)

    made = await scenario.do(add)

    async def tick_off(code: str, day: date) -> None:
        filing = next(one for one in await scenario.filings(MINISTRY, code))
        await scenario.do(
            lambda context: SubmitFiling(context)(OFFICER, filing.number, day, SubmittedDocument())
        )

    lines = [line for one in await scenario.tick("2026-11-25 09:00") for line in one.lines]
    assert f"{MINISTRY} control.notice event/{made.number} v1 last_day 0 0 own" in lines
    await tick_off("control.notice", date(2026, 11, 25))
    scenario.clock.instant = scenario.clock.instant.replace(month=12, day=1)
    await tick_off("control.start", date(2026, 11, 30))
    scenario.clock.instant = scenario.clock.instant.replace(month=12, day=11)
    assert await scenario.filings(MINISTRY, "control.materials") == []
    await tick_off("control.event", date(2026, 12, 10))
    (materials,) = await scenario.filings(MINISTRY, "control.materials")
    assert materials.dates.lead_on == date(2026, 12, 22)

    async def extend(context: FilingContext) -> ControlEvent:
        learn = RecordEventFact(context, EventStore(context.unit.session))
        return await learn(OFFICER, made.number, EventFact.EXTENDED_TO, date(2026, 12, 25))

    await scenario.do(extend)
    (shown,) = await scenario.filings(MINISTRY, "control.act_shown")
    assert (shown.dates.lead_on, shown.version) == (date(2026, 12, 25), 2)

    async def close(context: FilingContext) -> ControlEvent:
        return await CloseEvent(context, EventStore(context.unit.session))(OFFICER, made.number)

    assert (await scenario.do(close)).is_closed
    assert not any(one.is_open for one in await scenario.filings(MINISTRY) if one.event is not None)
    with pytest.raises(FilingClosedError):
        await scenario.do(close)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"ends_on": date(2026, 12, 14)}, EventDatesError),  # eleven working days
        ({"ends_on": date(2026, 11, 27)}, EventDatesError),
        ({"ends_on": None}, EventDatesError),
        ({"object": "Касымов, 010101200012"}, EventObjectError),
        ({"object": " "}, EventObjectError),
        ({"object": "а" * 501}, EventObjectError),
    ],
)
async def test_invalid_event_is_rejected(
    sqlite_scenario: ReminderScenario, change: dict[str, object], error: type[Exception]
):
    await sqlite_scenario.add_membership(OFFICER, MINISTRY)
    fields = {name: getattr(NEW, name) for name in NewEvent.__slots__} | change
    async with sqlite_scenario.context() as context:
        with pytest.raises(error):
            await AddEvent(context, EventStore(context.unit.session))(OFFICER, NewEvent(**fields))
