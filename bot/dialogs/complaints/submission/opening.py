"""Entry points of a complaint: a card, the command, the menu, or words. No draft is stored before consent."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode, StartMode
from aiogram_dialog.widgets.kbd import Button, Select
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.actions import ChooseLanguage
from accounts.cipher import WrongKeyError
from bot.dialogs.chosen import as_one_of
from bot.dialogs.complaints.submission.flow import Flow, message_of, proceed, tell_not_here
from bot.dialogs.complaints.submission.proposals import delivery_told
from bot.dialogs.complaints.submission.saving import MAY_SAVE
from bot.dialogs.complaints.submission.states import Complain
from bot.dialogs.menu.states import Menu
from bot.dialogs.opening import open_window
from bot.request_context import RequestContext, context_of
from complaints.actions.drafting import ConsentToComplaint, DropDraft, StoredDraft
from complaints.attachments.downloads import AttachmentDownloads
from complaints.draft import Draft, TextPart, with_part
from complaints.facts import ServiceDelivery
from complaints.queries.mine import MyComplaints
from complaints.queries.routes import HeldRegistry, RouteQueries

STORY = "complaint story"
TOLD = "told"  # the consent's button where the way of applying is known


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintStart:
    """What a complaint begins with: the service of a card, or what the person has already typed.

    `story` is encrypted: until the person agrees it waits in the dialog's state, which nothing else may read.
    """

    service: str | None = None
    story: str | None = None
    message: int | None = None


async def open_complaint(
    manager: DialogManager,
    my_complaints: MyComplaints,
    begins: ComplaintStart = ComplaintStart(),
    show_mode: ShowMode = ShowMode.SEND,
) -> None:
    """Open the consent, the choice to resume a draft, or the first question.

    Raises ComplaintsOffError; an existing draft is not changed.
    """
    context_of(manager).check_complaints()
    person = context_of(manager).person.telegram_id
    state = Complain.text
    if await my_complaints.consented(person) is None:
        state = Complain.consent
    else:
        stored = await my_complaints.draft(person)
        if stored is not None and (stored.draft.text or stored.files):
            state = Complain.resume
    await open_window(manager, state, show_mode=show_mode, **asdict(begins))


@inject
async def on_start(_: Any, manager: DialogManager, flow: FromDishka[Flow]) -> None:
    """With consent and no draft yet, prefill a draft at once; without it, say first what cannot be done."""
    state = manager.current_context().state
    if state == Complain.text:
        await _begin(manager, flow)
    elif state == Complain.consent:
        await _tell_before_consent(manager, flow)


async def _tell_before_consent(manager: DialogManager, flow: Flow) -> None:
    """Where the card's service, and the person's kept region if it matters, decide who takes it."""
    context, begins = context_of(manager), _begins(manager.start_data)
    if begins.service in context.catalogue.cards:
        draft = Draft(service=begins.service, service_known=True)
        kept = await flow.kept_place(context.person.telegram_id)
        routes = RouteQueries(flow.session, HeldRegistry(context.catalogue))
        await tell_not_here(manager, await routes.of_draft(replace(draft, region=kept[0], district=kept[1])))


@dataclass(frozen=True, slots=True)
class Agreement:
    flow: Flow
    consent: ConsentToComplaint
    choose_language: ChooseLanguage

    async def __call__(self, context: RequestContext) -> None:
        """Remember the language that the consent was read in: later notices are written in it."""
        await self.consent(context.person.telegram_id)
        if context.person.language is None:
            await self.choose_language(context.person.telegram_id, context.language)


@inject
async def on_agree(
    _: CallbackQuery,
    __: Select[Any],
    manager: DialogManager,
    way: str,
    agreement: FromDishka[Agreement],
) -> None:
    """The consent is given with the first answer: how the person applied for the service."""
    delivery = None if way == TOLD else as_one_of(ServiceDelivery, way)
    await agreement(context_of(manager))
    await _begin(manager, agreement.flow, delivery)


@inject
async def on_resume(_: CallbackQuery, __: Button, manager: DialogManager, flow: FromDishka[Flow]) -> None:
    """Go on with the stored draft; what was typed just now is added to it."""
    await proceed(manager, flow, await _with_story(manager, flow))


@inject
async def on_go_on(_: CallbackQuery, __: Button, manager: DialogManager, flow: FromDishka[Flow]) -> None:
    await proceed(manager, flow)


@inject
async def on_restart(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    flow: FromDishka[Flow],
    drop: FromDishka[DropDraft],
    fetches: FromDishka[AttachmentDownloads],
) -> None:
    """Discard the draft but not the service named by a card. Raises ComplaintsOffError."""
    context_of(manager).check_complaints()
    await discard_draft(callback.from_user.id, flow, drop, fetches)
    manager.dialog_data.clear()
    await _begin(manager, flow)


@inject
async def on_drop(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    flow: FromDishka[Flow],
    drop: FromDishka[DropDraft],
    fetches: FromDishka[AttachmentDownloads],
) -> None:
    await discard_draft(callback.from_user.id, flow, drop, fetches)
    await callback.answer(context_of(manager).plain("complaint.cancelled"), show_alert=True)
    await manager.start(Menu.main, mode=StartMode.RESET_STACK)


async def on_keep(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    await callback.answer(context_of(manager).plain("complaint.leave_kept"), show_alert=True)
    await manager.start(Menu.main, mode=StartMode.RESET_STACK)


async def on_menu(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_window(manager, Menu.main)


async def discard_draft(person: int, flow: Flow, drop: DropDraft, fetches: AttachmentDownloads) -> None:
    stored = await flow.find(person)
    if stored is not None:
        await fetches.drop(stored.id)
        await drop(person)


async def _begin(manager: DialogManager, flow: Flow, delivery: ServiceDelivery | None = None) -> None:
    context, begins = context_of(manager), _begins(manager.start_data)
    person = context.person.telegram_id
    card = context.catalogue.cards.get(begins.service or "")
    stored = await flow.begin(person, card.slug if card is not None else None)
    manager.dialog_data[MAY_SAVE] = stored.draft.name is None
    stored = await _with_story(manager, flow) or stored
    told = delivery or delivery_told(card, stored.draft.text, context.now)
    if told is not None and (delivery is not None or stored.draft.delivery is None):
        stored = await flow.change(person, delivery=told)
    await proceed(manager, flow, stored)


async def _with_story(manager: DialogManager, flow: Flow) -> StoredDraft | None:
    """The draft with what was typed to begin; None if nothing was."""
    begins, person = _begins(manager.start_data), context_of(manager).person.telegram_id
    story = _story(begins, flow, person)
    if story is None or begins.message is None:
        return None
    part = TextPart(message=begins.message, text=story)
    await _say_story_is_kept(manager)
    return await flow.change_draft(person, lambda draft: with_part(draft, part))


def story_told(manager: DialogManager, flow: Flow) -> str:
    """What the person has typed before the consent; empty if nothing."""
    person = context_of(manager).person.telegram_id
    return _story(_begins(manager.start_data), flow, person) or ""


def service_told(manager: DialogManager) -> str | None:
    """The card that the complaint began at, as the button said."""
    return _begins(manager.start_data).service


def _story(begins: ComplaintStart, flow: Flow, person: int) -> str | None:
    """What was typed before; one that an earlier version left is asked for again."""
    try:
        return None if begins.story is None else flow.cipher.open(begins.story, STORY, person)
    except WrongKeyError:
        return None


async def _say_story_is_kept(manager: DialogManager) -> None:
    message = message_of(manager)
    if message is not None:
        await message.answer(context_of(manager).html("intent.story_kept"))
        manager.show_mode = ShowMode.SEND


def _begins(data: Any) -> ComplaintStart:
    """What the window was opened with; an older window names fewer things."""
    known = data if isinstance(data, dict) else {}
    return ComplaintStart(
        service=known.get("service"), story=known.get("story"), message=known.get("message")
    )
