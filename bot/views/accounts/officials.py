"""Names of officials' organisations and roles."""

from accounts.officials.membership import Membership
from accounts.roles import Role
from bot.request_context import RequestContext
from registry_data.organisations import Organisation


def role_name(context: RequestContext, role: Role) -> str:
    return context.plain(f"officials.role_{role.value}")


def organisation_name(context: RequestContext, organisation: Organisation | None, code: str) -> str:
    """The name, or the code if the registry no longer has the organisation."""
    return organisation.names.in_language(context.language) if organisation else code


def where(context: RequestContext, role: Role, organisation: str) -> dict[str, str]:
    """Values of a text about a role in an organisation."""
    return {"organisation": organisation, "role": role_name(context, role)}


def role_line(context: RequestContext, membership: Membership, organisation: Organisation | None) -> str:
    return context.plain(
        "officials.role_at",
        role=role_name(context, membership.role),
        organisation=organisation_name(context, organisation, membership.organisation),
    )
