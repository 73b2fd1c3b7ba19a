"""The windows at the end of a complaint: the summary, what is sent or prepared, and what comes after."""

from aiogram.enums import ContentType
from aiogram_dialog import StartMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Group, Row, Start, SwitchTo

from bot.dialogs.complaint import answers, handed, opening, sending, summary
from bot.dialogs.complaint.states import Complain
from bot.dialogs.my_complaints.states import Mine
from bot.dialogs.widgets import Html, Label, choice

CANCEL = SwitchTo(Label("complaint.cancel"), id="cancel", state=Complain.leave)
MENU = Button(Label("menu.menu_button"), id="menu", on_click=opening.on_menu)
NO_WORDS = MessageInput(opening.on_no_words)

SUMMARY = (
    *("service", "whom", "place", "delivery", "kind", "day", "text", "files", "who", "name", "number"),
    *("phone", "lateness", "goes", "unconnected"),
)

summing_up = Window(
    Html("complaint.summary", *SUMMARY),
    Button(Label("complaint.send"), id="send", on_click=sending.on_send, when="connected"),
    Button(Label("complaint.prepare"), id="send", on_click=sending.on_send, when="unconnected"),
    SwitchTo(Label("complaint.change"), id="change", state=Complain.change),
    CANCEL,
    state=Complain.summary,
    getter=summary.get_summary,
)

change = Window(
    Html("complaint.ask_change"),
    Group(choice("line", "lines", answers.on_change), width=2),
    SwitchTo(Label("menu.back_button"), id="summary", state=Complain.summary),
    state=Complain.change,
    getter=summary.get_lines,
)

twin = Window(
    Html("complaint.twin", "number", "day", "status"),
    Button(Label("complaint.twin_add"), id="add", on_click=sending.on_add_to_twin, when="may_add"),
    Button(Label("complaint.twin_new"), id="anew", on_click=sending.on_send_anew),
    SwitchTo(Label("menu.back_button"), id="summary", state=Complain.summary),
    state=Complain.twin,
    getter=summary.get_twin,
)

MINE = Start(Label("complaint.mine_button"), id="mine", state=Mine.list, mode=StartMode.RESET_STACK)

added = Window(
    Html("complaint.added_to", "number"), MINE, MENU, state=Complain.added, getter=summary.get_added
)

SENT = (
    *("number", "at", "organisation", "service", "kind", "files", "due", "expected", "days"),
    *("counted_from", "at_agency"),
)

sent = Window(
    Html("complaint.sent", *SENT),
    Button(Label("complaint.why_button"), id="why", on_click=handed.on_why),
    Button(Label("complaint.receipt_button"), id="receipt", on_click=handed.on_receipt),
    MINE,
    MENU,
    state=Complain.sent,
    getter=summary.get_sent,
)

unconnected = Window(
    Html("complaint.unconnected", "organisation", "assessor"),
    SwitchTo(Label("complaint.filed_button"), id="filed", state=Complain.filed_on),
    Button(Label("complaint.text_button"), id="text", on_click=sending.on_text_again),
    SwitchTo(Label("menu.back_button"), id="summary", state=Complain.summary),
    MENU,
    state=Complain.unconnected,
    getter=summary.get_unconnected,
)

filed_on = Window(
    Html("complaint.ask_filed"),
    Row(
        Button(Label("complaint.today"), id="today", on_click=sending.on_filed),
        Button(Label("complaint.yesterday"), id="yesterday", on_click=sending.on_filed),
    ),
    MessageInput(sending.on_filed_typed, content_types=[ContentType.TEXT]),
    NO_WORDS,
    SwitchTo(Label("menu.back_button"), id="back", state=Complain.unconnected),
    state=Complain.filed_on,
)

filed = Window(
    Html("complaint.filed", "filed", "due", "days"), MENU, state=Complain.filed, getter=summary.get_filed
)

ENDING = (summing_up, change, twin, added, sent, unconnected, filed_on, filed)
