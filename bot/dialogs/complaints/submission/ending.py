"""The last windows of a complaint: the summary, the result, and what follows."""

from aiogram_dialog import StartMode
from aiogram_dialog.widgets.kbd import Button, Row, Start, SwitchTo

from bot.dialogs.complaints.mine.states import Mine
from bot.dialogs.complaints.submission import handed, opening, saving, sending, summary
from bot.dialogs.complaints.submission.flow import WIZARD
from bot.dialogs.complaints.submission.states import Complain
from bot.dialogs.day_input import past_day_input
from bot.dialogs.parts import ONLY_TEXT, back_to, text_input
from bot.dialogs.widgets import Html, Label, Window, choice
from bot.dialogs.wizard_windows import cancel, change_window

CANCEL = cancel(Complain.leave)
MENU = Button(Label("menu.menu_button"), id="menu", on_click=opening.on_menu)

SUMMARY = (
    *("service", "whom", "place", "delivery", "kind", "day", "text", "files", "who", "name", "number"),
    *("number_label", "phone", "lateness", "lodging", "goes", "unconnected"),
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

change = change_window(WIZARD, Complain.change, Complain.summary, summary.get_lines)

duplicate = Window(
    Html("complaint.twin", "number", "day", "status"),
    Button(Label("complaint.twin_add"), id="add", on_click=sending.on_add_to_duplicate, when="may_add"),
    Button(Label("complaint.twin_new"), id="anew", on_click=sending.on_send_separately),
    back_to(Complain.summary, "summary"),
    state=Complain.duplicate,
    getter=summary.get_duplicate,
)

MY_COMPLAINTS = Start(Label("complaint.mine_button"), id="mine", state=Mine.list, mode=StartMode.RESET_STACK)

added = Window(
    Html("complaint.added_to", "number"), MY_COMPLAINTS, MENU, state=Complain.added, getter=summary.get_added
)

SENT = (
    *("number", "at", "organisation", "service", "kind", "files", "due", "expected", "days"),
    *("counted_from", "at_agency", "agency_here"),
)

sent = Window(
    Html("complaint.sent", *SENT),
    Button(Label("complaint.why_button"), id="why", on_click=handed.on_why),
    Button(Label("complaint.receipt_button"), id="receipt", on_click=handed.on_receipt),
    SwitchTo(Label("complaint.save_button"), id="save", state=Complain.saving, when=saving.MAY_SAVE),
    MY_COMPLAINTS,
    MENU,
    state=Complain.sent,
    getter=summary.get_sent,
)

keep_data = Window(
    Html("me.consent", "version"),
    Button(Label("me.agree"), id="keep", on_click=saving.on_save),
    back_to(Complain.sent, "sent"),
    state=Complain.saving,
    getter=saving.get_consent,
)

address = Window(
    Html("complaint.ask_address"),
    Button(Label("complaint.address_skip"), id="skip", on_click=sending.on_no_address),
    text_input(sending.on_address),
    ONLY_TEXT,
    back_to(Complain.summary, "summary"),
    state=Complain.address,
)

unconnected = Window(
    Html("complaint.unconnected", "organisation", "assessor"),
    SwitchTo(Label("complaint.filed_button"), id="filed", state=Complain.filed_on),
    Row(choice("text", "papers", sending.on_text_again)),
    back_to(Complain.summary, "summary"),
    MENU,
    state=Complain.unconnected,
    getter=summary.get_unconnected,
)

filed_on = Window(
    Html("complaint.ask_filed"),
    *past_day_input(sending.on_filed),
    back_to(Complain.unconnected),
    state=Complain.filed_on,
)

filed = Window(
    Html("complaint.filed", "filed", "due", "days"), MENU, state=Complain.filed, getter=summary.get_filed
)

ENDING = (summing_up, change, duplicate, added, sent, keep_data, address, unconnected, filed_on, filed)
