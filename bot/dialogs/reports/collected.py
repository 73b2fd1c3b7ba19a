"""What a body above sees of others' reports: totals and corrections. Every getter checks the right again."""

from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.permissions import Action
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.reports.getters import column_name
from bot.dialogs.reports.place import subject_of
from bot.request_context import RequestContext
from bot.views.accounts.officials import organisation_name
from bot.views.reports.report import SHOWN, ReportView
from bot.views.text import shorten
from reports.actions import OpenedReport
from reports.context import ReportContext, form_of
from reports.correcting import Difference, differences
from reports.figures import FormFigures
from reports.files import ReportFiles
from reports.store import ReportState


@inject
async def get_sum(
    dialog_manager: DialogManager, context: RequestContext, files: FromDishka[ReportFiles], **_: object
) -> dict[str, Any]:
    subject = subject_of(dialog_manager)
    found = await files.sum(context.person.telegram_id, subject)
    names = [
        organisation_name(context, await files.context.guard.organisations.get(code), code)
        for code in found.missing
    ]
    return {
        "form": ReportView(context.texts, context.language).form(form_of(subject.form), subject.period),
        "counted": len(found.counted),
        "missing": len(found.missing),
        "names": names[:SHOWN],
        "more": max(0, len(names) - SHOWN),
        "is_frozen": found.is_frozen,
        "changed": [
            organisation_name(context, await files.context.guard.organisations.get(code), code)
            for code in found.changed[:SHOWN]
        ],
    }


@inject
async def get_corrections(
    context: RequestContext, report_context: FromDishka[ReportContext], **_: object
) -> dict[str, Any]:
    """The corrections that await the Agency."""
    await report_context.guard.check(context.person.telegram_id, Action.CORRECT_REPORTS)
    view = ReportView(context.texts, context.language)
    found = []
    for one in await report_context.reports.asked():
        code = one.subject.organisation
        name = organisation_name(context, await report_context.guard.organisations.get(code), code)
        found.append(
            (one.number, shorten(f"{view.form(form_of(one.subject.form), one.subject.period)} · {name}"))
        )
    return {"asked": found}


@inject
async def get_decide(
    dialog_manager: DialogManager,
    context: RequestContext,
    report_context: FromDishka[ReportContext],
    **_: object,
) -> dict[str, Any]:
    await report_context.guard.check(context.person.telegram_id, Action.CORRECT_REPORTS)
    report = await report_context.reports.get(int(dialog_manager.dialog_data.get("asked", 0)))
    if report is None or report.state is not ReportState.ASKED:
        raise WindowOutdatedError
    old = await report_context.reports.handed_in(report.subject)
    form = await report_context.form(report.subject)
    view = ReportView(context.texts, context.language)
    before = old.filled if old is not None else report.filled
    opened = OpenedReport(form=form, report=report.with_filled(report.filled, FormFigures()), findings=())
    changes = list(differences(form, before, report.filled))
    code = report.subject.organisation
    return {
        "form": view.form(form, report.subject.period),
        "organisation": organisation_name(context, await report_context.guard.organisations.get(code), code),
        "materials": report.materials or "",
        "changes": [
            f"{_cell(view, opened, one)}: {one.was or '…'} → {one.becomes or '…'}" for one in changes[:SHOWN]
        ],
        "more": max(0, len(changes) - SHOWN),
    }


def _cell(view: ReportView, opened: OpenedReport, one: Difference) -> str:
    title = f" – {one.title}" if one.title else ""
    return f"{one.place.row}{title}, {column_name(view, opened, one.place)}"
