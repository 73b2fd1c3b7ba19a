"""Roles people hold in organisations."""

from enum import StrEnum

from registry_data.organisations import OrganisationKind


class Role(StrEnum):
    OFFICER = "officer"
    HEAD = "head"
    COORDINATOR = "coordinator"  # internal control of the organisation and of those under it
    INSPECTOR = "inspector"  # of the Agency that assesses service quality
    EDITOR = "editor"  # of the registry of services
    ADMINISTRATOR = "administrator"


STAFF = frozenset({Role.OFFICER, Role.HEAD, Role.COORDINATOR, Role.INSPECTOR})
KEEPERS = frozenset({Role.EDITOR, Role.ADMINISTRATOR})  # system roles, held for all organisations
_AGENCY = frozenset({OrganisationKind.AGENCY, OrganisationKind.AGENCY_DEPARTMENT})


def fits(role: Role, kind: OrganisationKind) -> bool:
    """Whether an organisation of `kind` has such a role: only the Agency has inspectors."""
    return role is not Role.INSPECTOR or kind in _AGENCY
