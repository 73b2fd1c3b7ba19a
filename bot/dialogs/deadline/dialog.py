"""The deadline calculator: choose a term, give the date, see the counting."""

from aiogram.enums import ContentType
from aiogram_dialog import Dialog, StartMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Group, Row, Start, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.dialogs.deadline.getters import get_groups, get_result, get_rules, get_term
from bot.dialogs.deadline.handlers import on_extend, on_group, on_length, on_moment, on_now, on_rule
from bot.dialogs.deadline.states import Deadline
from bot.dialogs.menu.states import Menu
from bot.dialogs.widgets import Html, Label, choice

MENU = Start(Label("menu.menu_button"), id="menu", state=Menu.main, mode=StartMode.RESET_STACK)
TO_RULES = SwitchTo(Label("menu.back_button"), id="rules", state=Deadline.rule)

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
    SwitchTo(Label("menu.back_button"), id="groups", state=Deadline.group),
    state=Deadline.rule,
    getter=get_rules,
)

length = Window(
    Html("deadline.length", "name"),
    MessageInput(on_length, content_types=[ContentType.TEXT]),
    TO_RULES,
    state=Deadline.length,
    getter=get_term,
)

moment = Window(
    Html("deadline.moment", "name", "event"),
    MessageInput(on_moment, content_types=[ContentType.TEXT]),
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
    """A dialog of its own for each dispatcher: aiogram attaches a router once."""
    return Dialog(group, rule, length, moment, result)
