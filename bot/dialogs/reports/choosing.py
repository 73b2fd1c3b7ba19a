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
from reports.documents.builder import EARLIEST_YEAR
from reports.store import ReportSubject

YEAR, WITH_BELOW = "year", "with_below"


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
    """The organisation's forms for every quarter of the year that has begun, newest first."""
    code = organisation_of(dialog_manager)
    await report_context.guard.check(context.person.telegram_id, Action.FILE, code)
    view, today = ReportView(context.texts, context.language), almaty_date(context.now)
    year = year_of(dialog_manager, today)
    return {
        "organisation": organisation_name(context, await report_context.guard.organisations.get(code), code),
        "year": year,
        "before": year - 1,
        "after": year + 1,
        "has_before": year > EARLIEST_YEAR,
        "has_after": year < today.year,
        "forms": [
            (f"{form}.{period.code}", view.form(form_of(form), period.code))
            for period in quarters_of(year, today)
            for form in await report_context.forms(code)
        ],
    }


def quarters_of(year: int, today: date) -> list[Period]:
    """The year's quarters that have begun, newest first."""
    found = [Period(every=Frequency.QUARTER, year=year, number=number) for number in (4, 3, 2, 1)]
    return [one for one in found if one.first <= today]


def year_of(manager: DialogManager, today: date) -> int:
    """The year chosen, or that of the last quarter that is over: the one whose reports are due."""
    over = period_of(Frequency.QUARTER, today).first - timedelta(days=1)
    chosen = manager.dialog_data.get(YEAR)
    return chosen if isinstance(chosen, int) and EARLIEST_YEAR <= chosen <= today.year else over.year


@inject
async def get_annual(
    dialog_manager: DialogManager,
    context: RequestContext,
    report_context: FromDishka[ReportContext],
    **_: object,
) -> dict[str, Any]:
    """The last complete year, and whose figures: one scope for the whole report."""
    code = organisation_of(dialog_manager)
    await report_context.guard.check(context.person.telegram_id, Action.FILE, code)
    owed = await report_context.forms(code)
    subject = ReportSubject(form=owed[0] if owed else "", organisation=code, period="")
    return {
        "organisation": organisation_name(context, await report_context.guard.organisations.get(code), code),
        "year": almaty_date(context.now).year - 1,
        "has_below": bool((await report_context.scope(subject)).below),
        "with_below": with_below(dialog_manager),
    }


def with_below(manager: DialogManager) -> bool:
    return manager.dialog_data.get(WITH_BELOW) is True
