"""Read memberships, for people who may see them, and the assignment of work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.officials.guard import Guard
from accounts.officials.leave import Leave
from accounts.officials.membership import Membership
from accounts.officials.store import LeaveStore, MembershipStore
from accounts.permissions import Action
from accounts.profile.fields import Field
from accounts.profile.store import ProfileStore
from messaging.outbox.reachability import unreachable_since


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A membership with the official's name (None if not stored), today's leave, and whether messages reach
    the official, who may have blocked the bot.
    """

    membership: Membership
    name: str | None
    leave: Leave | None
    reachable: bool = True


@dataclass(frozen=True, slots=True)
class MemberQueries:
    guard: Guard
    members: MembershipStore
    leaves: LeaveStore
    profiles: ProfileStore

    async def of_organisation(self, by: int, organisation: str, today: date) -> list[Member]:
        """The organisation's members, as far as `by` may see them. Raises NotAllowedError, GoneError."""
        await self.guard.check(by, Action.SEE_MEMBERS, organisation)
        memberships = await self.members.of_organisation(organisation)
        people = [one.telegram_id for one in memberships]
        names, lost = await self.names(people), await unreachable_since(self.members.session, people)
        away = {leave.telegram_id: leave for leave in await self.leaves.on(organisation, today)}
        return [
            Member(
                membership=one,
                name=names.get(one.telegram_id),
                leave=away.get(one.telegram_id),
                reachable=one.telegram_id not in lost,
            )
            for one in memberships
        ]

    async def names(self, people: Sequence[int]) -> dict[int, str]:
        """The officials' own names, for those who gave one."""
        return await self.profiles.values_of(people, Field.OFFICIAL_NAME)
