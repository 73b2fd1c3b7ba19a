"""Data of a filing's windows. Every getter checks the right again."""

from datetime import timedelta
from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.permissions import Action
from bot.dialogs.filings.events.letter import has_letter
from bot.dialogs.filings.forms import can_open
from bot.dialogs.filings.place import DAY, day_of, filing_of
from bot.request_context import RequestContext
from bot.views.accounts.officials import organisation_name
from bot.views.filings.card import FilingDisplay, FilingView
from bot.views.filings.names import FilingNames
from kernel.clock import almaty_date
from localisation.formats import day as written
from reminders.actions import FilingContext
from reminders.correcting import CORRECTABLE
from reminders.filing import Filing
from reminders.queries import FilingQueries


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
    filing = await queries.get(person, filing_of(dialog_manager))
    shown = await filing_display(filing, context, filing_context, names)
    may_file = await filing_context.guard.may(person, Action.FILE, filing.organisation)
    may_lead = await filing_context.guard.may(person, Action.LEAD_FILINGS, filing.organisation)
    record = names.obligations.get(filing.obligation)
    period = filing.event is None and filing.corrects is None
    can_be_corrected = record is not None and record.form in CORRECTABLE and period
    waiver_requested = filing.is_open and filing.waiver_asked_by is not None
    return FilingView(names=names, language=context.language).values(shown) | {
        "may_submit": may_file and filing.is_open,
        "may_put_off": may_file and filing.is_open and shown.today < filing.dates.lead_on,
        "may_waive": may_file and filing.is_open and filing.event is None and not waiver_requested,
        "may_decide": may_lead and waiver_requested,
        "may_reopen": may_lead and not filing.is_open and filing.event is None,
        "may_correct": may_file and can_be_corrected and filing.submitted_on is not None,
        "may_open_form": may_file and period and can_open(record),
        "has_letter": await has_letter(filing_context, filing.event),
        "has_file": filing.document is not None and filing.document.file_id is not None,
    }


@inject
async def get_question(
    dialog_manager: DialogManager,
    context: RequestContext,
    queries: FromDishka[FilingQueries],
    names: FromDishka[FilingNames],
    **_: object,
) -> dict[str, Any]:
    """Data of the windows that ask for a day, a document or a reason."""
    filing = await queries.get(context.person.telegram_id, filing_of(dialog_manager))
    today = almaty_date(context.now)
    given = DAY in dialog_manager.dialog_data
    return {
        "name": names.name(filing, context.language),
        "occasion": names.occasion(filing, context.language),
        "today": written(today, context.language),
        "yesterday": written(today - timedelta(days=1), context.language),
        "day": written(day_of(dialog_manager), context.language) if given else "",
        "is_step": filing.event is not None,
        "has_form": can_open(names.obligations.get(filing.obligation)),
    }


async def filing_display(
    filing: Filing, context: RequestContext, filing_context: FilingContext, names: FilingNames
) -> FilingDisplay:
    """A filing with the data its screen needs."""
    organisation = await filing_context.guard.organisations.get(filing.organisation)
    record = names.obligations.get(filing.obligation)
    binding = record.binding_of(organisation.kind, organisation.code) if record and organisation else None
    corrected = await filing_context.filings.get(filing.corrects) if filing.corrects is not None else None
    return FilingDisplay(
        filing=filing,
        organisation=organisation_name(context, organisation, filing.organisation),
        calendar=await filing_context.calendar(),
        acts=context.catalogue.acts,
        today=almaty_date(context.now),
        to=binding.to.in_language(context.language) if binding else "",
        corrects=names.occasion(corrected, context.language) if corrected else "",
        schedule=await filing_context.settings.schedule(filing.organisation),
    )
