"""The end of a draft: registered once, or prepared for the citizen to file himself."""

from datetime import date, timedelta

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.complaints.papers import Papers
from bot.complaints.sender import Sender
from bot.dialogs.complaint.flow import Flow, proceed
from bot.dialogs.complaint.handed import hand_out
from bot.dialogs.complaint.place import routes_of
from bot.dialogs.complaint.states import Complain
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.output import keep_window
from bot.dialogs.typed import read_past_day
from bot.request_context import context_of
from complaints.actions.drafting import KeptDraft
from complaints.actions.keeping import KeepDates
from complaints.actions.sending import Sent
from complaints.routing import NotConnected
from deadlines.clock import almaty_date


@inject
async def on_send(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    flow: FromDishka[Flow],
    sender: FromDishka[Sender],
) -> None:
    """A second complaint on the same within a month is shown the first one."""
    kept = await flow.get(callback.from_user.id)
    route = await routes_of(flow.session, context_of(manager).catalogue).of_draft(kept.draft)
    twin = await sender.twin(callback.from_user.id, kept, route)
    if twin is None:
        await _send(callback, manager, flow, sender, kept)
        return
    manager.dialog_data["twin"] = twin.id
    await manager.switch_to(Complain.twin)


@inject
async def on_send_anew(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    flow: FromDishka[Flow],
    sender: FromDishka[Sender],
) -> None:
    await _send(callback, manager, flow, sender, await flow.get(callback.from_user.id))


async def _send(
    callback: CallbackQuery, manager: DialogManager, flow: Flow, sender: Sender, kept: KeptDraft
) -> None:
    """Registered: number and receipt. Nobody is connected: the finished text, and nothing is filed."""
    context = context_of(manager)
    found = await sender.send(callback.from_user.id, kept)
    if isinstance(found, Sent):
        manager.dialog_data.clear()
        manager.dialog_data["complaint"] = found.case.id
        await manager.switch_to(Complain.sent)
        await hand_out(callback, await sender.papers.receipt(context, found.case))
    elif isinstance(found, NotConnected):
        await hand_out(callback, await sender.papers.finished_text(context, kept.draft, found))
        await manager.switch_to(Complain.unconnected)
        manager.show_mode = ShowMode.SEND
    else:
        await proceed(manager, flow, kept)


@inject
async def on_add_to_twin(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    flow: FromDishka[Flow],
    sender: FromDishka[Sender],
) -> None:
    twin = manager.dialog_data.get("twin")
    if not isinstance(twin, int):
        raise WindowOutdatedError
    kept = await flow.get(callback.from_user.id)
    await sender.add_to(callback.from_user.id, kept, twin)
    manager.dialog_data.clear()
    manager.dialog_data["complaint"] = twin
    await manager.switch_to(Complain.added)


@inject
async def on_text_again(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    flow: FromDishka[Flow],
    papers: FromDishka[Papers],
) -> None:
    kept = await flow.get(callback.from_user.id)
    route = await routes_of(flow.session, context_of(manager).catalogue).of_draft(kept.draft)
    if isinstance(route, NotConnected):
        await hand_out(callback, await papers.finished_text(context_of(manager), kept.draft, route))
    keep_window(manager)


@inject
async def on_filed(
    callback: CallbackQuery,
    button: Button,
    manager: DialogManager,
    flow: FromDishka[Flow],
    keep: FromDishka[KeepDates],
) -> None:
    today = almaty_date(context_of(manager).now)
    filed = today if button.widget_id == "today" else today - timedelta(days=1)
    await _keep_dates(callback.from_user.id, filed, manager, flow, keep)


@inject
async def on_filed_typed(
    message: Message,
    _: MessageInput,
    manager: DialogManager,
    flow: FromDishka[Flow],
    keep: FromDishka[KeepDates],
) -> None:
    context = context_of(manager)
    filed = read_past_day(message.text, almaty_date(context.now))
    await _keep_dates(context.person.telegram_id, filed, manager, flow, keep)


async def _keep_dates(by: int, filed: date, manager: DialogManager, flow: Flow, keep: KeepDates) -> None:
    kept = await keep(by, (await flow.get(by)).id, filed)
    manager.dialog_data.clear()
    manager.dialog_data["kept"] = kept.id
    await manager.switch_to(Complain.filed)
