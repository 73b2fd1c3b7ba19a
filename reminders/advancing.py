"""What is known of a control event has changed: its chain of dates follows."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from deadlines.calendar import WorkCalendar
from reminders.chain import Event, Fact, steps
from reminders.dating import redate
from reminders.event_store import EventStore
from reminders.filing import Filing
from reminders.ladder import next_reminder
from reminders.store import FilingStore, NewFiling, SettingStore

FACTS: Mapping[str, Fact] = {
    "control.start": Fact.HANDED_ON,
    "control.event": Fact.ENDED_ON,
    "control.act_shown": Fact.SHOWN_ON,
    "discussion.act": Fact.ENDED_ON,
    "info.contact_centre": Fact.ENDED_ON,
}


async def advance(
    session: AsyncSession, filing: Filing, day: date, calendar: WorkCalendar, now: datetime
) -> None:
    """A step was done on `day`: what hangs on it gets its date."""
    assert filing.event is not None
    events = EventStore(session)
    event = await events.get(filing.event, lock=True)
    fact = FACTS.get(filing.obligation)
    if event is None or fact is None:
        return
    known = replace(event, facts={**event.facts, fact: day})
    await events.keep_facts(known)
    await follow(session, known, calendar, now)


async def follow(session: AsyncSession, event: Event, calendar: WorkCalendar, now: datetime) -> None:
    """Make the filings of the steps whose dates are known, and move those whose dates have changed."""
    filings = FilingStore(session)
    ladder = await SettingStore(session).ladder(event.organisation)
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
                remind_at=next_reminder(step.dates, calendar, None, ladder),
                event=event.number,
            )
            await filings.add(new)
        elif present.is_open and present.dates != step.dates:
            await redate(session, present, step.dates, calendar, now)
