"""What is behind the computed rows: complaints and control events. Every getter checks the right again."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Select
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.chosen import as_number
from bot.dialogs.filings.events.states import Events
from bot.dialogs.opening import open_window
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.reports.place import subject_of
from bot.request_context import RequestContext
from bot.views.reports.report import ReportView
from bot.views.text import shorten
from kernel.period import Period
from localisation.formats import month_names
from registry_data.report_forms import FormRow
from reminders.queries import FilingQueries
from reports.actions import OpenReport
from reports.columns import MONTHS, QUARTER
from reports.context import period_of as quarter_of
from reports.counting import Counting
from reports.figures import OriginCount
from reports.filled import CellRef
from reports.sheet.subject import ListedEvent

MOST_BUTTONS = 12


@inject
async def get_computed(
    dialog_manager: DialogManager, context: RequestContext, opening: FromDishka[OpenReport], **_: object
) -> dict[str, Any]:
    """The computed rows, with the bot's and the officials' figures apart."""
    opened = await opening(context.person.telegram_id, subject_of(dialog_manager))
    rows = [row for row in opened.form.rows if row.is_computed]
    found = []
    for row in rows:
        count = opened.report.figures.count(opened.report.filled, CellRef(row=row.number, column=QUARTER))
        if count.total:
            found.append((row.number, f"{row.number} · {_count(row, count)}"))
    return {"rows": found}


@inject
async def get_cases(
    dialog_manager: DialogManager,
    context: RequestContext,
    opening: FromDishka[OpenReport],
    counting: FromDishka[Counting],
    **_: object,
) -> dict[str, Any]:
    """The complaints or the control events behind one computed row, by month."""
    subject = subject_of(dialog_manager)
    opened = await opening(context.person.telegram_id, subject)
    number = str(dialog_manager.dialog_data.get("row"))
    row = opened.form.row(number)
    if row is None or not row.is_computed:
        raise WindowOutdatedError
    scope = await opening.context.scope(subject)
    as_of = opened.report.handed_in_at or context.now
    cases = await counting.cases(opened.form, scope.own, quarter_of(subject), as_of)
    events = [one for one in cases.events if number in one.rows]
    known = [(one.month, one.number) for one in cases.shown if number in one.rows]
    known += [(one.month, f"№ {one.number}") for one in events]
    months = [
        context.plain(
            "report.cases_of_month",
            month=_month(context, subject.period, month),
            numbers=", ".join(name for at, name in known if at == month),
        )
        for month in range(1, len(MONTHS) + 1)
        if any(at == month for at, _ in known)
    ]
    place = CellRef(row=number, column=QUARTER)
    title = ReportView(context.texts, context.language).row(opened.form, opened.report.filled, place)
    return {"title": title, "months": months, "events": _buttons(events)}


@inject
async def on_event(
    callback: CallbackQuery,
    _: Select[Any],
    manager: DialogManager,
    number: str,
    queries: FromDishka[FilingQueries],
) -> None:
    """Open one of the events that a row counts."""
    event, _filings = await queries.event(callback.from_user.id, as_number(number))
    await open_window(manager, Events.card, organisation=event.organisation, event=event.number)


def _count(row: FormRow, count: OriginCount) -> str:
    return str(count.total) if row.counts is None else f"{count.total} ({count.bot} + {count.officials})"


def _buttons(events: list[ListedEvent]) -> list[tuple[int, str]]:
    names = {one.number: shorten(f"№ {one.number} · {one.object}") for one in events}
    return list(names.items())[:MOST_BUTTONS]


def _month(context: RequestContext, period: str, month: int) -> str:
    return month_names(context.language)[Period.of_code(period).first.month + month - 2]
