"""Data of the windows that choose an organisation and a form. Every getter checks the right again."""

from datetime import date, timedelta
from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.permissions import Action
from bot.dialogs.chosen import organisation_of
from bot.request_context import RequestContext
from bot.views.accounts.officials import organisation_name
from bot.views.reports.report import ReportView
from bot.views.text import shorten
from kernel.clock import almaty_date
from kernel.period import Frequency, Period, period_of
from reports.context import ReportContext, form_of

QUARTERS_SHOWN = 3


@inject
async def get_organisations(
    context: RequestContext, report_context: FromDishka[ReportContext], **_: object
) -> dict[str, Any]:
    """The organisations whose forms the person may fill in."""
    codes = await own_codes(context.person.telegram_id, report_context)
    names = [
        organisation_name(context, await report_context.guard.organisations.get(code), code) for code in codes
    ]
    may_decide = await report_context.guard.may(context.person.telegram_id, Action.CORRECT_REPORTS)
    return {"organisations": list(zip(codes, map(shorten, names), strict=True)), "may_decide": may_decide}


async def own_codes(person: int, report_context: ReportContext) -> list[str]:
    held = await report_context.guard.members.of_person(person)
    codes = dict.fromkeys(one.organisation for one in held)
    return [
        code
        for code in codes
        if await report_context.guard.may(person, Action.FILE, code) and await report_context.forms(code)
    ]


@inject
async def get_forms(
    dialog_manager: DialogManager,
    context: RequestContext,
    report_context: FromDishka[ReportContext],
    **_: object,
) -> dict[str, Any]:
    """The organisation's forms for the current quarter and the ones before."""
    code = organisation_of(dialog_manager)
    await report_context.guard.check(context.person.telegram_id, Action.FILE, code)
    view = ReportView(context.texts, context.language)
    return {
        "organisation": organisation_name(context, await report_context.guard.organisations.get(code), code),
        "forms": [
            (f"{form}.{period.code}", view.form(form_of(form), period.code))
            for period in last_quarters(almaty_date(context.now))
            for form in await report_context.forms(code)
        ],
    }


def last_quarters(today: date) -> list[Period]:
    """Newest first."""
    period = period_of(Frequency.QUARTER, today)
    found = [period]
    while len(found) < QUARTERS_SHOWN:
        found.append(period_of(Frequency.QUARTER, found[-1].first - timedelta(days=1)))
    return found
