"""What happened to a person: events with their services to tick, all services by topic, kept lists."""

from typing import Any, cast

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.common import ManagedScroll
from aiogram_dialog.widgets.kbd import Button, Select
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.checklists import ChecklistStore, DropChecklist, TickItem
from bot.dialogs.menu.states import Menu
from bot.dialogs.outdated import WindowOutdatedError
from bot.dialogs.output import keep_window
from bot.handlers.questions import remember_card
from bot.request_context import RequestContext, context_of
from bot.views.answers.card import CardView
from bot.views.answers.card_place import CardPlace
from bot.views.answers.checklist import DONE, OPEN, ChecklistView, documents_place
from bot.views.answers.guide import GuideView
from bot.views.answers.labels import label_of, service_label
from bot.views.screen import Screen, send
from localisation.collation import in_order
from registry_data.schema import LifeSituation
from registry_data.situations import Situation, load_situations

EVENT = "e"
PAGES, EVENT_PAGES = "pages", "event_pages"
ON_A_PAGE = 8


@inject
async def get_situations(
    context: RequestContext, lists: FromDishka[ChecklistStore], **_: object
) -> dict[str, Any]:
    events = [(event.id, event.label.in_language(context.language)) for event in load_situations()]
    return {"situations": events, "has_lists": bool(await lists.keys(context.person.telegram_id))}


@inject
async def get_event(
    dialog_manager: DialogManager, context: RequestContext, lists: FromDishka[ChecklistStore], **_: object
) -> dict[str, Any]:
    """The event's services in their order, with the person's ticks."""
    event = chosen_event(dialog_manager)
    ticked = await lists.ticked(context.person.telegram_id, event_key(event))
    known = [slug for slug in event.services if _is_known(slug, context)]
    boxes = [DONE if slug in ticked else OPEN for slug in known]
    labels = [service_label(context.catalogue, slug, context.language) for slug in known]
    return {
        "situation": event.label.in_language(context.language),
        "services": list(zip(known, labels, strict=True)),
        "numbers": [
            (slug, f"{box} {at}") for at, (slug, box) in enumerate(zip(known, boxes, strict=True), 1)
        ],
        "steps": [
            f"{box} {at}. {label}" for at, (box, label) in enumerate(zip(boxes, labels, strict=True), 1)
        ],
        "is_kept": bool(ticked),
    }


async def get_topics(context: RequestContext, **_: object) -> dict[str, Any]:
    found = [(topic.value, context.plain(f"situation.{topic.value}")) for topic in context.catalogue.topics()]
    return {"topics": found}


async def get_services(dialog_manager: DialogManager, context: RequestContext, **_: object) -> dict[str, Any]:
    topic = chosen_topic(dialog_manager)
    labels = [(card.slug, label_of(card, context.language)) for card in context.catalogue.of_topic(topic)]
    return {
        "situation": context.plain(f"situation.{topic.value}"),
        "services": sorted(labels, key=lambda one: in_order(one[1])),
    }


@inject
async def get_lists(
    context: RequestContext, lists: FromDishka[ChecklistStore], **_: object
) -> dict[str, Any]:
    """The lists that the person has ticked something in, without those of cards that are gone."""
    keys = await lists.keys(context.person.telegram_id)
    return {"lists": [(key, name) for key in keys if (name := list_name(key, context))]}


def has_pages(data: dict[str, Any], *_: object) -> bool:
    return len(data["services"]) > ON_A_PAGE


async def on_event(_: CallbackQuery, __: Any, manager: DialogManager, event: str) -> None:
    manager.dialog_data["event"] = event
    chosen_event(manager)
    await manager.switch_to(Menu.event)


async def on_topic(_: CallbackQuery, __: Any, manager: DialogManager, topic: str) -> None:
    manager.dialog_data["topic"] = topic
    chosen_topic(manager)
    await cast(ManagedScroll, manager.find(PAGES)).set_page(0)
    await manager.switch_to(Menu.services)


async def on_service(callback: CallbackQuery, __: Any, manager: DialogManager, slug: str) -> None:
    """Send the card or guide as a separate message so that the list stays available."""
    context = context_of(manager)
    context.check_answers()
    screen = _opened(slug, context)
    if screen is None or not isinstance(callback.message, Message):
        raise WindowOutdatedError
    state: FSMContext = manager.middleware_data["state"]
    if slug in context.catalogue.cards:
        await remember_card(state, slug, context.now)
    await send(callback.message, screen)
    keep_window(manager)


@inject
async def on_tick(
    callback: CallbackQuery, __: Select[Any], manager: DialogManager, slug: str, tick: FromDishka[TickItem]
) -> None:
    event = chosen_event(manager)
    if slug not in event.services:
        raise WindowOutdatedError
    await tick(callback.from_user.id, event_key(event), slug)


@inject
async def on_drop(
    callback: CallbackQuery, __: Button, manager: DialogManager, drop: FromDishka[DropChecklist]
) -> None:
    await drop(callback.from_user.id, event_key(chosen_event(manager)))


@inject
async def on_list(
    callback: CallbackQuery,
    __: Select[Any],
    manager: DialogManager,
    key: str,
    lists: FromDishka[ChecklistStore],
) -> None:
    """Open a kept list: an event's window, or a message with a card's documents."""
    context = context_of(manager)
    if key not in await lists.keys(callback.from_user.id):
        raise WindowOutdatedError  # the client may send anything
    kind, _, rest = key.partition(":")
    if kind == EVENT:
        await on_event(callback, None, manager, rest)
        return
    slug, _, case = rest.rpartition(":")
    card = context.catalogue.cards.get(slug)
    if card is None or not isinstance(callback.message, Message):
        raise WindowOutdatedError
    place = documents_place(card, int(case))
    view = ChecklistView(texts=context.texts, card=card, language=context.language, place=place)
    await send(callback.message, view.screen(await lists.ticked(callback.from_user.id, key)))
    keep_window(manager)


def event_key(event: Situation) -> str:
    return f"{EVENT}:{event.id}"


def list_name(key: str, context: RequestContext) -> str | None:
    """What a kept list is called; None for one whose event or card is gone."""
    kind, _, rest = key.partition(":")
    if kind == EVENT:
        event = _event(rest)
        return event.label.in_language(context.language) if event is not None else None
    slug = rest.rpartition(":")[0]
    return (
        service_label(context.catalogue, slug, context.language) if slug in context.catalogue.cards else None
    )


def chosen_event(manager: DialogManager) -> Situation:
    """Raises WindowOutdatedError for an event that does not exist."""
    found = _event(manager.dialog_data.get("event", ""))
    if found is None:
        raise WindowOutdatedError
    return found


def _event(wanted: str) -> Situation | None:
    return next((event for event in load_situations() if event.id == wanted), None)


def chosen_topic(manager: DialogManager) -> LifeSituation:
    """Raises WindowOutdatedError for a topic that does not exist."""
    try:
        return LifeSituation(manager.dialog_data.get("topic", ""))
    except ValueError as error:
        raise WindowOutdatedError from error


def _is_known(slug: str, context: RequestContext) -> bool:
    return slug in context.catalogue.cards or slug in context.catalogue.guides


def _opened(slug: str, context: RequestContext) -> Screen | None:
    facts = context.catalogue.facts(slug, context.now)
    if facts is not None:
        return CardView(texts=context.texts).screen(facts, context.language, CardPlace())
    guide = context.catalogue.guides.get(slug)
    if guide is None:
        return None
    return GuideView(texts=context.texts).screen(
        guide, context.catalogue.acts, context.language, context.catalogue.listed(guide)
    )
