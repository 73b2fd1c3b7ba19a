"""Handlers of /me. Typed values go straight to the action and nowhere else."""

from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message, ReplyKeyboardRemove
from aiogram_dialog import DialogManager, ShowMode, StartMode
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Select
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.profile.actions import CONSENT_VERSION, ForgetValue, GiveConsent, StoreValue
from accounts.profile.fields import CHOSEN, Field
from accounts.profile.store import ProfileStore
from bot.dialogs.accounts.profile.states import ASKING, Me
from bot.dialogs.chosen import as_one_of
from bot.dialogs.complaints.kept import forget_kept
from bot.dialogs.contact import contact_keyboard, own_phone
from bot.dialogs.editor.states import Editor
from bot.dialogs.menu.states import Menu
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.output import say
from bot.request_context import context_of
from complaints.forget_person import ForgetPerson
from registry_data.regions import RegionKind


@inject
async def on_field(
    callback: CallbackQuery,
    _: Select[Any],
    manager: DialogManager,
    name: str,
    profiles: FromDishka[ProfileStore],
) -> None:
    if name not in CHOSEN:
        raise WindowOutdatedError
    manager.dialog_data["field"] = name
    consent = await profiles.consent_of(callback.from_user.id)
    if consent is None or consent.version != CONSENT_VERSION:
        await manager.switch_to(Me.consent)
    else:
        await _ask(callback, manager, Field(name))


@inject
async def on_agree(
    callback: CallbackQuery, _: Button, manager: DialogManager, agree: FromDishka[GiveConsent]
) -> None:
    await agree(callback.from_user.id)
    await _ask(callback, manager, _field_asked(manager))


@inject
async def on_words(
    message: Message, _: MessageInput, manager: DialogManager, store: FromDishka[StoreValue]
) -> None:
    assert message.from_user is not None
    await store(message.from_user.id, _field_asked(manager), message.text or "")
    await _saved(message, manager)


@inject
async def on_contact(
    message: Message, _: MessageInput, manager: DialogManager, store: FromDishka[StoreValue]
) -> None:
    """Take the telephone of the contact button; refuse another person's contact."""
    await store(context_of(manager).person.telegram_id, Field.TELEPHONE, own_phone(message))
    await _saved(message, manager)


async def on_no_text(message: Message, _: MessageInput, manager: DialogManager) -> None:
    await say(message, manager, "me.only_words")


@inject
async def on_region(
    callback: CallbackQuery,
    _: Select[Any],
    manager: DialogManager,
    code: str,
    store: FromDishka[StoreValue],
    forget: FromDishka[ForgetValue],
) -> None:
    """Ask for the district where the region has several: akimats divide services by district."""
    await store(callback.from_user.id, Field.REGION, code)
    await forget(callback.from_user.id, Field.DISTRICT)
    context = context_of(manager)
    region = context.catalogue.regions.get(code)
    whole = region is None or not region.districts or region.kind is RegionKind.CITY
    await manager.switch_to(Me.main if whole else Me.district)


@inject
async def on_district(
    callback: CallbackQuery,
    _: Select[Any],
    manager: DialogManager,
    code: str,
    store: FromDishka[StoreValue],
    profiles: FromDishka[ProfileStore],
) -> None:
    context = context_of(manager)
    profile = (await profiles.of(callback.from_user.id)).values
    region = context.catalogue.regions.get(profile.get(Field.REGION, ""))
    if region is None or region.district(code) is None:
        raise WindowOutdatedError
    await store(callback.from_user.id, Field.DISTRICT, code)
    await manager.switch_to(Me.main)


@inject
async def on_forget_value(
    callback: CallbackQuery, _: Button, manager: DialogManager, forget: FromDishka[ForgetValue]
) -> None:
    await forget(callback.from_user.id, _field_asked(manager))
    await on_back(callback, _, manager)


async def on_back(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    """Return to the overview; removing the contact button takes a message."""
    context = context_of(manager)
    if manager.current_context().state == Me.telephone and isinstance(callback.message, Message):
        await callback.message.answer(context.html("me.back"), reply_markup=ReplyKeyboardRemove())
        manager.show_mode = ShowMode.DELETE_AND_SEND
    await manager.switch_to(Me.main)


@inject
async def on_forget_me(
    callback: CallbackQuery, _: Button, manager: DialogManager, forget: FromDishka[ForgetPerson]
) -> None:
    context = context_of(manager)
    state: FSMContext = manager.middleware_data["state"]
    forgotten = await forget(callback.from_user.id)
    await state.clear()
    await forget_kept(state)
    if isinstance(callback.message, Message):
        values = {"complaints": forgotten.now, "later": forgotten.later}
        await callback.message.edit_text(context.html("me.forgotten", **values))
    await manager.done(show_mode=ShowMode.NO_UPDATE)


async def on_menu(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.start(Menu.main, mode=StartMode.RESET_STACK)


async def on_editor(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.start(Editor.main, mode=StartMode.RESET_STACK)


def _field_asked(manager: DialogManager) -> Field:
    """The field being asked for. Raises WindowOutdatedError if there is none."""
    return as_one_of(Field, manager.dialog_data.get("field"))


async def _ask(callback: CallbackQuery, manager: DialogManager, field: Field) -> None:
    context = context_of(manager)
    if field is Field.TELEPHONE and isinstance(callback.message, Message):
        await callback.message.answer(context.html("me.contact_hint"), reply_markup=contact_keyboard(context))
    state: State = ASKING[field]
    await manager.switch_to(state)


async def _saved(message: Message, manager: DialogManager) -> None:
    context = context_of(manager)
    await message.answer(context.html("me.saved"), reply_markup=ReplyKeyboardRemove())
    await manager.switch_to(Me.main, show_mode=ShowMode.SEND)
