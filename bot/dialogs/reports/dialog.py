"""Reports: open a form, fill it in, submit it; totals and corrections."""

from collections.abc import Callable
from typing import Any

from aiogram.enums import ContentType
from aiogram.fsm.state import State
from aiogram_dialog import Dialog
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Row, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.dialogs.parts import MENU, ONLY_TEXT, back_to, text_input
from bot.dialogs.reports import behind, choosing, collected, getters, handing_in, handlers
from bot.dialogs.reports.states import Report
from bot.dialogs.widgets import Html, Label, Window, choice

MAIN = (
    "form", "name", "organisation", "state", "on", "version", "faults", "warnings", "is_over", "moved",
    "submitted_on", "asked_on", "refused_on", "refusal",
)  # fmt: skip
HAND_IN = (
    "form", "today", "submitted_on", "changes", "more_changes", "has_below", "counted", "missing", "names",
    "more_names",
)  # fmt: skip
SUM = ("form", "counted", "missing", "names", "more", "is_frozen", "changed")


def _link(label: str, state: State, when: str | None = None) -> SwitchTo:
    return SwitchTo(Label(f"report.{label}_button"), id=label, state=state, when=when)


def _button(label: str, on_click: Callable[..., Any], when: str | None = None) -> Button:
    return Button(Label(f"report.{label}_button"), id=label, on_click=on_click, when=when)


def _file(on_file: Callable[..., Any]) -> MessageInput:
    return MessageInput(on_file, content_types=[ContentType.DOCUMENT])


def _choosing() -> list[Window]:
    return [
        Window(
            Html("report.choose_organisation", "organisations"),
            Column(choice("code", "organisations", handlers.on_organisation)),
            _link("asked", Report.asked, "may_decide"),
            MENU,
            state=Report.organisation,
            getter=choosing.get_organisations,
        ),
        Window(
            Html("report.choose_form", "organisation", "year"),
            Column(choice("form", "forms", handlers.on_form)),
            Row(
                Button(Label("report.year_before", "before"), "before", handlers.on_year, "has_before"),
                Button(Label("report.year_after", "after"), "after", handlers.on_year, "has_after"),
            ),
            _link("annual", Report.annual),
            _button("discussion", handlers.on_discussion),
            MENU,
            state=Report.forms,
            getter=choosing.get_forms,
        ),
        Window(
            Html("report.annual", "organisation", "year", "has_below", "with_below"),
            Button(
                Label("report.annual_scope", "with_below"), "scope", handlers.on_annual_scope, "has_below"
            ),
            _button("annual_docx", handlers.on_annual),
            _button("annual_page", handlers.on_annual_page),
            back_to(Report.forms),
            state=Report.annual,
            getter=choosing.get_annual,
        ),
    ]


def _main() -> Window:
    return Window(
        Html("report.main", *MAIN),
        _button("sheet", handlers.on_sheet),
        _link("faults", Report.faults, "has_faults"),
        _link("cells", Report.cells, "has_cells"),
        _link("computed", Report.computed, "has_computed"),
        _link("hand_in", Report.hand_in, "may_hand_in"),
        _link("versions", Report.versions, "has_versions"),
        _link("sum", Report.sum, "has_below"),
        _button("note", handlers.on_note, "has_note"),
        _link("correction", Report.correction, "may_correct"),
        back_to(Report.forms),
        _file(handlers.on_file),
        state=Report.main,
        getter=getters.get_main,
    )


def _filling() -> list[Window]:
    return [
        Window(
            Format("{text}"),
            back_to(Report.main),
            _file(handlers.on_file),
            state=Report.faults,
            getter=getters.get_faults,
        ),
        Window(
            Html("report.cells", "count"),
            Column(choice("cell", "cells", handlers.on_cell)),
            _button("rest", handlers.on_rest, "has_empty"),
            back_to(Report.main),
            _file(handlers.on_file),
            state=Report.cells,
            getter=getters.get_cells,
        ),
        Window(
            Html("report.cell", "row", "column", "stands", "left"),
            text_input(handlers.on_value),
            back_to(Report.cells),
            state=Report.cell,
            getter=getters.get_cell,
        ),
        Window(
            Html("report.hand_in", *HAND_IN),
            Button(Label("report.today_button", "submitted_on"), id="today", on_click=handing_in.on_today),
            text_input(handing_in.on_day),
            back_to(Report.main),
            state=Report.hand_in,
            getter=handing_in.get_hand_in,
        ),
        Window(
            Html("report.far", "form", "day", "today"),
            Button(Label("report.far_button", "day"), id="far", on_click=handing_in.on_far),
            back_to(Report.hand_in),
            state=Report.far,
            getter=handing_in.get_far,
        ),
    ]


def _looking() -> list[Window]:
    return [
        Window(
            Html("report.computed", "rows"),
            Column(choice("row", "rows", handlers.on_row)),
            back_to(Report.main),
            state=Report.computed,
            getter=behind.get_computed,
        ),
        Window(
            Html("report.cases", "title", "months"),
            Column(choice("event", "events", behind.on_event)),
            back_to(Report.computed),
            state=Report.cases,
            getter=behind.get_cases,
        ),
        Window(
            Html("report.sum", *SUM),
            _button("sum_sheet", handlers.on_sum_sheet),
            back_to(Report.main),
            state=Report.sum,
            getter=collected.get_sum,
        ),
        Window(
            Html("report.versions", "form"),
            Column(choice("version", "versions", handlers.on_version)),
            back_to(Report.main),
            state=Report.versions,
            getter=getters.get_versions,
        ),
    ]


def _correcting() -> list[Window]:
    return [
        Window(
            Html("report.correction", "form", "today"),
            _button("correction_sheet", handlers.on_correction_sheet),
            _file(handlers.on_correction_file),
            back_to(Report.main),
            state=Report.correction,
            getter=getters.get_correction,
        ),
        Window(
            Html("report.asked", "asked"),
            Column(choice("asked", "asked", handlers.on_requested_correction)),
            MENU,
            state=Report.asked,
            getter=collected.get_corrections,
        ),
        Window(
            Html("report.decide", "form", "organisation", "materials", "changes", "more"),
            _button("asked_sheet", handlers.on_requested_sheet),
            _button("accept", handlers.on_accept),
            _link("refuse", Report.refusal),
            back_to(Report.asked),
            state=Report.decide,
            getter=collected.get_decide,
        ),
        Window(
            Html("report.refusal", "form", "organisation"),
            text_input(handlers.on_refusal),
            ONLY_TEXT,
            back_to(Report.decide),
            state=Report.refusal,
            getter=collected.get_decide,
        ),
    ]


def make_report_dialog() -> Dialog:
    """Build a new dialog per dispatcher: aiogram attaches a router only once."""
    return Dialog(*_choosing(), _main(), *_filling(), *_looking(), *_correcting())
