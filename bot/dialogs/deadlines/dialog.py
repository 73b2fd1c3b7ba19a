"""The deadline calculator: choose a term, enter the date, see the counting."""

from aiogram_dialog import Dialog
from aiogram_dialog.widgets.kbd import Button, Column, Group, Row, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.dialogs.deadlines.getters import get_groups, get_result, get_rules, get_term
from bot.dialogs.deadlines.handlers import on_extend, on_group, on_length, on_moment, on_now, on_rule
from bot.dialogs.deadlines.states import Deadline
from bot.dialogs.parts import MENU, back_to, text_input
from bot.dialogs.widgets import Html, Label, Window, choice

TO_RULES = back_to(Deadline.rule, "rules")

group = Window(
    Html("deadline.group"),
    Group(
        choice("group", "groups", on_group),
        width=2,
    ),
    MENU,
    state=Deadline.group,
    getter=get_groups,
)

rule = Window(
    Html("deadline.rule", "group"),
    Column(choice("rule", "rules", on_rule)),
    back_to(Deadline.group, "groups"),
    state=Deadline.rule,
    getter=get_rules,
)

length = Window(
    Html("deadline.length", "name"),
    text_input(on_length),
    TO_RULES,
    state=Deadline.length,
    getter=get_term,
)

moment = Window(
    Html("deadline.moment", "name", "event"),
    text_input(on_moment),
    Button(Label("deadline.now_button"), id="now", on_click=on_now),
    TO_RULES,
    state=Deadline.moment,
    getter=get_term,
)

result = Window(
    Format("{text}"),
    Button(Format("{extend}"), id="extend", on_click=on_extend, when="can_extend"),
    Button(Label("deadline.unextend_button"), id="unextend", on_click=on_extend, when="is_extended"),
    Row(
        SwitchTo(Label("deadline.other_day_button"), id="moment", state=Deadline.moment, when="has_moment"),
        SwitchTo(Label("deadline.other_term_button"), id="groups", state=Deadline.group),
    ),
    MENU,
    state=Deadline.result,
    getter=get_result,
)


def make_deadline_dialog() -> Dialog:
    """Build a new dialog per dispatcher: aiogram attaches a router only once."""
    return Dialog(group, rule, length, moment, result)
