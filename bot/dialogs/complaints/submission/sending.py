"""The end of a draft: register it once, or prepare it for the citizen to file."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Select
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.complaints.submission.flow import Flow, proceed
from bot.dialogs.complaints.submission.saving import MAY_SAVE
from bot.dialogs.complaints.submission.states import Complain
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.output import keep_window, message_of
from bot.request_context import context_of
from bot.views.complaints.complaint import ComplaintDocuments, send_document
from bot.views.complaints.paper import PAPER_LANGUAGES, finished_paper, paper_language, send_paper
from complaints.actions.drafting import StoredDraft
from complaints.actions.self_filed import TrackSelfFiled
from complaints.actions.sending import ComplaintSubmission, SubmittedComplaint
from complaints.personal import read_address
from complaints.queries.routes import HeldRegistry, RouteQueries
from complaints.routing import NotConnected

_NO_ADDRESS: Final = "no_address"
_LANGUAGE: Final = "paper"  # of the paper, once it was chosen


@dataclass(frozen=True, slots=True)
class DraftSender:
    """Sends a finished draft and shows the result."""

    flow: Flow
    submission: ComplaintSubmission
    documents: ComplaintDocuments

    async def send(self, callback: CallbackQuery, manager: DialogManager, stored: StoredDraft) -> None:
        """Register it and show the receipt; if nobody is connected, give the text and file nothing."""
        context = context_of(manager)
        found = await self.submission.send(callback.from_user.id, stored)
        if isinstance(found, SubmittedComplaint):
            offered = bool(manager.dialog_data.get(MAY_SAVE))
            manager.dialog_data.clear()
            manager.dialog_data.update({"complaint": found.case.id, MAY_SAVE: offered})
            await manager.switch_to(Complain.sent)
            await send_document(callback, await self.documents.receipt(context, found.case))
        elif isinstance(found, NotConnected):
            await self._ask_address(callback, manager, stored)
        else:
            await proceed(manager, self.flow, stored)

    async def _ask_address(
        self, callback: CallbackQuery, manager: DialogManager, stored: StoredDraft
    ) -> None:
        """A paper needs an address, which nothing else does: it is asked now, once."""
        if stored.draft.address is None and not manager.dialog_data.get(_NO_ADDRESS):
            await manager.switch_to(Complain.address)
            return
        await self.hand_out(message_of(callback), manager)

    async def hand_out(self, message: Message, manager: DialogManager) -> None:
        """Send the paper, and the window that says what follows below it."""
        await self.send_paper(message, manager)
        await manager.switch_to(Complain.unconnected)
        manager.show_mode = ShowMode.SEND

    async def send_paper(self, message: Message, manager: DialogManager) -> None:
        """The draft as it is now; nothing if somebody here can take it by now."""
        context = context_of(manager)
        stored = await self.flow.get(context.person.telegram_id)
        routes = RouteQueries(self.flow.session, HeldRegistry(context.catalogue))
        route = await routes.of_draft(stored.draft)
        if isinstance(route, NotConnected):
            files = [file.type for file in await self.flow.files(stored)]
            language = paper_language(context, manager.dialog_data.get(_LANGUAGE))
            await send_paper(message, finished_paper(context, stored.draft, route, files, language))


@inject
async def on_address(
    message: Message, _: MessageInput, manager: DialogManager, sender: FromDishka[DraftSender]
) -> None:
    """A postal address, with an e-mail or without; then the paper."""
    address, email = read_address(message.text or "")
    person = context_of(manager).person.telegram_id
    await sender.flow.change_draft(
        person, lambda draft: replace(draft, address=address or draft.address, email=email or draft.email)
    )
    await sender.hand_out(message, manager)


@inject
async def on_no_address(
    callback: CallbackQuery, _: Button, manager: DialogManager, sender: FromDishka[DraftSender]
) -> None:
    """The paper has a line to write it by hand."""
    manager.dialog_data[_NO_ADDRESS] = True
    await sender.send(callback, manager, await sender.flow.get(callback.from_user.id))


@inject
async def on_send(
    callback: CallbackQuery, _: Button, manager: DialogManager, sender: FromDishka[DraftSender]
) -> None:
    """A second complaint about the same service within a month shows the first one."""
    stored = await sender.flow.get(callback.from_user.id)
    registry = HeldRegistry(context_of(manager).catalogue)
    duplicate = await sender.submission.duplicate(callback.from_user.id, stored, registry)
    if duplicate is None:
        await sender.send(callback, manager, stored)
        return
    manager.dialog_data["twin"] = duplicate.id
    await manager.switch_to(Complain.duplicate)


@inject
async def on_send_separately(
    callback: CallbackQuery, _: Button, manager: DialogManager, sender: FromDishka[DraftSender]
) -> None:
    await sender.send(callback, manager, await sender.flow.get(callback.from_user.id))


@inject
async def on_add_to_duplicate(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    flow: FromDishka[Flow],
    sender: FromDishka[ComplaintSubmission],
) -> None:
    duplicate = manager.dialog_data.get("twin")
    if not isinstance(duplicate, int):
        raise WindowOutdatedError
    stored = await flow.get(callback.from_user.id)
    await sender.add_to(callback.from_user.id, stored, duplicate)
    manager.dialog_data.clear()
    manager.dialog_data["complaint"] = duplicate
    await manager.switch_to(Complain.added)


@inject
async def on_text_again(
    callback: CallbackQuery,
    _: Select[Any],
    manager: DialogManager,
    language: str,
    sender: FromDishka[DraftSender],
) -> None:
    """In the language of the button."""
    if language not in set(PAPER_LANGUAGES):
        raise WindowOutdatedError
    manager.dialog_data[_LANGUAGE] = language
    await sender.send_paper(message_of(callback), manager)
    keep_window(manager)


@inject
async def on_filed(
    _: Any,
    __: Any,
    manager: DialogManager,
    filed: date,
    flow: FromDishka[Flow],
    track: FromDishka[TrackSelfFiled],
) -> None:
    by = context_of(manager).person.telegram_id
    stored = await track(by, (await flow.get(by)).id, filed)
    manager.dialog_data.clear()
    manager.dialog_data["kept"] = stored.id
    await manager.switch_to(Complain.filed)
