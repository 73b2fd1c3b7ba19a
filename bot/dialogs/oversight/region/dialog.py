"""The bodies of a region, for the Agency's body there: figures on a screen, as a workbook and as pictures."""

from aiogram_dialog import Dialog
from aiogram_dialog.widgets.kbd import Button, Column, Row

from bot.dialogs.oversight.region import handlers
from bot.dialogs.oversight.region.getters import get_overview
from bot.dialogs.oversight.region.states import RegionOverview
from bot.dialogs.parts import back_down
from bot.dialogs.widgets import Html, Label, Window, choice


def make_region_dialog() -> Dialog:
    """Build a new dialog per dispatcher: aiogram attaches a router only once."""
    overview = Window(
        Html("region.overview", "organisation", "quarter", "running", "total", "cut", "rows"),
        Row(
            Button(Label("region.earlier"), id="earlier", on_click=handlers.on_earlier),
            Button(Label("region.later"), id="later", on_click=handlers.on_later, when="has_later"),
        ),
        Column(choice("cut", "cuts", handlers.on_cut)),
        Row(
            Button(Label("region.sheet"), id="sheet", on_click=handlers.on_sheet),
            Button(Label("region.pictures"), id="pictures", on_click=handlers.on_pictures),
        ),
        back_down(RegionOverview.overview, "lists", when="is_over"),
        state=RegionOverview.overview,
        getter=get_overview,
    )
    return Dialog(overview)
