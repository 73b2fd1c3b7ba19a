"""Data of the calendar. Every getter checks the right again."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.permissions import Action
from accounts.switches.switch import SwitchedJob
from bot.dialogs.chosen import organisation_of
from bot.dialogs.filings.calendar.place import shown_span
from bot.request_context import RequestContext
from bot.views.accounts.officials import organisation_name
from bot.views.filings.listing import Listing
from bot.views.filings.names import FilingNames
from bot.views.organisations import labelled
from bot.views.public_address import PublicAddress
from kernel.clock import almaty_date
from localisation.formats import moment
from reminders.actions import FilingContext
from reminders.calendar_span import SpanLength
from reminders.filing import Filing, FilingState
from reminders.queries import FilingQueries

MOST_LINES, MOST_BUTTONS = 40, 10
LONG_AGO = date(2016, 1, 1)
_URGENT = (FilingState.LATE, FilingState.DUE, FilingState.NOT_YET)


@inject
async def get_choice(
    context: RequestContext, queries: FromDishka[FilingQueries], **_: object
) -> dict[str, Any]:
    return {"organisations": labelled(context, await queries.own_codes(context.person.telegram_id))}


@inject
async def get_calendar(
    dialog_manager: DialogManager,
    context: RequestContext,
    queries: FromDishka[FilingQueries],
    filing_context: FromDishka[FilingContext],
    names: FromDishka[FilingNames],
    **_: object,
) -> dict[str, Any]:
    code, person = organisation_of(dialog_manager), context.person.telegram_id
    span = shown_span(dialog_manager)
    filings = await queries.of_organisation(person, code, span.first, span.last)
    listing = await listing_of(context, filing_context, names, code)
    earlier = await queries.late(person, code, span.first - timedelta(days=1))
    lines = [listing.line(one) for one in filings]
    late = context.plain("calendar.late_line", count=len(earlier)) if earlier else ""
    return {
        "organisation": await name_of(context, queries, code),
        "span": listing.span(span),
        "lines": [*lines[:MOST_LINES], *([late] if late else [])],
        "more": max(len(lines) - MOST_LINES, 0),
        "filings": [(one.number, listing.label(one)) for one in _urgent([*earlier, *filings], listing)],
        "may_lead": code in await queries.leads(person),
        "may_switch": await queries.guard.may(person, Action.SWITCH_OBLIGATIONS),
    }


async def get_reminders(context: RequestContext, **_: object) -> dict[str, Any]:
    """Since when reminders are off; empty while they are on."""
    off = context.off.get(SwitchedJob.REMINDERS)
    return {"since": moment(off.at) if off else ""}


@inject
async def get_feed(address: FromDishka[PublicAddress], **_: object) -> dict[str, Any]:
    return {"has_feed": address.base is not None}


@inject
async def get_schedule(
    dialog_manager: DialogManager,
    context: RequestContext,
    queries: FromDishka[FilingQueries],
    filing_context: FromDishka[FilingContext],
    **_: object,
) -> dict[str, Any]:
    code = organisation_of(dialog_manager)
    await queries.guard.check(context.person.telegram_id, Action.SEE_FILINGS, code)
    schedule = await filing_context.settings.schedule(code)
    return {
        "organisation": await name_of(context, queries, code),
        "days": ", ".join(map(str, schedule.days)) or "–",
        "at": f"{schedule.at:%H:%M}",
        "may_set": await queries.guard.may(context.person.telegram_id, Action.LEAD_FILINGS, code),
    }


@inject
async def get_switches(
    context: RequestContext,
    filing_context: FromDishka[FilingContext],
    names: FromDishka[FilingNames],
    **_: object,
) -> dict[str, Any]:
    """The repealed obligations and the effect of each button."""
    await filing_context.guard.check(context.person.telegram_id, Action.SWITCH_OBLIGATIONS)
    switched = await filing_context.settings.switched()
    repealed = [one for one in names.obligations.values() if one.repealed]
    labels = {
        one.code: context.plain(
            "calendar.switch_off" if switched.get(one.code) else "calendar.switch_on",
            name=one.names.in_language(context.language),
        )
        for one in repealed
    }
    return {"switches": list(labels.items())}


@inject
async def get_overview(
    dialog_manager: DialogManager,
    context: RequestContext,
    queries: FromDishka[FilingQueries],
    filing_context: FromDishka[FilingContext],
    names: FromDishka[FilingNames],
    **_: object,
) -> dict[str, Any]:
    code = organisation_of(dialog_manager)
    span = shown_span(dialog_manager, SpanLength.QUARTER)
    found = await queries.overview(context.person.telegram_id, code, span.first, span.last)
    listing = await listing_of(context, filing_context, names, code)
    every = [one for filings in found.filings.values() for one in filings]
    counts = Counter(listing.state(one) for one in every)
    called = {one: organisation_name(context, found.organisations[one], one) for one in found.organisations}
    urgent = [one for one in every if listing.state(one) is FilingState.LATE]
    lines = [listing.overview_line(one, called[one.organisation]) for one in urgent]
    return {
        "organisation": called[code],
        "span": listing.span(span),
        "organisations": len(found.organisations),
        "filings": len(every),
        "submitted": counts[FilingState.SUBMITTED] + counts[FilingState.SUBMITTED_LATE],
        "submitted_late": counts[FilingState.SUBMITTED_LATE],
        "due": counts[FilingState.DUE],
        "late": counts[FilingState.LATE],
        "not_yet": counts[FilingState.NOT_YET],
        "waived": counts[FilingState.WAIVED],
        "lines": lines[: MOST_LINES // 2],
        "more": max(len(lines) - MOST_LINES // 2, 0),
    }


async def listing_of(
    context: RequestContext, filing_context: FilingContext, names: FilingNames, code: str
) -> Listing:
    return Listing(
        names=names,
        language=context.language,
        calendar=await filing_context.calendar(),
        today=almaty_date(context.now),
        schedule=await filing_context.settings.schedule(code),
    )


async def name_of(context: RequestContext, queries: FilingQueries, code: str) -> str:
    return organisation_name(context, await queries.guard.organisations.get(code), code)


def _urgent(filings: list[Filing], listing: Listing) -> list[Filing]:
    """Filings with a button of their own: open ones first, then the latest closed ones."""
    of_each = dict.fromkeys(filings)
    rank = {state: number for number, state in enumerate(_URGENT)}
    ranked = sorted(of_each, key=lambda one: (rank.get(listing.state(one), len(rank)), one.dates.named_on))
    return ranked[:MOST_BUTTONS]
