"""Handlers of the windows that accept an invitation."""

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.actions import ChooseLanguage
from accounts.officials.joining import DeclineInvitation, IntroduceOneself
from accounts.profile.actions import GiveConsent
from bot.dialogs.accounts.joining.getters import invitation_of
from bot.dialogs.accounts.joining.states import Joining
from bot.request_context import context_of
from bot.views.accounts.notifier import AccountNotifier
from bot.views.accounts.officials import where


@inject
async def on_accept(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    agree: FromDishka[GiveConsent],
    choose: FromDishka[ChooseLanguage],
) -> None:
    """Remember the language: later notices are written in it."""
    context = context_of(manager)
    await agree(callback.from_user.id)
    if context.person.language is None:
        await choose(callback.from_user.id, context.language)
    await manager.switch_to(Joining.name)


@inject
async def on_name(
    message: Message,
    _: MessageInput,
    manager: DialogManager,
    introduce: FromDishka[IntroduceOneself],
    notifier: FromDishka[AccountNotifier],
) -> None:
    context = context_of(manager)
    done = await introduce(context.person.telegram_id, invitation_of(manager), message.text or "")
    if done.joined:
        organisation = await notifier.organisation(context, done.invitation.organisation)
        await message.answer(
            context.html("officials.joined", **where(context, done.invitation.role, organisation))
        )
    else:
        await message.answer(context.html("officials.waiting"))
        for decider in done.deciders:
            await notifier.asks_to_join(context, done.invitation, decider)
    await manager.done(show_mode=ShowMode.NO_UPDATE)


@inject
async def on_decline(
    callback: CallbackQuery, _: Button, manager: DialogManager, decline: FromDishka[DeclineInvitation]
) -> None:
    context = context_of(manager)
    await decline(callback.from_user.id, invitation_of(manager))
    if isinstance(callback.message, Message):
        await callback.message.edit_text(context.html("officials.declined"))
    await manager.done(show_mode=ShowMode.NO_UPDATE)
