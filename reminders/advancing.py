"""Update a control event's chain of dates when a fact about it changes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from deadlines.calendar import WorkCalendar
from reminders.chain import ControlEvent, EventFact, steps
from reminders.event_store import EventStore
from reminders.filing import Filing
from reminders.redating import redate
from reminders.schedule import next_reminder
from reminders.store import FilingStore, NewFiling, SettingStore

FACTS: Mapping[str, EventFact] = {
    "control.start": EventFact.HANDED_ON,
    "control.event": EventFact.ENDED_ON,
    "control.act_shown": EventFact.SHOWN_ON,
    "inspection.draft": EventFact.DRAFTED_ON,
    "inspection.end": EventFact.ENDED_ON,
    "inspection.representation": EventFact.CONSIDERED_ON,
    "discussion.act": EventFact.ENDED_ON,
    "info.contact_centre": EventFact.ENDED_ON,
}


async def advance(
    session: AsyncSession, filing: Filing, day: date, calendar: WorkCalendar, now: datetime
) -> None:
    """A step was done on `day`: date the steps that depend on it."""
    assert filing.event is not None
    events = EventStore(session)
    event = await events.get(filing.event, lock=True)
    fact = FACTS.get(filing.obligation)
    if event is None or fact is None:
        return
    known = replace(event, facts={**event.facts, fact: day})
    await events.keep_facts(known)
    await follow(session, known, calendar, now)


async def follow(session: AsyncSession, event: ControlEvent, calendar: WorkCalendar, now: datetime) -> None:
    """Create filings for steps whose dates are known, and move those whose dates have changed."""
    filings = FilingStore(session)
    schedule = await SettingStore(session).schedule(event.organisation)
    known = {one.obligation_and_occasion: one for one in await filings.of_event(event.number)}
    for step in steps(event, calendar):
        present = known.get((step.code, step.occasion))
        if step.dates is None:
            continue
        if present is None:
            new = NewFiling(
                organisation=event.organisation,
                obligation=step.code,
                occasion=step.occasion,
                dates=step.dates,
                remind_at=next_reminder(step.dates, calendar, None, schedule),
                event=event.number,
            )
            await filings.add(new)
        elif present.is_open and present.dates != step.dates:
            await redate(session, present, step.dates, calendar, now)
