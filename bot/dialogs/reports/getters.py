"""Data of the windows of an open form. Every getter checks the right again."""

from datetime import datetime
from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.reports.place import place_of, subject_of
from bot.request_context import RequestContext
from bot.views.accounts.officials import organisation_name
from bot.views.reports.report import ReportView
from bot.views.text import shorten
from kernel.clock import almaty_date
from localisation.formats import numeric_day
from registry_data.report_forms import FormRecord
from reminders.correcting import CORRECTABLE
from reports.actions import OpenedReport, OpenReport
from reports.checks import Severity
from reports.context import period_of as quarter_of
from reports.derived import by_hand
from reports.figures import FigureChange, moved
from reports.filled import CellRef
from reports.handing_in import HandInReport
from reports.store import ReportState, ReportVersion


@inject
async def get_main(
    dialog_manager: DialogManager,
    context: RequestContext,
    opening: FromDishka[OpenReport],
    handing_in: FromDishka[HandInReport],
    **_: object,
) -> dict[str, Any]:
    subject = subject_of(dialog_manager)
    opened = await opening(context.person.telegram_id, subject)
    organisation = await opening.context.guard.organisations.get(subject.organisation)
    is_draft = opened.report.state is ReportState.DRAFT
    scope = await opening.context.scope(subject)
    is_over = quarter_of(subject).last < opening.context.today
    warnings = [one for one in opened.findings if one.severity is Severity.WARNING]
    versions = await opening.context.reports.versions(subject)
    newest, moved_rows = versions[0], changes_shown(opened)
    submitted_on = await handing_in.submitted_on(subject) if is_draft else None
    return {
        "form": ReportView(context.texts, context.language).form(opened.form, subject.period),
        "name": opened.form.names.in_language(context.language),
        "organisation": organisation_name(context, organisation, subject.organisation),
        "state": opened.report.state.value,
        "on": numeric_day(opened.report.handed_in_on) if opened.report.handed_in_on else "",
        "version": opened.report.version,
        "faults": len(opened.faults),
        "warnings": len(warnings),
        "is_over": is_over,
        "is_draft": is_draft,
        "has_faults": is_draft and bool(opened.findings),
        "has_cells": is_draft and any(_typed(opened)),
        "has_computed": any(row.is_computed for row in opened.form.rows),
        "may_hand_in": is_draft and not opened.faults and is_over,
        "has_below": bool(scope.below),
        "has_note": subject.form in CORRECTABLE,
        "has_versions": len(versions) > 1,
        "moved": len(moved_rows) if is_draft else 0,
        "submitted_on": numeric_day(submitted_on) if submitted_on else "",
        "asked_on": _day_of(newest.made_at) if newest.state is ReportState.ASKED else "",
        "refused_on": _day_of(newest.decided_at) if newest.state is ReportState.REFUSED else "",
        "refusal": newest.refusal or "",
        "may_correct": not is_draft and subject.form in CORRECTABLE and newest.state is not ReportState.ASKED,
    }


def changes_shown(opened: OpenedReport) -> tuple[FigureChange, ...]:
    """What has changed since the official saw the figures last."""
    report = opened.report
    return moved(opened.form, report.shown, report.figures) if report.shown is not None else ()


def _day_of(at: datetime | None) -> str:
    return numeric_day(almaty_date(at)) if at is not None else ""


@inject
async def get_faults(
    dialog_manager: DialogManager, context: RequestContext, opening: FromDishka[OpenReport], **_: object
) -> dict[str, Any]:
    opened = await opening(context.person.telegram_id, subject_of(dialog_manager))
    view = ReportView(context.texts, context.language)
    lines = view.findings(opened, opened.findings, most=None)
    return {"text": "\n".join(lines) or context.plain("report.no_faults")}


@inject
async def get_cells(
    dialog_manager: DialogManager, context: RequestContext, opening: FromDishka[OpenReport], **_: object
) -> dict[str, Any]:
    """Manual cells that are empty or wrong."""
    opened = await opening(context.person.telegram_id, subject_of(dialog_manager))
    view = ReportView(context.texts, context.language)
    cells = _typed(opened)
    values = opened.report.filled.values
    return {
        "count": len(cells),
        "has_empty": any(not values.get(place) for place in cells),
        "cells": [
            (
                str(place),
                shorten(f"{place.row}{_of_line(view, opened, place)} · {column_name(view, opened, place)}"),
            )
            for place in cells
        ],
    }


@inject
async def get_cell(
    dialog_manager: DialogManager, context: RequestContext, opening: FromDishka[OpenReport], **_: object
) -> dict[str, Any]:
    opened, place = (
        await opening(context.person.telegram_id, subject_of(dialog_manager)),
        place_of(dialog_manager),
    )
    view = ReportView(context.texts, context.language)
    return {
        "row": view.row(opened.form, opened.report.filled, place),
        "column": column_name(view, opened, place),
        "stands": opened.report.filled.values.get(place, ""),
        "left": len(_typed(opened)),
    }


@inject
async def get_correction(
    dialog_manager: DialogManager, context: RequestContext, opening: FromDishka[OpenReport], **_: object
) -> dict[str, Any]:
    subject = subject_of(dialog_manager)
    opened = await opening(context.person.telegram_id, subject)
    return {
        "form": ReportView(context.texts, context.language).form(opened.form, subject.period),
        "today": numeric_day(opening.context.today),
    }


@inject
async def get_versions(
    dialog_manager: DialogManager, context: RequestContext, opening: FromDishka[OpenReport], **_: object
) -> dict[str, Any]:
    """Every version, newest first, with what became of it."""
    subject = subject_of(dialog_manager)
    opened = await opening(context.person.telegram_id, subject)
    versions = await opening.context.reports.versions(subject)
    in_force = next((one.number for one in versions if one.state is ReportState.HANDED_IN), None)
    return {
        "form": ReportView(context.texts, context.language).form(opened.form, subject.period),
        "versions": [(one.number, _version(context, one, in_force)) for one in versions],
    }


def _version(context: RequestContext, one: ReportVersion, in_force: int | None) -> str:
    state = "replaced" if one.state is ReportState.HANDED_IN and one.number != in_force else one.state.value
    at = one.decided_at or one.handed_in_at or one.made_at
    day = numeric_day(almaty_date(at)) if at is not None else ""
    return shorten(context.plain(f"report.version_{state}", version=one.version, day=day))


def column_name(view: ReportView, opened: OpenedReport, place: CellRef) -> str:
    form: FormRecord = opened.form
    return view.column(form, place, opened.report.subject.period)


def _typed(opened: OpenedReport) -> list[CellRef]:
    """The faulty manual cells, each listed once."""
    places = [one.place for one in opened.faults if one.place is not None]
    return [place for place in dict.fromkeys(places) if by_hand(opened.form, place)]


def _of_line(view: ReportView, opened: OpenedReport, place: CellRef) -> str:
    line = view.line(opened.report.filled, place)
    return f" {line}" if line else ""
