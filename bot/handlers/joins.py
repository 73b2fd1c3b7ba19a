"""Invitation links, and the decision to confirm or refuse a join."""

from dataclasses import dataclass

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode, StartMode
from dishka import FromDishka
from dishka.integrations.aiogram import inject

from accounts.access_log.store import AccessLogEntry
from accounts.officials.deciding import SeeJoin
from accounts.officials.invitation import LINK_PREFIX, InvitationState
from accounts.officials.joining import DecideJoin, OpenInvitation
from bot.app.filters import PRIVATE
from bot.dialogs.accounts.joining.states import Joining
from bot.request_context import RequestContext
from bot.views.accounts.joins import decision, named_request, request
from bot.views.accounts.notifier import AccountNotifier
from bot.views.accounts.officials import organisation_name
from bot.views.accounts.personal_values import PersonalValues
from bot.views.callbacks import JoinCallback, JoinNameCallback


@inject
async def followed(
    message: Message,
    command: CommandObject,
    context: RequestContext,
    dialog_manager: DialogManager,
    open_invitation: FromDishka[OpenInvitation],
) -> None:
    token = (command.args or "").removeprefix(LINK_PREFIX)
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
class JoinDecision:
    """The dependencies of a decision: the action, the notifier, and the screen without the name."""

    decide: DecideJoin
    notifier: AccountNotifier
    reveal: PersonalValues


@inject
async def decided(
    callback: CallbackQuery,
    callback_data: JoinCallback,
    context: RequestContext,
    join_decision: FromDishka[JoinDecision],
) -> None:
    accepted = callback_data.accept
    invitation = await join_decision.decide(callback.from_user.id, callback_data.number, accept=accepted)
    await join_decision.notifier.decided(context, invitation, accepted=accepted)
    organisation = await join_decision.notifier.organisation(context, invitation.organisation)
    await join_decision.reveal.replace(
        callback, decision(context, invitation, organisation, accepted=accepted)
    )
    await callback.answer()


@inject
async def named(
    callback: CallbackQuery,
    callback_data: JoinNameCallback,
    context: RequestContext,
    see: FromDishka[SeeJoin],
    reveal: FromDishka[PersonalValues],
) -> None:
    """Show the person's name for five minutes and record it in the access log."""
    invitation, name = await see(callback.from_user.id, callback_data.number)
    organisation = await see.guard.organisations.get(invitation.organisation)
    place = organisation_name(context, organisation, invitation.organisation)
    hidden = request(context, invitation, place)
    if callback_data.show and isinstance(callback.message, Message):
        access = AccessLogEntry(
            viewer=callback.from_user.id, subject=f"invitation/{invitation.number}", what="official_name"
        )
        values = named_request(context, invitation, place, name)
        await reveal.show(callback.message, access, values=values, hidden=hidden)
    else:
        await reveal.replace(callback, hidden)
    await callback.answer()


def make_router() -> Router:
    router = Router(name="joins")
    link = CommandStart(deep_link=True, magic=F.args.startswith(LINK_PREFIX))
    router.message.register(followed, PRIVATE, link)
    router.callback_query.register(decided, JoinCallback.filter())
    router.callback_query.register(named, JoinNameCallback.filter())
    return router
