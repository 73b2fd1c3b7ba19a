"""What officials are told of joins, roles, leave and colleagues out of reach, in the reader's language.

A notice names the number, role and organisation but no person: names are shown in the bot, where every access
is logged.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from accounts.officials.invitation import Invitation
from accounts.officials.leave import Leave
from accounts.officials.membership import Membership
from bot.request_context import RequestContext
from bot.views.accounts.joins import request
from bot.views.accounts.officials import organisation_name, where
from bot.views.screen import Screen
from localisation.formats import numeric_day
from registry_data.store import OrganisationRepository


class AccountStage(StrEnum):
    """Stages of notices about accounts; see Notice."""

    JOIN_REQUEST = "join_request"  # to who decides
    JOINED = "joined"
    REFUSED = "refused"
    REVOKED = "revoked"
    HANDED_OVER = "handed_over"  # to who inherits the work
    DEPUTY = "deputy"
    FREED = "freed"  # a deputy, of a cancelled leave
    BLOCKED = "blocked"  # to the heads of an official out of reach


_TEXTS: Final = {
    AccountStage.JOINED: "officials.joined",
    AccountStage.REFUSED: "officials.refused",
    AccountStage.REVOKED: "officials.revoked_told",
    AccountStage.HANDED_OVER: "officials.heir_told",
    AccountStage.DEPUTY: "officials.deputy_told",
    AccountStage.FREED: "officials.deputy_freed",
}


@dataclass(frozen=True, slots=True)
class AccountNoticeView:
    """Each method takes the context of the reader."""

    organisations: OrganisationRepository

    async def of_invitation(
        self, read: RequestContext, stage: AccountStage, invitation: Invitation
    ) -> Screen:
        if stage is AccountStage.JOIN_REQUEST:
            return request(read, invitation, await self.organisation(read, invitation.organisation))
        return await self._of_role(read, stage, invitation)

    async def of_membership(
        self, read: RequestContext, stage: AccountStage, membership: Membership
    ) -> Screen:
        return await self._of_role(read, stage, membership)

    async def of_leave(self, read: RequestContext, stage: AccountStage, leave: Leave) -> Screen:
        organisation = await self.organisation(read, leave.organisation)
        first, last = numeric_day(leave.period.first_day), numeric_day(leave.period.last_day)
        return Screen(text=str(read.html(_TEXTS[stage], first=first, last=last, organisation=organisation)))

    async def organisation(self, read: RequestContext, code: str) -> str:
        """The organisation's name."""
        return organisation_name(read, await self.organisations.get(code), code)

    async def _of_role(
        self, read: RequestContext, stage: AccountStage, held: Invitation | Membership
    ) -> Screen:
        organisation = await self.organisation(read, held.organisation)
        return Screen(text=str(read.html(_TEXTS[stage], **where(read, held.role, organisation))))
