"""Who may decide on a join request, and whose name they see first."""

from dataclasses import dataclass

from accounts.errors import GoneError, NotAllowedError
from accounts.officials.guard import Guard
from accounts.officials.invitation import Invitation, InvitationOverError, InvitationState
from accounts.officials.invitations import InvitationStore
from accounts.permissions import to_invite
from accounts.profile.fields import Field
from accounts.profile.store import ProfileStore
from accounts.roles import Role
from kernel.clock import Clock


@dataclass(frozen=True, slots=True)
class SeeJoin:
    """The name given with an invitation, for the person who decides on it."""

    guard: Guard
    invitations: InvitationStore
    profiles: ProfileStore
    clock: Clock

    async def __call__(self, by: int, number: int) -> tuple[Invitation, str | None]:
        """The name is None where it was forgotten.

        Raises NotAllowedError, InvitationOverError, GoneError.
        """
        found = await self.invitations.get(number)
        if found is None:
            raise GoneError
        await check_decides(self.guard, by, found)
        if found.taken_by is None or found.state(self.clock.now()) is not InvitationState.WAITING:
            raise InvitationOverError
        names = await self.profiles.values_of([found.taken_by], Field.OFFICIAL_NAME)
        return found, names.get(found.taken_by)


async def check_decides(guard: Guard, by: int, found: Invitation) -> None:
    """The inviter or an administrator may decide. Raises NotAllowedError."""
    await guard.check(by, to_invite(found.role), found.organisation)
    administers = any(one.role is Role.ADMINISTRATOR for one in await guard.members.of_person(by))
    if by == found.taken_by or not (by == found.invited_by or administers):
        raise NotAllowedError
