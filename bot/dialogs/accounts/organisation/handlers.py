"""Handlers of an official's organisation windows. Each action checks the right again."""

from typing import Any

from aiogram import Bot
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Select
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.officials.connecting import Connect, Disconnect
from accounts.officials.guard import Guard
from accounts.officials.invitation import deep_link
from accounts.officials.invitations import InvitationStore
from accounts.officials.joining import Invite, Issued
from accounts.officials.leaving import CancelLeave, Revoke, TakeLeave
from accounts.officials.store import MembershipStore
from accounts.permissions import to_invite
from accounts.roles import Role
from bot.dialogs.accounts.organisation.place import TO_THE_LIST, successor_of
from bot.dialogs.accounts.organisation.states import Office
from bot.dialogs.chosen import as_number, as_one_of, number_in, organisation_of
from bot.dialogs.opening import open_for_organisation, open_window
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.output import keep_window
from bot.request_context import context_of
from bot.views.accounts.joins import request
from bot.views.accounts.notifier import AccountNotifier
from bot.views.accounts.officials import organisation_name, role_name
from bot.views.screen import NO_PREVIEW, send
from localisation.formats import moment


@inject
async def on_open(
    callback: CallbackQuery, _: Button, manager: DialogManager, members: FromDishka[MembershipStore]
) -> None:
    context = context_of(manager)
    if not await open_organisation(manager, members) and isinstance(callback.message, Message):
        await callback.message.answer(context.html("officials.no_role"))


async def open_organisation(manager: DialogManager, members: MembershipStore, code: str = "") -> bool:
    """Open the organisation `code`, or the person's own; False if they have no role anywhere."""
    context = context_of(manager)
    held = await members.of_person(context.person.telegram_id)
    codes = [code] if code else list(dict.fromkeys(one.organisation for one in held))
    return await open_for_organisation(manager, codes if held else (), main=Office.main, choose=Office.choose)


async def on_organisation(_: CallbackQuery, __: Select[Any], manager: DialogManager, code: str) -> None:
    await open_window(manager, Office.main, organisation=code)


async def on_member(_: CallbackQuery, __: Select[Any], manager: DialogManager, number: str) -> None:
    manager.dialog_data["member"] = as_number(number)
    await manager.switch_to(Office.member)


async def on_successor(_: CallbackQuery, __: Select[Any], manager: DialogManager, number: str) -> None:
    manager.dialog_data["heir"] = as_number(number)
    await manager.switch_to(Office.revoke)


async def on_to_the_list(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data["heir"] = TO_THE_LIST
    await manager.switch_to(Office.revoke)


@inject
async def on_revoke(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    revoke: FromDishka[Revoke],
    notifier: FromDishka[AccountNotifier],
) -> None:
    context = context_of(manager)
    successor = successor_of(manager)
    left = await revoke(callback.from_user.id, number_in(manager, "member"), successor)
    await notifier.revoked(context, left, successor)
    await callback.answer(context.plain("officials.revoked"))
    if left.telegram_id == callback.from_user.id:
        await manager.done(show_mode=ShowMode.NO_UPDATE)
    else:
        await manager.switch_to(Office.members)


@inject
async def on_role(
    callback: CallbackQuery,
    _: Select[Any],
    manager: DialogManager,
    name: str,
    invite: FromDishka[Invite],
) -> None:
    role = as_one_of(Role, name)
    code = organisation_of(manager)
    issued = await invite(callback.from_user.id, code, role)
    if isinstance(callback.message, Message):
        text = await _invited(manager, invite.guard, role, issued)
        await callback.message.answer(text, link_preview_options=NO_PREVIEW)
    await manager.switch_to(Office.main, show_mode=ShowMode.SEND)


@inject
async def on_join(
    callback: CallbackQuery,
    _: Select[Any],
    manager: DialogManager,
    number: str,
    invitations: FromDishka[InvitationStore],
    guard: FromDishka[Guard],
) -> None:
    """Send the join request again with its buttons; the right to decide is checked when one is pressed."""
    context = context_of(manager)
    invitation = await invitations.get(as_number(number))
    if invitation is None or invitation.organisation != organisation_of(manager):
        raise WindowOutdatedError
    await guard.check(callback.from_user.id, to_invite(invitation.role), invitation.organisation)
    organisation = await guard.organisations.get(invitation.organisation)
    name = organisation_name(context, organisation, invitation.organisation)
    if isinstance(callback.message, Message):
        await send(callback.message, request(context, invitation, name))
    keep_window(manager)


async def on_deputy(_: CallbackQuery, __: Select[Any], manager: DialogManager, number: str) -> None:
    manager.dialog_data["deputy"] = as_number(number)
    await manager.switch_to(Office.dates)


@inject
async def on_dates(
    message: Message,
    _: MessageInput,
    manager: DialogManager,
    take: FromDishka[TakeLeave],
    notifier: FromDishka[AccountNotifier],
) -> None:
    context = context_of(manager)
    deputy = number_in(manager, "deputy")
    leave = await take(context.person.telegram_id, organisation_of(manager), deputy, message.text or "")
    await notifier.deputy(context, leave)
    await message.answer(context.html("officials.leave_saved"))
    await manager.switch_to(Office.leave, show_mode=ShowMode.SEND)


@inject
async def on_cancel_leave(
    callback: CallbackQuery,
    _: Select[Any],
    manager: DialogManager,
    number: str,
    cancel: FromDishka[CancelLeave],
    notifier: FromDishka[AccountNotifier],
) -> None:
    context = context_of(manager)
    await notifier.leave_cancelled(context, await cancel(callback.from_user.id, as_number(number)))
    await manager.switch_to(Office.leave)


@inject
async def on_connect(
    callback: CallbackQuery, _: Button, manager: DialogManager, connect: FromDishka[Connect]
) -> None:
    """Store the text shown on the screen with the acceptance."""
    context = context_of(manager)
    code = organisation_of(manager)
    organisation = await connect.guard.organisations.get(code)
    text = context.plain("officials.connect", organisation=organisation_name(context, organisation, code))
    await connect(callback.from_user.id, code, text)
    await manager.switch_to(Office.main)


@inject
async def on_disconnect(
    callback: CallbackQuery, _: Button, manager: DialogManager, disconnect: FromDishka[Disconnect]
) -> None:
    await disconnect(callback.from_user.id, organisation_of(manager))
    await manager.switch_to(Office.main)


async def _invited(manager: DialogManager, guard: Guard, role: Role, issued: Issued) -> str:
    context = context_of(manager)
    bot: Bot = manager.middleware_data["bot"]
    code = organisation_of(manager)
    me = await bot.me()
    text = context.html(
        "officials.invited",
        role=role_name(context, role),
        organisation=organisation_name(context, await guard.organisations.get(code), code),
        link=deep_link(me.username or "", issued.token),
        until=moment(issued.expires_at),
    )
    return str(text)
