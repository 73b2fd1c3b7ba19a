"""Notices about accounts as they are when they are sent; one that no longer holds is not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.errors import GoneError, NotAllowedError
from accounts.officials.deciding import check_decides
from accounts.officials.guard import Guard
from accounts.officials.invitation import Invitation, InvitationState
from accounts.officials.invitations import InvitationStore
from accounts.officials.membership import Membership
from accounts.officials.store import HandOverStore, MembershipStore, leave_of, membership_of
from accounts.officials.tables import InvitationRow, LeaveRow, MembershipRow
from bot.request_context import ReaderContexts
from bot.views.accounts.notices import AccountNoticeView, AccountStage
from bot.views.accounts.undelivered import blocked_words, heads_over
from bot.views.screen import fields
from kernel.clock import almaty_date
from messaging.outbox.reachability import unreachable_since
from messaging.outbox.refreshing import Refresh, WaitingNotice
from notifications.notices import NoticeKind
from registry_data.store import OrganisationRepository

Fields = Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRefresher:
    readers: ReaderContexts

    def by_subject(self) -> Mapping[str, Refresh]:
        """A refresher for each first word of an account notice's subject."""
        return {
            NoticeKind.INVITATION: self.invitation,
            NoticeKind.MEMBERSHIP: self.membership,
            NoticeKind.LEAVE: self.leave,
            NoticeKind.REACH: self.reach,
        }

    async def invitation(self, session: AsyncSession, notice: WaitingNotice, now: datetime) -> Fields:
        stage, row = AccountStage(notice.stage), await session.get(InvitationRow, notice.number)
        invitation = await InvitationStore(session).read(notice.number)
        if row is None or invitation is None:
            return None
        holds = {
            AccountStage.JOIN_REQUEST: invitation.state(now) is InvitationState.WAITING
            and await _decides(session, notice.recipient, invitation),
            AccountStage.JOINED: bool(row.accepted) and await _holds_role(session, notice, invitation),
            AccountStage.REFUSED: row.accepted is False,
        }
        if not holds[stage]:
            return None
        read = await self.readers.of(session, notice.recipient)
        return fields(await _view(session).of_invitation(read, stage, invitation))

    async def membership(self, session: AsyncSession, notice: WaitingNotice, _: datetime) -> Fields:
        stage, left = AccountStage(notice.stage), await _membership(session, notice.number)
        if left is None or not await _left_still(session, notice, stage, left):
            return None
        read = await self.readers.of(session, notice.recipient)
        return fields(await _view(session).of_membership(read, stage, left))

    async def leave(self, session: AsyncSession, notice: WaitingNotice, now: datetime) -> Fields:
        """Of a leave that is over nobody need know any more."""
        stage, row = AccountStage(notice.stage), await session.get(LeaveRow, notice.number)
        if row is None or row.last_day < almaty_date(now):
            return None
        if (row.cancelled_at is None) is not (stage is AccountStage.DEPUTY):
            return None
        read = await self.readers.of(session, notice.recipient)
        return fields(await _view(session).of_leave(read, stage, leave_of(row)))

    async def reach(self, session: AsyncSession, notice: WaitingNotice, _: datetime) -> Fields:
        """None once the official can be reached again, or is none any more."""
        lost = await MembershipStore(session).get(notice.number)
        if lost is None or lost.telegram_id not in await unreachable_since(session, [lost.telegram_id]):
            return None
        if notice.recipient not in await heads_over(session, lost):
            return None
        return await blocked_words(session, self.readers.texts, lost, notice.recipient)


def _view(session: AsyncSession) -> AccountNoticeView:
    return AccountNoticeView(OrganisationRepository(session))


async def _decides(session: AsyncSession, person: int, invitation: Invitation) -> bool:
    guard = Guard(MembershipStore(session), OrganisationRepository(session))
    try:
        await check_decides(guard, person, invitation)
    except (NotAllowedError, GoneError):
        return False
    return True


async def _holds_role(session: AsyncSession, notice: WaitingNotice, held: Invitation | Membership) -> bool:
    """Whether the recipient has the role now."""
    mine = await MembershipStore(session).of_person(notice.recipient)
    return any((one.role, one.organisation) == (held.role, held.organisation) for one in mine)


async def _left_still(
    session: AsyncSession, notice: WaitingNotice, stage: AccountStage, left: Membership
) -> bool:
    """Whether the role was not given back meanwhile, or its work handed on to somebody else."""
    if stage is AccountStage.REVOKED:
        return not await _holds_role(session, notice, left)
    handed = await HandOverStore(session).latest(left.organisation)
    colleagues = await MembershipStore(session).of_organisation(left.organisation)
    is_here = any(one.telegram_id == notice.recipient for one in colleagues)
    return is_here and handed.get(left.telegram_id, notice.recipient) == notice.recipient


async def _membership(session: AsyncSession, number: int) -> Membership | None:
    """The membership, ended or not."""
    row = await session.get(MembershipRow, number)
    return None if row is None else membership_of(row)
