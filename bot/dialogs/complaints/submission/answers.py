"""Button answers: each changes one line of the draft and goes on to the next open question."""

from dataclasses import replace
from datetime import date
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Select
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from bot.dialogs.chosen import as_key_of, as_kind, as_one_of
from bot.dialogs.complaints.submission.flow import WIZARD, Flow, proceed
from bot.dialogs.complaints.submission.place import nameable
from bot.dialogs.complaints.submission.proposals import (
    MOST_OFFERED,
    accepted,
    proposals_for,
    with_day,
)
from bot.dialogs.complaints.submission.steps import SubmissionStep
from bot.dialogs.outdated import WindowOutdatedError
from bot.request_context import context_of
from complaints.draft import Draft
from complaints.facts import Behalf, Complainant, ServiceDelivery
from complaints.routing import Concern

MOST_BODIES = 24
_OF_SERVICE: dict[str, Any] = {"concern": Concern.PROVIDER, "named": None, "to_agency": False}
_CONCERNS: dict[str, dict[str, Any]] = {
    "provider": {"concern": Concern.PROVIDER, "named": None, "to_agency": False},
    "corporation": {"concern": Concern.CORPORATION, "named": None, "to_agency": False},
    "named": {"concern": Concern.NAMED, "named": None, "to_agency": False},
    "agency": {"to_agency": True},
}
_WHOS: dict[str, dict[str, Any]] = {
    "self": {"complainant": Complainant.NATURAL, "behalf": Behalf.SELF, "represented": None},
    "child": {"complainant": Complainant.NATURAL, "behalf": Behalf.CHILD, "represented": None},
    "represented": {"complainant": Complainant.NATURAL, "behalf": Behalf.REPRESENTED, "represented": None},
    "legal": {"complainant": Complainant.LEGAL, "behalf": Behalf.SELF, "represented": None},
}


async def on_search(message: Message, _: MessageInput, manager: DialogManager) -> None:
    """Search services like a question does and offer the results."""
    reply = context_of(manager).catalogue.knowledge.ask(message.text or "")
    slugs = [found.slug for found in reply.found if found.kind == "service"]
    manager.dialog_data["found"] = slugs[:MOST_OFFERED]


@inject
async def on_service(
    callback: CallbackQuery, _: Select[Any], manager: DialogManager, slug: str, flow: FromDishka[Flow]
) -> None:
    if slug not in context_of(manager).catalogue.cards:
        raise WindowOutdatedError
    values = {"service": slug, "service_known": True, **_OF_SERVICE}
    await proceed(manager, flow, await flow.change(callback.from_user.id, **values))


@inject
async def on_no_service(
    callback: CallbackQuery, _: Button, manager: DialogManager, flow: FromDishka[Flow]
) -> None:
    values = {**_OF_SERVICE, "service": None, "service_known": True, "concern": Concern.NAMED}
    await proceed(manager, flow, await flow.change(callback.from_user.id, **values))


@inject
async def on_concern(
    callback: CallbackQuery, _: Select[Any], manager: DialogManager, name: str, flow: FromDishka[Flow]
) -> None:
    values = as_key_of(_CONCERNS, name)
    stored = await flow.change(callback.from_user.id, **values)
    if name == "named" and stored.draft.region is not None:
        await WIZARD.go(manager, SubmissionStep.WHOM)
    else:
        await proceed(manager, flow, stored)


@inject
async def on_whom_search(
    message: Message, _: MessageInput, manager: DialogManager, flow: FromDishka[Flow]
) -> None:
    """Search, by name, abbreviation or place, among the bodies that the complaint may be about."""
    catalogue, person = context_of(manager).catalogue, context_of(manager).person.telegram_id
    draft = (await flow.get(person)).draft
    among = {one.code for one in nameable(catalogue, draft)}
    found = catalogue.organisation_finder.find(
        message.text or "", MOST_BODIES, near=draft.region, among=among
    )
    manager.dialog_data["bodies"] = found


