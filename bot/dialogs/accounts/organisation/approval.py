"""The head's setting: whether answers to complaints wait for approval."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button
from aiogram_dialog.widgets.text import Format
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.officials.guard import Guard
from accounts.permissions import Action
from bot.dialogs.chosen import organisation_of
from bot.request_context import RequestContext, context_of
from complaints.approvals.actions import RequireApproval
from complaints.approvals.store import ApprovalStore


async def approval_setting(context: RequestContext, guard: Guard, code: str) -> dict[str, Any]:
    """The button's label as things stand, and whether the reader leads complaints here."""
    required = await ApprovalStore(guard.members.session).is_required(code)
    return {
        "approval": context.plain("approval.setting_on" if required else "approval.setting_off"),
        "may_require": await guard.may(context.person.telegram_id, Action.LEAD_COMPLAINTS, code),
    }


@inject
async def on_approval(
    callback: CallbackQuery, _: Button, manager: DialogManager, require: FromDishka[RequireApproval]
) -> None:
    """Turn the setting over."""
    code = organisation_of(manager)
    required = not await ApprovalStore(require.context.session).is_required(code)
    await require(callback.from_user.id, code, required=required)
    said = context_of(manager).plain("approval.on_said" if required else "approval.off_said")
    await callback.answer(said)


APPROVAL = Button(Format("{approval}"), id="approval", on_click=on_approval, when="may_require")
