"""Invitations: the link that is followed, and the join that is confirmed or refused."""

from dataclasses import dataclass

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode, StartMode
from dishka import FromDishka
from dishka.integrations.aiogram import inject

from accounts.looks.trail import Look
from accounts.officials.deciding import SeeJoin
from accounts.officials.invitation import InvitationState
from accounts.officials.joining import DecideJoin, OpenInvitation
from bot.callbacks import INVITATION_LINK, JoinNamePress, JoinPress
from bot.dialogs.joining.states import Joining
from bot.filters import PRIVATE
from bot.request_context import RequestContext
from bot.reveal import Reveal
from bot.telling import Telling
from bot.views.joins import decision, named_request, request
from bot.views.officials import organisation_name


@inject
async def followed(
    message: Message,
    command: CommandObject,
    context: RequestContext,
    dialog_manager: DialogManager,
    open_invitation: FromDishka[OpenInvitation],
) -> None:
    token = (command.args or "").removeprefix(INVITATION_LINK)
    found = await open_invitation(context.person.telegram_id, token)
    if found.state(context.now) is InvitationState.WAITING:
        await message.answer(context.html("officials.waiting"))
        return
    await dialog_manager.start(
        Joining.invitation,
        data={"invitation": found.number},
        mode=StartMode.RESET_STACK,
        show_mode=ShowMode.SEND,
    )


@dataclass(frozen=True, slots=True)
class Deciding:
    """What a decision needs: the act, the word to whoever waits, and the screen without the name."""

    decide: DecideJoin
    telling: Telling
    reveal: Reveal


@inject
async def decided(
    callback: CallbackQuery, callback_data: JoinPress, context: RequestContext, desk: FromDishka[Deciding]
) -> None:
    accepted = callback_data.accept
    invitation = await desk.decide(callback.from_user.id, callback_data.number, accept=accepted)
    await desk.telling.decided(context, invitation, accepted=accepted)
    organisation = await desk.telling.organisation(context, invitation.organisation)
    await desk.reveal.replace(callback, decision(context, invitation, organisation, accepted=accepted))
    await callback.answer()


@inject
async def named(
    callback: CallbackQuery,
    callback_data: JoinNamePress,
    context: RequestContext,
    see: FromDishka[SeeJoin],
    reveal: FromDishka[Reveal],
) -> None:
    """Who wants to join: on the screen for five minutes, and the look is kept."""
    invitation, name = await see(callback.from_user.id, callback_data.number)
    organisation = await see.guard.organisations.get(invitation.organisation)
    place = organisation_name(context, organisation, invitation.organisation)
    hidden = request(context, invitation, place)
    if callback_data.show and isinstance(callback.message, Message):
        look = Look(
            viewer=callback.from_user.id, subject=f"invitation/{invitation.number}", what="official_name"
        )
        values = named_request(context, invitation, place, name)
        await reveal.show(callback.message, look, values=values, hidden=hidden)
    else:
        await reveal.replace(callback, hidden)
    await callback.answer()


def make_router() -> Router:
    router = Router(name="joins")
    link = CommandStart(deep_link=True, magic=F.args.startswith(INVITATION_LINK))
    router.message.register(followed, PRIVATE, link)
    router.callback_query.register(decided, JoinPress.filter())
    router.callback_query.register(named, JoinNamePress.filter())
    return router
