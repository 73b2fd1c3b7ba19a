"""Data of the editor queue; every getter checks the right again."""

from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.editor.states import Editor
from bot.dialogs.outdated import WindowOutdatedError
from bot.request_context import RequestContext
from bot.views.answers.labels import service_label
from bot.views.text import shorten
from knowledge.journal.editor_queue import EditorQueue, ReadEditorQueue
from localisation.formats import moment, numeric_day
from registry_data.load import body_of
from registry_data.reading.accepting import differences
from registry_data.schema import ServiceCard

ROWS = 8  # per page of a list


@inject
async def get_queue(
    context: RequestContext, read: FromDishka[ReadEditorQueue], **_: object
) -> dict[str, Any]:
    queue = await read(context.person.telegram_id, context.now)
    return {
        "questions": len(queue.questions),
        "facts": len(queue.wrong_facts),
        "stale": len(queue.stale),
        "wordings": len(queue.old_wordings),
        "drafts": len(queue.proposals),
    }


@inject
async def get_list(
    dialog_manager: DialogManager, context: RequestContext, read: FromDishka[ReadEditorQueue], **_: object
) -> dict[str, Any]:
    queue = await read(context.person.telegram_id, context.now)
    items = {
        Editor.questions: _questions,
        Editor.facts: _facts,
        Editor.stale_cards: _stale,
        Editor.wordings: _wordings,
        Editor.drafts: _drafts,
    }
    return {"items": items[dialog_manager.current_context().state](context, queue)}


@inject
async def get_question(
    dialog_manager: DialogManager, context: RequestContext, read: FromDishka[ReadEditorQueue], **_: object
) -> dict[str, Any]:
    queue = await read(context.person.telegram_id, context.now)
    group = queue.question(int(chosen(dialog_manager)))
    if group is None:
        raise WindowOutdatedError
    return {
        "text": group.text,
        "count": group.count,
        "refused": group.refused,
        "spoken": group.language,
        "last": moment(group.last_asked_at),
    }


@inject
async def get_fact(
    dialog_manager: DialogManager, context: RequestContext, read: FromDishka[ReadEditorQueue], **_: object
) -> dict[str, Any]:
    queue = await read(context.person.telegram_id, context.now)
    fact = queue.wrong_fact(int(chosen(dialog_manager)))
    if fact is None:
        raise WindowOutdatedError
    return {"service": _service(context, fact.slug), "text": fact.text, "at": moment(fact.given_at)}


@inject
async def get_stale(
    dialog_manager: DialogManager, context: RequestContext, read: FromDishka[ReadEditorQueue], **_: object
) -> dict[str, Any]:
    queue = await read(context.person.telegram_id, context.now)
    stale = queue.stale_card(chosen(dialog_manager))
    if stale is None:
        raise WindowOutdatedError
    card = stale.card
    return {
        "service": _service(context, card.slug),
        "reasons": [context.plain(f"editor.stale_{reason.value}") for reason in stale.reasons],
        "details": {
            "act": stale.act.number if stale.act else "",
            "version": numeric_day(card.version) if card.version else "",
            "newest": numeric_day(stale.newest) if stale.newest else "",
            "sources": list(stale.sources),
        },
    }


@inject
async def get_wording(
    dialog_manager: DialogManager, context: RequestContext, read: FromDishka[ReadEditorQueue], **_: object
) -> dict[str, Any]:
    queue = await read(context.person.telegram_id, context.now)
    card = queue.old_wording(chosen(dialog_manager))
    if card is None or card.version is None:
        raise WindowOutdatedError
    return {
        "service": _service(context, card.slug),
        "version": numeric_day(card.version),
        "source": _source(context, card),
    }


@inject
async def get_draft(
    dialog_manager: DialogManager, context: RequestContext, read: FromDishka[ReadEditorQueue], **_: object
) -> dict[str, Any]:
    """Old facts beside the new ones; what no draft tells stays and is not shown."""
    queue = await read(context.person.telegram_id, context.now)
    proposal = queue.proposal(int(chosen(dialog_manager)))
    if proposal is None:
        raise WindowOutdatedError
    card = proposal.card
    present = context.catalogue.cards.get(card.slug)
    changed = differences(body_of(present) or {}, body_of(card) or {})
    return {
        "service": card.names.in_language(context.language),
        "is_new": present is None,
        "facts": [{"name": _fact(context, one.name), "old": one.old, "new": one.new} for one in changed],
        "left": list(proposal.left),
    }


def chosen(manager: DialogManager) -> str:
    """The number or slug chosen in the list. Raises WindowOutdatedError if none was."""
    found = manager.dialog_data.get("chosen")
    if not isinstance(found, str):
        raise WindowOutdatedError
    return found


def has_pages(data: dict[str, Any], *_: object) -> bool:
    return len(data["items"]) > ROWS


def is_empty(data: dict[str, Any], *_: object) -> bool:
    return not data["items"]


def _questions(context: RequestContext, queue: EditorQueue) -> list[tuple[str, str]]:
    return [
        (
            str(group.numbers[0]),
            shorten(context.plain("editor.question_line", count=group.count, text=group.text)),
        )
        for group in queue.questions
    ]


def _facts(context: RequestContext, queue: EditorQueue) -> list[tuple[str, str]]:
    return [
        (str(fact.number), shorten(f"{fact.text} · {_label(context, fact.slug)}"))
        for fact in queue.wrong_facts
    ]


def _stale(context: RequestContext, queue: EditorQueue) -> list[tuple[str, str]]:
    return [(one.card.slug, shorten(_label(context, one.card.slug))) for one in queue.stale]


def _wordings(context: RequestContext, queue: EditorQueue) -> list[tuple[str, str]]:
    return [
        (card.slug, shorten(f"{numeric_day(card.version)} {_label(context, card.slug)}"))
        for card in queue.old_wordings
        if card.version is not None
    ]


def _drafts(_: RequestContext, queue: EditorQueue) -> list[tuple[str, str]]:
    return [(str(one.number), shorten(one.card.names.ru)) for one in queue.proposals]


def _fact(context: RequestContext, name: str) -> str:
    return context.plain(f"editor.fact_{name}")


def _service(context: RequestContext, slug: str) -> str:
    """The name of the service, or its slug if the registry no longer has it."""
    return context.catalogue.name(slug, context.language) if _is_known(context, slug) else slug


def _label(context: RequestContext, slug: str) -> str:
    """The short name for a button."""
    return service_label(context.catalogue, slug, context.language) if _is_known(context, slug) else slug


def _is_known(context: RequestContext, slug: str) -> bool:
    return slug in context.catalogue.cards or slug in context.catalogue.guides


def _source(context: RequestContext, card: ServiceCard) -> str:
    act = context.catalogue.acts.get(card.act) if card.act else None
    if act is not None and act.url is not None:
        return str(act.url)
    return card.source if isinstance(card.source, str) else card.source[0]
