"""Invitations: the link that is followed, and the join that is confirmed or refused."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode, StartMode
from dishka import FromDishka
from dishka.integrations.aiogram import inject

from accounts.officials.invitation import InvitationState
from accounts.officials.joining import DecideJoin, OpenInvitation
from bot.callbacks import INVITATION_LINK, JoinPress
from bot.dialogs.joining.states import Joining
from bot.sending import show
from bot.talk import Talk
from bot.telling import Telling
from bot.views.screen import Screen


@inject
async def followed(
    message: Message,
    command: CommandObject,
    talk: Talk,
    dialog_manager: DialogManager,
    open_invitation: FromDishka[OpenInvitation],
) -> None:
    token = (command.args or "").removeprefix(INVITATION_LINK)
    found = await open_invitation(talk.person.telegram_id, token)
    if found.state(talk.now) is InvitationState.WAITING:
        await message.answer(talk.html("officials.waiting"))
        return
    await dialog_manager.start(
        Joining.invitation,
        data={"invitation": found.number},
        mode=StartMode.RESET_STACK,
        show_mode=ShowMode.SEND,
    )


@inject
async def decided(
    callback: CallbackQuery,
    callback_data: JoinPress,
    talk: Talk,
    decide: FromDishka[DecideJoin],
    telling: FromDishka[Telling],
) -> None:
    accepted = callback_data.accept
    invitation = await decide(callback.from_user.id, callback_data.number, accept=accepted)
    await telling.decided(talk, invitation, accepted=accepted)
    await show(callback, Screen(text=str(await telling.decision(talk, invitation, accepted=accepted))))
    await callback.answer()


def make_router() -> Router:
    router = Router(name="joins")
    link = CommandStart(deep_link=True, magic=F.args.startswith(INVITATION_LINK))
    router.message.register(followed, F.chat.type == ChatType.PRIVATE, link)
    router.callback_query.register(decided, JoinPress.filter())
    return router
