"""Officials and organisations in words."""

from accounts.officials.membership import Membership
from accounts.roles import Role
from bot.request_context import RequestContext
from registry_data.organisations import Organisation


def role_name(context: RequestContext, role: Role) -> str:
    return context.plain(f"officials.role_{role.value}")


def organisation_name(context: RequestContext, organisation: Organisation | None, code: str) -> str:
    """The name; the code of one that the registry no longer has."""
    return organisation.names.in_language(context.language) if organisation else code


def where(context: RequestContext, role: Role, organisation: str) -> dict[str, str]:
    """The values of a text that tells of a role somewhere; `organisation` is its name."""
    return {"organisation": organisation, "role": role_name(context, role)}


def role_line(context: RequestContext, one: Membership, organisation: Organisation | None) -> str:
    return context.plain(
        "officials.role_at",
        role=role_name(context, one.role),
        organisation=organisation_name(context, organisation, one.organisation),
    )
