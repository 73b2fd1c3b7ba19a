"""Handlers of the entry windows. The actions check the right; the windows only display."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, StartMode
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Select
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import CONTAINER_NAME, inject

from accounts.errors import NotAllowedError
from accounts.profile.fields import read_telephone
from bot.dialogs.album import note_language
from bot.dialogs.chosen import as_kind, as_one_of, complaint_of, organisation_of
from bot.dialogs.complaints.entry.flow import WIZARD, EntryFlow
from bot.dialogs.complaints.entry.states import Register
from bot.dialogs.complaints.entry.steps import OPTIONAL, REPRESENTABLE_SOURCES, EntryStep
from bot.dialogs.complaints.hand_out import explain_due_date
from bot.dialogs.complaints.inbox.opening import open_case
from bot.dialogs.complaints.kept import incoming_of
from bot.dialogs.menu.states import Menu
from bot.dialogs.opening import open_window
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.output import keep_window
from bot.request_context import context_of
from bot.views.complaints.complaint import ComplaintDocuments
from complaints.actions.entering import name_reader
from complaints.draft import LONGEST_TEXT, joined
from complaints.errors import TextTooLongError
from complaints.facts import Complainant, ComplaintSource, ServiceDelivery
from complaints.kinds.proposer import kind_proposer
from complaints.paper import read_register_number
from complaints.queries.cases import CaseQueries
from complaints.staff_drafts.drafts import EntryDraft, complainant_told
from kernel.identity_numbers import read_number

READERS: Mapping[EntryStep, Callable[[str], str]] = {
    EntryStep.INCOMING: read_register_number,
    EntryStep.NUMBER: read_number,
    EntryStep.PHONE: read_telephone,
}


async def open_register(manager: DialogManager, organisation: str | None) -> None:
    """Start or resume an entry for the organisation; None asks which, if the person has several.

    Raises NotAllowedError before a window opens.
    """
    flow: EntryFlow = await manager.middleware_data[CONTAINER_NAME].get(EntryFlow)
    person = context_of(manager).person.telegram_id
    places = await flow.places(person)
    if organisation is None and len(places) > 1:
        await open_window(manager, Register.choose)
        return
    code = organisation or next(iter(places), None)
    if code is None:
        raise NotAllowedError
    begun = await flow.entries.find(person, code) != EntryDraft()
    state = Register.resume if begun else Register.source
    await open_window(manager, state, organisation=code)


async def on_place(_: CallbackQuery, __: Select[Any], manager: DialogManager, code: str) -> None:
    await open_register(manager, code)


async def on_open(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    """The button in an organisation's window."""
    await open_register(manager, organisation_of(manager))


@inject
async def on_go_on(_: CallbackQuery, __: Button, manager: DialogManager, flow: FromDishka[EntryFlow]) -> None:
    """Skip the optional questions if all required ones are answered."""
    draft = await flow.get(manager)
    if not draft.missing():
        WIZARD.skip(manager, *OPTIONAL)
    await WIZARD.proceed(manager, draft)


@inject
async def on_restart(
    callback: CallbackQuery, _: Button, manager: DialogManager, flow: FromDishka[EntryFlow]
) -> None:
    await flow.entries.drop(callback.from_user.id, organisation_of(manager))
    manager.dialog_data.clear()
    await manager.switch_to(Register.source)


@inject
async def on_source(
    _: CallbackQuery, __: Select[Any], manager: DialogManager, name: str, flow: FromDishka[EntryFlow]
) -> None:
    """Natural persons and legal entities complain for themselves, so the complainant is not asked for."""
    source = as_one_of(ComplaintSource, name)
    draft = await flow.get(manager)
    complainant = None if source in REPRESENTABLE_SOURCES else draft.complainant
    await WIZARD.proceed(manager, await flow.change(manager, source=source, complainant=complainant))


@inject
async def on_day(_: Any, __: Any, manager: DialogManager, day: date, flow: FromDishka[EntryFlow]) -> None:
    """Reject a day outside the calendar here instead of on sending."""
    await flow.due(organisation_of(manager), day)
    await WIZARD.proceed(manager, await flow.change(manager, received_on=day))


@inject
async def on_delivery(
    _: CallbackQuery, __: Select[Any], manager: DialogManager, name: str, flow: FromDishka[EntryFlow]
) -> None:
    await WIZARD.proceed(manager, await flow.change(manager, delivery=as_one_of(ServiceDelivery, name)))


@inject
async def on_service(
    _: CallbackQuery, __: Select[Any], manager: DialogManager, slug: str, flow: FromDishka[EntryFlow]
) -> None:
    if slug not in context_of(manager).catalogue.cards:
        raise WindowOutdatedError
    await WIZARD.proceed(manager, await flow.change(manager, service=slug, service_known=True))


@inject
async def on_no_service(
    _: CallbackQuery, __: Button, manager: DialogManager, flow: FromDishka[EntryFlow]
) -> None:
    await WIZARD.proceed(manager, await flow.change(manager, service=None, service_known=True))


