"""Notifies officials of joins, roles and leave, in their own language and in the deciding transaction.

A notice names the number, role and organisation but no person: names are shown in the bot, where every access
is logged.
"""

from dataclasses import dataclass

from accounts.officials.invitation import Invitation
from accounts.officials.leave import Leave
from accounts.officials.membership import Membership
from accounts.person import PersonStore
from bot.request_context import RequestContext, as_read_by
from bot.views.accounts.joins import request
from bot.views.accounts.officials import organisation_name, where
from bot.views.screen import Screen, fields
from localisation.formats import numeric_day
from messaging.outbox.hours import Audience
from notifications.notices import Notice, Notices, key_of
from registry_data.store import OrganisationRepository

_CANCELLED = 2  # the version of a cancelled leave


@dataclass(frozen=True, slots=True, kw_only=True)
class _NoticeTopic:
    """The subject of a notice; see Notice."""

    subject: str
    stage: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class AccountNotifier:
    """Writes notices; the update's unit of work commits them with the change."""

    people: PersonStore
    organisations: OrganisationRepository
    notices: Notices

    async def asks_to_join(self, context: RequestContext, invitation: Invitation, decider: int) -> None:
        """Ask the inviter to confirm."""
        read = await as_read_by(context, self.people, decider)
        screen = request(read, invitation, await self.organisation(read, invitation.organisation))
        matter = _NoticeTopic(subject=f"invitation/{invitation.number}", stage="join_request")
        await self._write(context, matter, decider, screen)

    async def decided(self, context: RequestContext, invitation: Invitation, *, accepted: bool) -> None:
        """Tell the invited person the decision."""
        if invitation.taken_by is None:
            return
        read = await as_read_by(context, self.people, invitation.taken_by)
        stage = "joined" if accepted else "refused"
        text = read.html(f"officials.{stage}", **await self._where(read, invitation))
        matter = _NoticeTopic(subject=f"invitation/{invitation.number}", stage=stage)
        await self._write(context, matter, invitation.taken_by, Screen(text=str(text)))

    async def revoked(self, context: RequestContext, left: Membership, heir: int | None) -> None:
        """Tell the member who lost the role and whoever inherits their open work, except the
        one who decided.
        """
        subject = f"membership/{left.number}"
        for stage, key, person in (
            ("revoked", "officials.revoked_told", left.telegram_id),
            ("handed_over", "officials.heir_told", heir),
        ):
            if person is not None and person != context.person.telegram_id:
                read = await as_read_by(context, self.people, person)
                screen = Screen(text=str(read.html(key, **await self._where(read, left))))
                await self._write(context, _NoticeTopic(subject=subject, stage=stage), person, screen)

    async def deputy(self, context: RequestContext, leave: Leave) -> None:
        """Tell a deputy from when to when they take over a colleague's work."""
        matter = _NoticeTopic(subject=f"leave/{leave.number}", stage="deputy")
        await self._write(
            context, matter, leave.deputy, await self._of_leave(context, leave, "officials.deputy_told")
        )

    async def leave_cancelled(self, context: RequestContext, leave: Leave) -> None:
        """Tell a deputy who knows of the leave that it is cancelled."""
        subject = f"leave/{leave.number}"
        await self.notices.move(subject, _CANCELLED, context.now)
        if await self.notices.sent(key_of(subject, 1, "deputy", leave.deputy)):
            screen = await self._of_leave(context, leave, "officials.deputy_freed")
            matter = _NoticeTopic(subject=subject, stage="freed", version=_CANCELLED)
            await self._write(context, matter, leave.deputy, screen)

    async def _of_leave(self, context: RequestContext, leave: Leave, key: str) -> Screen:
        read = await as_read_by(context, self.people, leave.deputy)
        organisation = await self.organisation(read, leave.organisation)
        first, last = numeric_day(leave.period.first_day), numeric_day(leave.period.last_day)
        return Screen(text=str(read.html(key, first=first, last=last, organisation=organisation)))

    async def organisation(self, context: RequestContext, code: str) -> str:
        """The name in the language of the context."""
        return organisation_name(context, await self.organisations.get(code), code)

    async def _where(self, context: RequestContext, assigned: Invitation | Membership) -> dict[str, str]:
        return where(context, assigned.role, await self.organisation(context, assigned.organisation))

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
