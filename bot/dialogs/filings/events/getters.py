"""Data of the control event windows. Every getter checks the right again."""

from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.permissions import Action
from bot.dialogs.chosen import organisation_of
from bot.dialogs.filings.calendar.getters import name_of
from bot.dialogs.filings.events.letter import has_letter
from bot.dialogs.filings.events.place import ENDED, FACT, MEASURE, START, day_of, event_of, kind_of
from bot.request_context import RequestContext
from bot.views.filings.listing import Listing
from bot.views.filings.names import FilingNames
from deadlines.calendar import WorkCalendar
from kernel.clock import almaty_date
from localisation.formats import day as written
from reminders.actions import FilingContext
from reminders.chain import ChainStep, ControlEvent, EventFact, EventKind, ends_by, steps
from reminders.filing import Filing
from reminders.queries import FilingQueries


@inject
async def get_list(
    dialog_manager: DialogManager, context: RequestContext, queries: FromDishka[FilingQueries], **_: object
) -> dict[str, Any]:
    code, person = organisation_of(dialog_manager), context.person.telegram_id
    found = await queries.events_of(person, code)
    lines = [_line(context, one) for one in found]
    this = almaty_date(context.now).year
    return {
        "organisation": await name_of(context, queries, code),
        "lines": lines[:20],
        "events": [(one.number, line) for one, line in zip(found[:10], lines, strict=False)],
        "may_file": await queries.guard.may(person, Action.FILE, code),
        "years": [(year, context.plain("control.year_button", year=year)) for year in (this, this + 1)],
    }


async def get_kinds(context: RequestContext, **_: object) -> dict[str, Any]:
    return {"kinds": [(kind.value, context.plain(f"events.kind_{kind.value}")) for kind in EventKind]}


@inject
async def get_question(
    dialog_manager: DialogManager,
    filing_context: FromDishka[FilingContext],
    **_: object,
) -> dict[str, Any]:
    """Data of a new event's windows: the text of each kind and the last day it may end on."""
    kind = kind_of(dialog_manager)
    latest = None
    if kind in ENDED and START in dialog_manager.dialog_data:
        begins = day_of(dialog_manager, START)
        latest = ends_by(kind, begins, await filing_context.calendar())
    return {
        "start": f"start_{kind.value}",
        "end": f"end_{kind.value if kind in ENDED else EventKind.CONTROL.value}",
        "object": f"object_{kind.value}",
        "latest": latest,
    }


@inject
async def get_card(
    dialog_manager: DialogManager,
    context: RequestContext,
    queries: FromDishka[FilingQueries],
    filing_context: FromDishka[FilingContext],
    names: FromDishka[FilingNames],
    **_: object,
) -> dict[str, Any]:
    person = context.person.telegram_id
    event, filings = await queries.event(person, event_of(dialog_manager))
    calendar = await filing_context.calendar()
    listing = Listing(
        names=names,
        language=context.language,
        calendar=calendar,
        today=almaty_date(context.now),
        schedule=await filing_context.settings.schedule(event.organisation),
    )
    may_file = not event.is_closed and await queries.guard.may(person, Action.FILE, event.organisation)
    control = event.kind is EventKind.CONTROL
    planned = "in_plan" if event.planned else "not_in_plan"
    return {
        "number": event.number,
        "kind": context.plain(f"events.kind_{event.kind.value}"),
        "object": event.object,
        "planned": context.plain(f"events.{planned}") if event.kind in ENDED else "",
        "lines": _chain(context, listing, event, filings, calendar),
        "closed": event.is_closed,
        "is_control": control,
        "steps": [(one.number, listing.names.name(one, context.language)) for one in filings if one.is_open],
        "has_letter": await has_letter(filing_context, event.number),
        "may_close": may_file,
        "may_extend": may_file and control and EventFact.ENDED_ON not in event.facts,
        "may_recommend": may_file and control and EventFact.SHOWN_ON in event.facts,
        "may_represent": may_file
        and event.kind is EventKind.INSPECTION
        and EventFact.ENDED_ON in event.facts,
        "may_add_measure": may_file and control and EventFact.RECOMMENDED_ON in event.facts,
    }


async def get_fact(dialog_manager: DialogManager, **_: object) -> dict[str, Any]:
    fact = dialog_manager.dialog_data.get(FACT)
    return {"asking": f"ask_{fact}" if fact in {MEASURE, *ASKED} else f"ask_{MEASURE}"}


async def get_closing(dialog_manager: DialogManager, **_: object) -> dict[str, Any]:
    return {"number": event_of(dialog_manager)}


ASKED = {EventFact.RECOMMENDED_ON.value, EventFact.EXTENDED_TO.value, EventFact.REPRESENTED_ON.value}


def _chain(
    context: RequestContext,
    listing: Listing,
    event: ControlEvent,
    filings: list[Filing],
    calendar: WorkCalendar,
) -> list[str]:
    known = {one.obligation_and_occasion: one for one in filings}
    return [
        _step(context, listing, one, known.get((one.code, one.occasion))) for one in steps(event, calendar)
    ]


def _step(context: RequestContext, listing: Listing, step: ChainStep, filing: Filing | None) -> str:
    if filing is None:
        name = context.plain(f"filings.step_{step.code.replace('.', '_')}")
        return context.plain("events.step_waits", name=name)
    state = listing.state(filing)
    return context.plain(
        "events.step_line",
        mark=listing.names.mark(state, context.language),
        day=written(filing.dates.lead_on, context.language),
        name=listing.names.name(filing, context.language),
        state=listing.names.state(state, context.language),
    )


def _line(context: RequestContext, event: ControlEvent) -> str:
    return context.plain(
        "events.line",
        number=event.number,
        kind=context.plain(f"events.kind_{event.kind.value}"),
        day=written(event.facts[EventFact.STARTS_ON], context.language),
        closed=event.is_closed,
    )