@inject
async def on_whom(
    callback: CallbackQuery, _: Select[Any], manager: DialogManager, code: str, flow: FromDishka[Flow]
) -> None:
    catalogue = context_of(manager).catalogue

    def change(draft: Draft) -> Draft:
        if code not in {one.code for one in nameable(catalogue, draft)}:
            raise WindowOutdatedError
        return replace(draft, concern=Concern.NAMED, named=code, to_agency=False)

    manager.dialog_data.pop("bodies", None)
    await proceed(manager, flow, await flow.change_draft(callback.from_user.id, change))


@inject
async def on_region(
    callback: CallbackQuery, _: Select[Any], manager: DialogManager, code: str, flow: FromDishka[Flow]
) -> None:
    if code not in context_of(manager).catalogue.regions:
        raise WindowOutdatedError

    def change(draft: Draft) -> Draft:
        stays = draft.region == code
        named = draft.named if stays else None
        return replace(draft, region=code, district=draft.district if stays else None, named=named)

    await proceed(manager, flow, await flow.change_draft(callback.from_user.id, change))


@inject
async def on_district(
    callback: CallbackQuery, _: Select[Any], manager: DialogManager, code: str, flow: FromDishka[Flow]
) -> None:
    regions = context_of(manager).catalogue.regions

    def change(draft: Draft) -> Draft:
        region = regions.get(draft.region or "")
        if region is None or region.district(code) is None:
            raise WindowOutdatedError
        return replace(draft, district=code)

    await proceed(manager, flow, await flow.change_draft(callback.from_user.id, change))


@inject
async def on_proposed(
    callback: CallbackQuery, _: Button, manager: DialogManager, flow: FromDishka[Flow]
) -> None:
    """Confirm what was understood from the text as it is now."""
    context = context_of(manager)

    def change(draft: Draft) -> Draft:
        found = proposals_for(context, draft)
        if not draft.text or not (draft.kind or found.kind):
            raise WindowOutdatedError
        return accepted(draft, found)

    await proceed(manager, flow, await flow.change_draft(callback.from_user.id, change))


async def on_other_kind(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await WIZARD.go(manager, SubmissionStep.KIND)


async def on_other_service(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await WIZARD.go(manager, SubmissionStep.SERVICE)


@inject
async def on_kind(
    callback: CallbackQuery, _: Select[Any], manager: DialogManager, code: str, flow: FromDishka[Flow]
) -> None:
    """The chosen kind, and what else the text says."""
    context, kind = context_of(manager), as_kind(code)

    def change(draft: Draft) -> Draft:
        draft = replace(draft, kind=kind)
        return accepted(draft, proposals_for(context, draft))

    await proceed(manager, flow, await flow.change_draft(callback.from_user.id, change))


@inject
async def on_delivery(
    callback: CallbackQuery, _: Select[Any], manager: DialogManager, code: str, flow: FromDishka[Flow]
) -> None:
    delivery = as_one_of(ServiceDelivery, code)
    await proceed(manager, flow, await flow.change(callback.from_user.id, delivery=delivery))


@inject
async def on_day(_: Any, __: Any, manager: DialogManager, day: date, flow: FromDishka[Flow]) -> None:
    await _store_day(manager, flow, day)


@inject
async def on_no_day(_: CallbackQuery, __: Button, manager: DialogManager, flow: FromDishka[Flow]) -> None:
    await _store_day(manager, flow, None)


async def _store_day(manager: DialogManager, flow: Flow, day: date | None) -> None:
    person = context_of(manager).person.telegram_id
    await proceed(manager, flow, await flow.change_draft(person, lambda draft: with_day(draft, day)))


@inject
async def on_who(
    callback: CallbackQuery, _: Select[Any], manager: DialogManager, name: str, flow: FromDishka[Flow]
) -> None:
    """Whose number it is changes with whom it is for; the person's own kept one is not typed again."""
    values = as_key_of(_WHOS, name)
    own = await flow.kept_number(callback.from_user.id, values["complainant"])

    def change(draft: Draft) -> Draft:
        if draft.complainant not in {None, values["complainant"]}:
            draft = replace(draft, name=None)  # an organisation's is not a person's
        if (draft.complainant or Complainant.NATURAL, draft.behalf) != (
            values["complainant"],
            values["behalf"],
        ):
            draft = replace(draft, number=own if values["behalf"] is Behalf.SELF else None)
        return replace(draft, **values)

    await proceed(manager, flow, await flow.change_draft(callback.from_user.id, change))
