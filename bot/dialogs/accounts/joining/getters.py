"""The invitation being accepted, read again for each window."""

from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.officials.invitations import InvitationStore
from accounts.officials.joining import taken
from accounts.profile.actions import CONSENT_VERSION
from bot.request_context import RequestContext
from bot.views.accounts.officials import organisation_name, role_name
from registry_data.store import OrganisationRepository


@inject
async def get_invitation(
    dialog_manager: DialogManager,
    context: RequestContext,
    invitations: FromDishka[InvitationStore],
    organisations: FromDishka[OrganisationRepository],
    **_: object,
) -> dict[str, Any]:
    number = invitation_of(dialog_manager)
    found = await taken(invitations, number, context.person.telegram_id, context.now)
    organisation = await organisations.get(found.organisation)
    return {
        "organisation": organisation_name(context, organisation, found.organisation),
        "role": role_name(context, found.role),
        "version": CONSENT_VERSION,
    }


def invitation_of(manager: DialogManager) -> int:
    """The number of the invitation the dialog was started with."""
    assert isinstance(manager.start_data, dict)
    return int(manager.start_data["invitation"])
