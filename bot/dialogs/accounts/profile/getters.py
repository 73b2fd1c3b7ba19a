"""Data of the /me windows: everything stored about the person who asks, and nobody else."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.checklists import ChecklistStore
from accounts.officials.membership import Membership
from accounts.officials.store import MembershipStore
from accounts.person import PersonStore
from accounts.profile.actions import CONSENT_VERSION
from accounts.profile.fields import CHOSEN, Field, StoredProfile
from accounts.profile.store import ProfileStore
from accounts.roles import Role
from bot.dialogs.accounts.profile.states import ASKING
from bot.request_context import RequestContext
from bot.views.accounts.officials import role_line
from bot.views.complaints.complaint import place_name
from localisation.formats import moment
from registry_data.store import REGIONS, OrganisationRepository, RegistryRepository


@inject
async def get_me(
    context: RequestContext,
    profiles: FromDishka[ProfileStore],
    people: FromDishka[PersonStore],
    members: FromDishka[MembershipStore],
    organisations: FromDishka[OrganisationRepository],
    **_: object,
) -> dict[str, Any]:
    number = context.person.telegram_id
    profile = await profiles.of(number)
    roles = await members.of_person(number)
    return {
        "telegram_id": number,
        "since": _moment(context, await people.known_since(number)),
        "spoken": context.plain("common.language_name"),
        "consent": _consent(context, profile),
        "official_name": profile.values.get(Field.OFFICIAL_NAME, ""),
        "roles": [role_line(context, one, await organisations.get(one.organisation)) for one in roles],
        "fields": [(field.value, context.plain(f"me.button_{field.value}")) for field in CHOSEN],
        **{field.value: profile.values.get(field) or context.plain("me.nothing") for field in CHOSEN},
        "region": _region(context, profile),
        **_links(roles),
    }


@inject
async def get_ticked(
    context: RequestContext, lists: FromDishka[ChecklistStore], **_: object
) -> dict[str, Any]:
    """How many lists the person ticks."""
    return {"lists": len(await lists.keys(context.person.telegram_id))}


async def get_consent(**_: object) -> dict[str, Any]:
    return {"version": CONSENT_VERSION}


@inject
async def get_field(
    dialog_manager: DialogManager, context: RequestContext, profiles: FromDishka[ProfileStore], **_: object
) -> dict[str, Any]:
    """Whether the requested value is already stored."""
    state = dialog_manager.current_context().state
    asked = next(field for field, question in ASKING.items() if question == state)
    return {"is_kept": asked in (await profiles.of(context.person.telegram_id)).values}


@inject
async def get_regions(
    dialog_manager: DialogManager, context: RequestContext, profiles: FromDishka[ProfileStore], **_: object
) -> dict[str, Any]:
    regions = await RegistryRepository(profiles.session, REGIONS).all()
    names = sorted((one.names.in_language(context.language), one.code) for one in regions)
    asked: dict[str, Any] = await get_field(dialog_manager=dialog_manager, context=context, **_)
    return asked | {"regions": [(code, name) for name, code in names]}


@inject
async def get_districts(
    context: RequestContext, profiles: FromDishka[ProfileStore], **_: object
) -> dict[str, Any]:
    profile = (await profiles.of(context.person.telegram_id)).values
    region = context.catalogue.regions.get(profile.get(Field.REGION, ""))
    found = region.districts if region is not None else ()
    named = sorted((one.names.in_language(context.language), one.code) for one in found)
    return {"districts": [(code, name) for name, code in named]}


def _links(roles: Sequence[Membership]) -> dict[str, bool]:
    held = {one.role for one in roles}
    return {"is_official": bool(held), "is_editor": Role.EDITOR in held}


def _consent(context: RequestContext, profile: StoredProfile) -> str:
    if profile.consent is None:
        return context.plain("me.nothing")
    return context.plain(
        "me.consent_given",
        version=profile.consent.version,
        at=_moment(context, profile.consent.first_given_at),
    )


def _moment(context: RequestContext, at: datetime | None) -> str:
    return moment(at) if at is not None else context.plain("me.nothing")


def _region(context: RequestContext, profile: StoredProfile) -> str:
    """The region and, if chosen, the district."""
    code = profile.values.get(Field.REGION)
    named = place_name(context, code, profile.values.get(Field.DISTRICT))
    return named or code or context.plain("me.nothing")
