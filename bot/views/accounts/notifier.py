"""Notifies officials of joins, roles and leave, in their own language and in the deciding transaction."""

from dataclasses import dataclass

from accounts.officials.invitation import Invitation
from accounts.officials.leave import Leave
from accounts.officials.membership import Membership
from accounts.person import PersonStore
from bot.request_context import RequestContext, as_read_by
from bot.views.accounts.notices import AccountNoticeView, AccountStage
from bot.views.screen import Screen, fields
from messaging.outbox.hours import Audience
from notifications.notices import Notice, NoticeKind, Notices, key_of
from registry_data.store import OrganisationRepository

_CANCELLED = 2  # the version of a cancelled leave


@dataclass(frozen=True, slots=True, kw_only=True)
class _NoticeTopic:
    """The subject of a notice; see Notice."""

    subject: str
    stage: AccountStage
    version: int = 1


@dataclass(frozen=True, slots=True)
class AccountNotifier:
    """Writes notices; the update's unit of work commits them with the change."""

    people: PersonStore
    organisations: OrganisationRepository
    notices: Notices

    async def asks_to_join(self, context: RequestContext, invitation: Invitation, decider: int) -> None:
        """Ask the inviter to confirm."""
        await self._of_invitation(context, AccountStage.JOIN_REQUEST, invitation, decider)

    async def decided(self, context: RequestContext, invitation: Invitation, *, accepted: bool) -> None:
        """Tell the invited person the decision."""
        if invitation.taken_by is not None:
            stage = AccountStage.JOINED if accepted else AccountStage.REFUSED
            await self._of_invitation(context, stage, invitation, invitation.taken_by)

    async def revoked(self, context: RequestContext, left: Membership, heir: int | None) -> None:
        """Tell the member who lost the role and whoever inherits their open work, except the
        one who decided.
        """
        for stage, person in (
            (AccountStage.REVOKED, left.telegram_id),
            (AccountStage.HANDED_OVER, heir),
        ):
            if person is not None and person != context.person.telegram_id:
                read = await as_read_by(context, self.people, person)
                matter = _NoticeTopic(subject=NoticeKind.MEMBERSHIP.of(left.number), stage=stage)
                screen = await self._view.of_membership(read, stage, left)
                await self._write(context, matter, person, screen)

    async def deputy(self, context: RequestContext, leave: Leave) -> None:
        """Tell a deputy from when to when they take over a colleague's work."""
        await self._of_leave(context, AccountStage.DEPUTY, leave, 1)

    async def leave_cancelled(self, context: RequestContext, leave: Leave) -> None:
        """Tell a deputy who knows of the leave that it is cancelled."""
        subject = NoticeKind.LEAVE.of(leave.number)
        await self.notices.move(subject, _CANCELLED, context.now)
        if await self.notices.sent(key_of(subject, 1, AccountStage.DEPUTY, leave.deputy)):
            await self._of_leave(context, AccountStage.FREED, leave, _CANCELLED)

    async def organisation(self, context: RequestContext, code: str) -> str:
        """The name in the language of the context."""
        return await self._view.organisation(context, code)

    async def _of_invitation(
        self, context: RequestContext, stage: AccountStage, invitation: Invitation, to: int
    ) -> None:
        read = await as_read_by(context, self.people, to)
        matter = _NoticeTopic(subject=NoticeKind.INVITATION.of(invitation.number), stage=stage)
        await self._write(context, matter, to, await self._view.of_invitation(read, stage, invitation))

    async def _of_leave(
        self, context: RequestContext, stage: AccountStage, leave: Leave, version: int
    ) -> None:
        read = await as_read_by(context, self.people, leave.deputy)
        matter = _NoticeTopic(subject=NoticeKind.LEAVE.of(leave.number), stage=stage, version=version)
        await self._write(context, matter, leave.deputy, await self._view.of_leave(read, stage, leave))

    @property
    def _view(self) -> AccountNoticeView:
        return AccountNoticeView(self.organisations)

    async def _write(self, context: RequestContext, matter: _NoticeTopic, to: int, screen: Screen) -> None:
        notice = Notice(
            subject=matter.subject,
            version=matter.version,
            stage=matter.stage,
            recipient=to,
            audience=Audience.OFFICIAL,
            due_at=context.now,
            payload=fields(screen),
        )
        await self.notices.write([notice], context.now)