@inject
async def on_text(
    message: Message, _: MessageInput, manager: DialogManager, flow: FromDishka[EntryFlow]
) -> None:
    """The text, and scans of the paper, in any order."""
    text, incoming = message.text or message.caption or "", incoming_of(message)
    if not text and incoming is None:
        await message.answer(context_of(manager).html("complaint.only_words"))
        return
    if text:
        await add_to_text(flow, manager, text)
    if incoming is not None:
        await flow.attach(manager, incoming)
        note_language(manager)


async def add_to_text(flow: EntryFlow, manager: DialogManager, added: str) -> None:
    """Append to the text. Raises TextTooLongError and leaves the stored text as it is."""
    before = (await flow.get(manager)).text
    text = joined([before, added]) if before else added
    if len(text) > LONGEST_TEXT:
        raise TextTooLongError(longest=LONGEST_TEXT, length=len(text))
    await flow.change(manager, text=text)


@inject
async def on_ready(_: CallbackQuery, __: Button, manager: DialogManager, flow: FromDishka[EntryFlow]) -> None:
    await WIZARD.proceed(manager, await flow.get(manager))


@inject
async def on_rewrite(
    _: CallbackQuery, __: Button, manager: DialogManager, flow: FromDishka[EntryFlow]
) -> None:
    await flow.change(manager, text=None)


@inject
async def on_kind_proposed(
    _: CallbackQuery, __: Button, manager: DialogManager, flow: FromDishka[EntryFlow]
) -> None:
    """Confirm the kind proposed from the current text."""
    kind = kind_proposer().propose((await flow.get(manager)).text or "").kind
    await WIZARD.proceed(manager, await flow.change(manager, kind=kind))


async def on_other_kind(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await WIZARD.go(manager, EntryStep.KIND)


@inject
async def on_kind(
    _: CallbackQuery, __: Select[Any], manager: DialogManager, code: str, flow: FromDishka[EntryFlow]
) -> None:
    await WIZARD.proceed(manager, await flow.change(manager, kind=as_kind(code)))


@inject
async def on_complainant(
    _: CallbackQuery, __: Select[Any], manager: DialogManager, name: str, flow: FromDishka[EntryFlow]
) -> None:
    await WIZARD.proceed(manager, await flow.change(manager, complainant=as_one_of(Complainant, name)))


@inject
async def on_typed(
    message: Message, _: MessageInput, manager: DialogManager, flow: FromDishka[EntryFlow]
) -> None:
    """A number of the register, name, number or telephone. If its reader raises, the window stays open."""
    step = WIZARD.current(manager)
    read = READERS.get(step) or name_reader(complainant_told(await flow.get(manager)))
    await WIZARD.proceed(manager, await flow.change(manager, **{step.value: read(message.text or "")}))


@inject
async def on_skip(_: CallbackQuery, __: Button, manager: DialogManager, flow: FromDishka[EntryFlow]) -> None:
    """Leave the text, name, number or telephone empty."""
    step = WIZARD.current(manager)
    WIZARD.skip(manager, step)
    await WIZARD.proceed(manager, await flow.change(manager, **{step.value: None}))


@inject
async def on_skip_all(
    _: CallbackQuery, __: Button, manager: DialogManager, flow: FromDishka[EntryFlow]
) -> None:
    """Leave everything about the complainant empty."""
    WIZARD.skip(manager, EntryStep.NAME, EntryStep.NUMBER, EntryStep.PHONE)
    await WIZARD.proceed(manager, await flow.change(manager, name=None, number=None, phone=None))


@inject
async def on_send(
    callback: CallbackQuery, _: Button, manager: DialogManager, flow: FromDishka[EntryFlow]
) -> None:
    if await flow.are_coming(manager):
        await callback.answer(context_of(manager).plain("cases.files_coming"), show_alert=True)
        return
    case = await flow.entries.send(callback.from_user.id, organisation_of(manager))
    manager.dialog_data.clear()
    manager.dialog_data["complaint"] = case.id
    await manager.switch_to(Register.entered)


async def on_keep(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    await callback.answer(context_of(manager).plain("register.leave_kept"), show_alert=True)
    await manager.start(Menu.main, mode=StartMode.RESET_STACK)


@inject
async def on_drop(
    callback: CallbackQuery, _: Button, manager: DialogManager, flow: FromDishka[EntryFlow]
) -> None:
    await flow.entries.drop(callback.from_user.id, organisation_of(manager))
    await callback.answer(context_of(manager).plain("register.dropped"), show_alert=True)
    await manager.start(Menu.main, mode=StartMode.RESET_STACK)


@inject
async def on_why(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    queries: FromDishka[CaseQueries],
    documents: FromDishka[ComplaintDocuments],
) -> None:
    """Send the day-by-day counting of the term as a separate message."""
    full = await queries.of_official(callback.from_user.id, complaint_of(manager))
    await explain_due_date(callback, context_of(manager), full.case, documents)
    keep_window(manager)


async def on_open_case(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_case(manager, complaint_of(manager), organisation_of(manager))


async def on_another(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_register(manager, organisation_of(manager))
