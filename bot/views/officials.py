"""Officials and organisations in words."""

from accounts.officials.membership import Membership
from accounts.roles import Role
from bot.talk import Talk
from registry_data.organisations import Organisation


def role_name(talk: Talk, role: Role) -> str:
    return talk.plain(f"officials.role_{role.value}")


def organisation_name(talk: Talk, organisation: Organisation | None, code: str) -> str:
    """The name; the code of one that the registry no longer has."""
    return organisation.names.in_language(talk.language) if organisation else code


def where(talk: Talk, role: Role, organisation: str) -> dict[str, str]:
    """The values of a text that tells of a role somewhere; `organisation` is its name."""
    return {"organisation": organisation, "role": role_name(talk, role)}


def role_line(talk: Talk, one: Membership, organisation: Organisation | None) -> str:
    return talk.plain(
        "officials.role_at",
        role=role_name(talk, one.role),
        organisation=organisation_name(talk, organisation, one.organisation),
    )
