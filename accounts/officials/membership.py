"""A role held in an organisation, and the rules of joining and leaving."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.permissions import Action, HeldRole, OrganisationPath, allowed
from accounts.roles import Role
from kernel.errors import DomainError

_HANDED_OVER = (Action.WORK_ON_COMPLAINTS, Action.FILE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    number: int
    telegram_id: int
    organisation: str
    role: Role
    joined_at: datetime

    @property
    def held(self) -> HeldRole:
        return HeldRole(role=self.role, organisation=self.organisation)


class LastHeadError(DomainError):
    """An organisation needs a head: another one must join first."""

    code = "last_head"


class LastAdministratorError(DomainError):
    """The system needs an administrator: another one must join first."""

    code = "last_administrator"


class RoleDoesNotFitError(DomainError):
    """The role does not exist in such an organisation."""

    code = "role_does_not_fit"


class NotAMemberError(DomainError):
    """The successor or deputy must be another member of the organisation who may do the work."""

    code = "not_a_member"


def successors(person: int, members: Iterable[Membership]) -> list[int]:
    """Members of `person`'s organisation who may do everything that `person` may leave open there, each once.

    `members` are all of the organisation. Somebody who may not work on complaints would stop them.
    """
    roles: dict[int, list[HeldRole]] = {}
    for one in members:
        roles.setdefault(one.telegram_id, []).append(one.held)
    left = _work(roles.pop(person, []))
    return [other for other, held in roles.items() if left <= _work(held) and _work(held)]


def _work(held: list[HeldRole]) -> set[Action]:
    return {action for action in _HANDED_OVER for one in held if allowed(action, [one], _place(one))}


def _place(held: HeldRole) -> OrganisationPath:
    return OrganisationPath(code=held.organisation)


def check_may_end(leaving: Membership, others: Iterable[Membership]) -> None:
    """Raises LastHeadError or LastAdministratorError; `others` are all remaining memberships, everywhere."""
    staying = [one.held for one in others]
    if leaving.role is Role.HEAD and leaving.held not in staying:
        raise LastHeadError
    if leaving.role is Role.ADMINISTRATOR and all(one.role is not Role.ADMINISTRATOR for one in staying):
        raise LastAdministratorError
