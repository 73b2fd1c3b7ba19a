"""Data for the filing windows: the Agency's filings, a waiver request, and a control event."""

from datetime import date
from typing import Any

from aiogram.fsm.state import State

from accounts.officials.guard import Guard
from accounts.officials.store import MembershipStore
from bot.dialogs.filings.calendar.states import Calendar
from bot.dialogs.filings.control.states import Control
from bot.dialogs.filings.events.states import Events
from bot.dialogs.filings.states import Filings
from database.engine import UnitOfWork
from deadlines.store import LiveCalendar
from kernel.clock import Clock
from oversight.control.actions import ControlContext, DescribeControl
from oversight.control.entries import CODES, PUNISHED, ControlDetails, ControlEntry, EntryKind
from oversight.control.store import ControlStore
from registry_data.store import OrganisationRepository
from reminders.actions import FilingContext
from reminders.chain import EventKind
from reminders.event_store import EventStore
from reminders.events import AddEvent, NewEvent
from reminders.filing import LONGEST_TEXT
from reminders.plan import DueDates
from reminders.store import FilingStore, NewFiling, SettingStore

AGENCY = "agency-civil-service"
LONG = ("«Ұзын» <b>& " * 100)[:LONGEST_TEXT]
START: dict[State, Any] = {
    state: {"organisation": AGENCY}
    for state in (*Calendar.__all_states__, *Events.__all_states__, *Control.__all_states__)
}
DATA: dict[State, dict[str, Any]] = {
    **{state: {"day": "2026-11-20"} for state in (Filings.document, Filings.far)},
    **{state: {"kind": "control", "start": "2026-11-23"} for state in Events.__all_states__},
    **{state: {"control_kind": "penalty", "control_answers": {}} for state in Control.__all_states__},
}


async def seed(unit: UnitOfWork, clock: Clock, person: int) -> None:
    """Requires that the person heads the Agency."""
    session = unit.session
    guard = Guard(MembershipStore(session), OrganisationRepository(session))
    live = LiveCalendar(clock)
    context = FilingContext(unit, guard, FilingStore(session), SettingStore(session), live, clock)
    day = date(2026, 12, 10)
    number = await context.filings.add(
        NewFiling(
            organisation=AGENCY,
            obligation="control.half_year_list",
            occasion="2027H1",
            dates=DueDates(named_on=day, lead_on=date(2026, 12, 9), late_after=date(2026, 12, 9)),
            remind_at=clock.now(),
        )
    )
    assert number is not None
    await context.filings.change(number, waiver_asked_by=person, waiver_why=LONG)
    new = NewEvent(
        organisation=AGENCY,
        kind=EventKind.CONTROL,
        object=LONG,
        starts_on=date(2026, 11, 23),
        ends_on=date(2026, 12, 4),
    )
    event = await AddEvent(context, EventStore(session))(person, new)
    for state in Filings.__all_states__:
        START[state] = {"filing": number}
    for state in Events.__all_states__:
        DATA[state] |= {"event": event.number, "fact": "measure"}
    await _seed_control(context, event.number, person)


async def _seed_control(context: FilingContext, event: int, person: int) -> None:
    """An entry of each kind with the longest words, and each question of the kind that is asked most."""
    session = context.unit.session
    control = ControlContext(context, EventStore(session), ControlStore(session))
    await DescribeControl(control)(person, event, ControlDetails(questions=LONG, executors=LONG))
    day, number = date(2026, 11, 23), 0
    for kind in EntryKind:
        entry = ControlEntry(
            event=event, kind=kind, code=CODES.get(kind, ("",))[-1], count=99_999, people=99_999,
            who=PUNISHED[0], day=day, until=day, text=LONG * 4, why_not=LONG,
        )  # fmt: skip
        number = await control.store.add(entry, person, context.clock.now())
    for state in Control.__all_states__:
        DATA[state] |= {"event": event, "control_entry": number}
    answered: dict[str, Any] = {"code": "7.1", "who": "8.1", "count": 1, "people": 1, "day": "2026-11-23"}
    for place, name in enumerate(answered):
        known = dict(list(answered.items())[:place])
        DATA[getattr(Control, name)] |= {"control_answers": known}
    DATA[Control.until] |= {"control_kind": "recommendation", "control_answers": {"day": "2026-11-23"}}
    DATA[Control.text] |= {"control_kind": "breach", "control_answers": {"code": "3.1", "count": 1}}
