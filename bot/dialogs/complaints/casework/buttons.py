"""Buttons of the inbox that lead to the casework and the search."""

from aiogram_dialog.widgets.kbd import Button, Row

from bot.dialogs.complaints.casework.opening import (
    on_control,
    opens_about_case,
    opens_about_organisation,
)
from bot.dialogs.complaints.casework.states import Duplicates, History, Notes, Templates
from bot.dialogs.complaints.finding.states import Bodies, FindCases
from bot.dialogs.oversight.region.states import RegionOverview
from bot.dialogs.widgets import Label

OF_LISTS = (
    Row(
        Button(Label("finding.button"), id="find", on_click=opens_about_organisation(FindCases.ask)),
        Button(
            Label("casework.templates_button"),
            id="templates",
            on_click=opens_about_organisation(Templates.list),
            when="may_work",
        ),
    ),
    Button(
        Label("finding.bodies_button"),
        id="bodies",
        on_click=opens_about_organisation(Bodies.list),
        when="has_below",
    ),
    Button(
        Label("region.button"),
        id="region",
        on_click=opens_about_organisation(RegionOverview.overview),
        when="may_oversee",
    ),
)
CONTROL = Button(Label("events.from_complaint_button"), id="control", on_click=on_control, when="may_control")
NOTE = Button(
    Label("casework.note_button"), id="note", on_click=opens_about_case(Notes.write), when="may_note"
)
HISTORY_AND_JOINING = Row(
    Button(Label("history.button"), id="history", on_click=opens_about_case(History.steps)),
    Button(
        Label("casework.join_button"),
        id="join",
        on_click=opens_about_case(Duplicates.choose),
        when="may_join",
    ),
)
TEMPLATES = Button(
    Label("casework.templates_button"), id="templates", on_click=opens_about_case(Templates.list)
)
