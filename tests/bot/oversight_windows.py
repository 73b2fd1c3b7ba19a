"""Data for the windows of those who control: an act that the contact centre is told of."""

from datetime import date
from typing import Any

from aiogram.fsm.state import State

from bot.dialogs.editor.states import Editor
from bot.dialogs.filings.events.states import Events
from bot.dialogs.oversight.region.states import RegionOverview
from database.engine import UnitOfWork
from deadlines.store import LiveCalendar
from kernel.clock import Clock
from oversight.contact_centre.store import ActNotice, ActNoticeStore
from reminders.advancing import follow
from reminders.chain import ControlEvent, EventFact, EventKind
from reminders.event_store import EventStore
from tests.bot.filing_windows import AGENCY

DATA: dict[State, dict[str, Any]] = {
    Editor.approval: {"chosen": "1"},
    Editor.informed: {"chosen": "1"},
    Events.letter: {"kind": "contact_centre", "start": "2026-11-20"},
}
START: dict[State, Any] = {RegionOverview.overview: {"organisation": AGENCY}}
FACTS = ("term", "fee", "documents", "result", "schedule", "refusal_grounds")


async def seed(unit: UnitOfWork, clock: Clock, person: int) -> None:
    """Requires that the person heads the Agency and is an editor."""
    facts = {EventFact.STARTS_ON: date(2026, 11, 20)}
    event = ControlEvent(
        number=0,
        organisation=AGENCY,
        kind=EventKind.CONTACT_CENTRE,
        object="№ 58",
        planned=False,
        facts=facts,
    )
    number = await EventStore(unit.session).add(event, person, clock.now())
    stored = await EventStore(unit.session).get(number)
    assert stored is not None
    calendar = await LiveCalendar(clock).current(unit.session)
    await follow(unit.session, stored, calendar, clock.now())
    notice = ActNotice(
        event=number,
        organisation=AGENCY,
        act="act-58-2020-05-27",
        approved_on=date(2026, 11, 20),
        changes={"apostille": FACTS, "driving-licence": FACTS},
    )
    await ActNoticeStore(unit.session).keep(notice)
    for state in (Editor.informed, Events.letter):
        DATA[state] |= {"event": number}
