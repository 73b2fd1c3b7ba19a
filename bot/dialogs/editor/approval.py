"""Accepting a card whose change may follow from an act: the day of the act, and what follows from it."""

from datetime import date
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.chosen import number_in
from bot.dialogs.editor import handlers
from bot.dialogs.editor.getters import chosen
from bot.dialogs.editor.states import Editor
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.parts import back_to, text_input
from bot.dialogs.typed import day_from, refuse
from bot.dialogs.widgets import Html, Label, Window
from bot.request_context import RequestContext, context_of
from bot.views.accounts.officials import organisation_name
from bot.views.oversight.contact_centre import letter_text
from kernel.clock import almaty_date
from knowledge.journal.editor_queue import ReadEditorQueue
from localisation.formats import day as written
from localisation.typed_days import Leaning
from oversight.contact_centre.actions import AcceptChangeOfAct
from oversight.contact_centre.changes import ApprovalDayError
from oversight.contact_centre.queries import SeeActLetter
from registry_data.proposals import Proposal
from reminders.store import FilingStore

_EVENT = "event"


def approval_window() -> Window:
    """Whether the change follows from an act, and from which day."""
    return Window(
        Html("contact_centre.approval", "service", "act", "body"),
        Button(
            Label("contact_centre.approval_version", "version"),
            id="version",
            on_click=on_version,
            when="version",
        ),
        Button(
            Label("contact_centre.own_correction"),
            id="own_correction",
            on_click=handlers.on_own_correction,
        ),
        text_input(on_approval),
        back_to(Editor.draft),
        state=Editor.approval,
        getter=get_approval,
    )


def informed_window() -> Window:
    """The card is accepted: who tells the contact centre, until when, and with which text."""
    return Window(
        Html("contact_centre.informed", "number", "body", "due", "letter"),
        back_to(Editor.drafts),
        state=Editor.informed,
        getter=get_informed,
    )


@inject
async def on_approval(
    message: Message, _: MessageInput, manager: DialogManager, accept: FromDishka[AcceptChangeOfAct]
) -> None:
    day = await day_from(message, manager, Leaning.PAST)
    if day is None:
        return
    try:
        await _accept(manager, accept, day)
    except ApprovalDayError as error:
        await refuse(message, manager, error)


@inject
async def on_version(
    _: CallbackQuery,
    __: Button,
    manager: DialogManager,
    accept: FromDishka[AcceptChangeOfAct],
    read: FromDishka[ReadEditorQueue],
) -> None:
    """The day of the wording is the day of the act."""
    version = (await _proposal(manager, read)).card.version
    if version is None:
        raise WindowOutdatedError
    await _accept(manager, accept, version)


async def _accept(manager: DialogManager, accept: AcceptChangeOfAct, day: date) -> None:
    notice = await accept(context_of(manager).person.telegram_id, int(chosen(manager)), day)
    if notice is None:
        raise WindowOutdatedError
    manager.dialog_data[_EVENT] = notice.event
    await manager.switch_to(Editor.informed)


@inject
async def get_approval(
    dialog_manager: DialogManager, context: RequestContext, read: FromDishka[ReadEditorQueue], **_: object
) -> dict[str, Any]:
    proposal = await _proposal(dialog_manager, read)
    card, language = proposal.card, context.language
    act = proposal.act or context.catalogue.acts.get(card.act or "")
    read_in = card.version
    shows = read_in is not None and read_in <= almaty_date(context.now)
    code = card.provider_organisation
    return {
        "service": card.names.in_language(language),
        "act": f"{act.number} «{act.title.in_language(language)}»" if act else "",
        "body": organisation_name(context, context.catalogue.organisations.get(code), code) if code else "",
        "version": written(read_in, language) if read_in is not None and shows else "",
    }


@inject
async def get_informed(
    dialog_manager: DialogManager,
    context: RequestContext,
    see: FromDishka[SeeActLetter],
    filings: FromDishka[FilingStore],
    **_: object,
) -> dict[str, Any]:
    event = number_in(dialog_manager, _EVENT)
    letter = await see(context.person.telegram_id, event)
    code = letter.notice.organisation
    [step] = await filings.of_event(event)
    return {
        "number": event,
        "body": organisation_name(context, context.catalogue.organisations.get(code), code),
        "due": step.dates.named_on,
        "letter": letter_text(context, letter),
    }


async def _proposal(manager: DialogManager, read: ReadEditorQueue) -> Proposal:
    """Raises WindowOutdatedError if it is no longer waiting."""
    context = context_of(manager)
    found = (await read(context.person.telegram_id, context.now)).proposal(int(chosen(manager)))
    if found is None:
        raise WindowOutdatedError
    return found
