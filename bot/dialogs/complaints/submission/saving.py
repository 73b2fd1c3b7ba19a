"""After a first complaint the person may have name, number, telephone and place stored for the next."""

from dataclasses import dataclass
from typing import Any, Final

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.profile.actions import CONSENT_VERSION, GiveConsent, StoreValue
from accounts.profile.fields import Field
from bot.dialogs.chosen import complaint_of
from bot.dialogs.complaints.submission.states import Complain
from bot.request_context import context_of
from complaints.facts import Behalf, Complainant
from complaints.queries.mine import OwnQueries

MAY_SAVE: Final = "may_save"  # nothing was stored when the complaint began


@dataclass(frozen=True, slots=True)
class ProfileKeeper:
    own: OwnQueries
    consent: GiveConsent
    store: StoreValue

    async def __call__(self, person: int, complaint: int) -> None:
        """Store what the complaint holds about the person. Raises GoneError, NotAllowedError."""
        case, told = await self.own.case(person, complaint), await self.own(person, complaint)
        is_own = case.behalf is Behalf.SELF
        values = {
            Field.NAME: told.name if case.complainant is Complainant.NATURAL else None,
            Field.NUMBER: told.number if is_own else None,
            Field.TELEPHONE: told.phone,
            Field.REGION: case.region,
            Field.DISTRICT: case.district,
        }
        await self.consent(person)
        for field, value in values.items():
            if value:
                await self.store(person, field, value)


async def get_consent(**_: object) -> dict[str, Any]:
    return {"version": CONSENT_VERSION}


@inject
async def on_save(
    callback: CallbackQuery, _: Button, manager: DialogManager, keep: FromDishka[ProfileKeeper]
) -> None:
    await keep(callback.from_user.id, complaint_of(manager))
    manager.dialog_data.pop(MAY_SAVE, None)
    await callback.answer(context_of(manager).plain("me.saved"), show_alert=True)
    await manager.switch_to(Complain.sent)
