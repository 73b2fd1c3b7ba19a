"""Data of the /me windows: everything stored about the person who asks, and nobody else."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from aiogram_dialog import DialogManager
from dishka import FromDishka
from dishka.integrations.aiogram_dialog import inject

from accounts.officials.membership import Membership
from accounts.officials.store import MembershipStore
from accounts.organisations import OrganisationQueries
from accounts.profile.actions import CONSENT_VERSION
from accounts.profile.fields import CHOSEN, Field, StoredProfile
from accounts.profile.store import ProfileStore
from accounts.roles import Role
from accounts.store import PersonStore
from bot.dialogs.accounts.profile.states import ASKING
from bot.request_context import RequestContext
from bot.views.accounts.officials import role_line
from bot.views.complaints.facts import place_name
from localisation.moments import moment
from registry_data.store import REGIONS, RegistryRepository


@inject
async def get_me(
    context: RequestContext,
    profiles: FromDishka[ProfileStore],
    people: FromDishka[PersonStore],
    members: FromDishka[MembershipStore],
    organisations: FromDishka[OrganisationQueries],
    **_: object,
) -> dict[str, Any]:
    number = context.person.telegram_id
    mine = await profiles.of(number)
    roles = await members.of_person(number)
    return {
        "telegram_id": number,
        "since": _moment(context, await people.known_since(number)),
        "spoken": context.plain("common.language_name"),
        "consent": _consent(context, mine),
        "official_name": mine.values.get(Field.OFFICIAL_NAME, ""),
        "roles": [role_line(context, one, await organisations.get(one.organisation)) for one in roles],
        "fields": [(field.value, context.plain(f"me.button_{field.value}")) for field in CHOSEN],
        **{field.value: mine.values.get(field) or context.plain("me.nothing") for field in CHOSEN},
        "region": _region(context, mine),
        **_links(roles),
    }


async def get_consent(**_: object) -> dict[str, Any]:
    return {"version": CONSENT_VERSION}


@inject
async def get_asked(
    dialog_manager: DialogManager, context: RequestContext, profiles: FromDishka[ProfileStore], **_: object
) -> dict[str, Any]:
    """Whether the requested value is already stored."""
    state = dialog_manager.current_context().state
    asked = next(field for field, asking in ASKING.items() if asking == state)
    return {"is_kept": asked in (await profiles.of(context.person.telegram_id)).values}


@inject
async def get_regions(
    dialog_manager: DialogManager, context: RequestContext, profiles: FromDishka[ProfileStore], **_: object
) -> dict[str, Any]:
    regions = await RegistryRepository(profiles.session, REGIONS).all()
    names = sorted((one.names.in_language(context.language), one.code) for one in regions)
    asked: dict[str, Any] = await get_asked(dialog_manager=dialog_manager, context=context, **_)
    return asked | {"regions": [(code, name) for name, code in names]}


@inject
async def get_districts(
    context: RequestContext, profiles: FromDishka[ProfileStore], **_: object
) -> dict[str, Any]:
    mine = (await profiles.of(context.person.telegram_id)).values
    region = context.catalogue.regions.get(mine.get(Field.REGION, ""))
    found = region.districts if region is not None else ()
    named = sorted((one.names.in_language(context.language), one.code) for one in found)
    return {"districts": [(code, name) for name, code in named]}


def _links(roles: Sequence[Membership]) -> dict[str, bool]:
    held = {one.role for one in roles}
    return {"is_official": bool(held), "is_editor": Role.EDITOR in held}


def _consent(context: RequestContext, mine: StoredProfile) -> str:
    if mine.consent is None:
        return context.plain("me.nothing")
    return context.plain(
        "me.consent_given", version=mine.consent.version, at=_moment(context, mine.consent.first_given_at)
    )


def _moment(context: RequestContext, at: datetime | None) -> str:
    return moment(at) if at is not None else context.plain("me.nothing")


def _region(context: RequestContext, mine: StoredProfile) -> str:
    """The region and, if chosen, the district."""
    code = mine.values.get(Field.REGION)
    named = place_name(context, code, mine.values.get(Field.DISTRICT))
    return named or code or context.plain("me.nothing")
