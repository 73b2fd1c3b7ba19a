"""An organisation's templates of answers: listed, saved, changed, deleted, and put into a reply."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Row, Select, SwitchTo
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.chosen import complaint_of, organisation_of, text_in
from bot.dialogs.complaints.casework.opening import on_start
from bot.dialogs.complaints.casework.states import Templates
from bot.dialogs.output import message_of
from bot.dialogs.parts import ONLY_TEXT, back_down, back_to, text_input
from bot.dialogs.widgets import Html, Label, Window, choice
from bot.request_context import RequestContext, context_of
from bot.views.text import shorten
from complaints.case import ComplaintCase
from complaints.draft import TextPart, parts_with
from complaints.queries.cases import CaseQueries
from complaints.staff_drafts.actions import ReplyDrafts
from complaints.templates.actions import AnswerTemplates
from complaints.templates.template import AnswerTemplate, Place, places
from kernel.language import Language
from localisation.formats import day

TO_LIST = back_to(Templates.list, "list")
TO_VIEW = back_to(Templates.view, "view")


async def on_template(_: CallbackQuery, __: Select[Any], manager: DialogManager, key: str) -> None:
    manager.dialog_data["template"] = key
    await manager.switch_to(Templates.view)


async def on_new(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data["template"] = ""
    await manager.switch_to(Templates.write)


@inject
async def on_typed(
    message: Message, _: MessageInput, manager: DialogManager, templates: FromDishka[AnswerTemplates]
) -> None:
    """A new template or the changed one; what a rule refuses is said, and the window waits on."""
    person, key = context_of(manager).person.telegram_id, text_in(manager, "template")
    saved = await templates.save(person, organisation_of(manager), message.text or "", key)
    manager.dialog_data["template"] = saved.key
    await manager.switch_to(Templates.view)


@inject
async def on_delete(
    callback: CallbackQuery, _: Button, manager: DialogManager, templates: FromDishka[AnswerTemplates]
) -> None:
    await templates.delete(callback.from_user.id, organisation_of(manager), text_in(manager, "template"))
    await callback.answer(context_of(manager).plain("casework.template_deleted"))
    await manager.switch_to(Templates.list)


@inject
async def on_insert(
    callback: CallbackQuery,
    _: Button,
    manager: DialogManager,
    templates: FromDishka[AnswerTemplates],
    replies: FromDishka[ReplyDrafts],
    queries: FromDishka[CaseQueries],
) -> None:
    """As it is; the reply is read again before it is sent."""
    context, complaint = context_of(manager), complaint_of(manager)
    person, key = callback.from_user.id, text_in(manager, "template")
    template = await templates.get(person, organisation_of(manager), key)
    case = (await queries.of_official(person, complaint)).case
    part = TextPart(message=message_of(callback).message_id, text=template.filled(values_of(context, case)))
    await _into_reply(replies, person, complaint, part)
    await manager.done()


@inject
async def on_changed(
    message: Message, _: MessageInput, manager: DialogManager, replies: FromDishka[ReplyDrafts]
) -> None:
    """The text that the official copied and changed becomes the reply's."""
    if "complaint" not in manager.dialog_data:  # no reply to put it into
        await message.answer(context_of(manager).html("casework.template_press_change"))
        return
    part = TextPart(message=message.message_id, text=message.text or "")
    await _into_reply(replies, context_of(manager).person.telegram_id, complaint_of(manager), part)
    await manager.done()


async def _into_reply(replies: ReplyDrafts, person: int, complaint: int, part: TextPart) -> None:
    await replies.change(person, complaint, lambda draft: replace(draft, parts=parts_with(draft.parts, part)))


@inject
async def get_list(
    dialog_manager: DialogManager,
    context: RequestContext,
    templates: FromDishka[AnswerTemplates],
    **_: object,
) -> dict[str, Any]:
    found = await templates.all(context.person.telegram_id, organisation_of(dialog_manager))
    return {"count": len(found), "templates": [(one.key, shorten(one.name)) for one in found]}


@inject
async def get_view(
    dialog_manager: DialogManager,
    context: RequestContext,
    templates: FromDishka[AnswerTemplates],
    queries: FromDishka[CaseQueries],
    **_: object,
) -> dict[str, Any]:
    """Filled where it is for a reply."""
    person, key = context.person.telegram_id, text_in(dialog_manager, "template")
    template = await templates.get(person, organisation_of(dialog_manager), key)
    replying = "complaint" in dialog_manager.dialog_data
    text = template.text
    if replying:
        case = (await queries.of_official(person, complaint_of(dialog_manager))).case
        text = template.filled(values_of(context, case))
    return {"name": template.name, "text": text, "replying": replying, "managing": not replying}


@inject
async def get_write(
    dialog_manager: DialogManager,
    context: RequestContext,
    templates: FromDishka[AnswerTemplates],
    **_: object,
) -> dict[str, Any]:
    key = text_in(dialog_manager, "template")
    now: AnswerTemplate | None = None
    if key:
        now = await templates.get(context.person.telegram_id, organisation_of(dialog_manager), key)
    return {
        "places": ", ".join(places(context.language)),
        "now": f"{now.name}\n{now.text}" if now is not None else "",
        "changing": now is not None,
        "adding": now is None,
    }


def values_of(context: RequestContext, case: ComplaintCase) -> Mapping[tuple[Place, Language], str]:
    """What stands in each place, in each language."""
    card = context.catalogue.cards.get(case.service or "")
    body = context.catalogue.organisations.get(case.organisation)
    found: dict[tuple[Place, Language], str] = {}
    for language in Language:
        no_service = context.texts.plain(language, "complaint.no_service")
        found |= {
            (Place.NUMBER, language): str(case.number),
            (Place.SERVICE, language): card.names.in_language(language) if card else no_service,
            (Place.REGISTERED, language): day(case.registered_on, language),
            (Place.ORGANISATION, language): body.names.in_language(language) if body else case.organisation,
        }
    return found


def make_templates_dialog() -> Dialog:
    listed = Window(
        Html("casework.templates", "count"),
        Column(choice("template", "templates", on_template)),
        Button(Label("casework.template_new"), id="new", on_click=on_new),
        back_down(Templates.list, "back"),
        state=Templates.list,
        getter=get_list,
    )
    view = Window(
        Html("casework.template", "name", "text", "replying"),
        Button(Label("casework.template_insert"), id="insert", on_click=on_insert, when="replying"),
        Row(
            SwitchTo(Label("casework.template_change"), id="change", state=Templates.write, when="managing"),
            SwitchTo(Label("casework.template_delete"), id="delete", state=Templates.delete, when="managing"),
        ),
        text_input(on_changed),
        ONLY_TEXT,
        TO_LIST,
        state=Templates.view,
        getter=get_view,
    )
    write = Window(
        Html("casework.ask_template", "places", "now"),
        text_input(on_typed),
        ONLY_TEXT,
        back_to(Templates.view, "view", when="changing"),
        back_to(Templates.list, "list", when="adding"),
        state=Templates.write,
        getter=get_write,
    )
    delete = Window(
        Html("casework.template_sure", "name"),
        Button(Label("casework.template_delete"), id="yes", on_click=on_delete),
        TO_VIEW,
        state=Templates.delete,
        getter=get_view,
    )
    return Dialog(listed, view, write, delete, on_start=on_start)
