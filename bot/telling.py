"""Telling officials what concerns them, each in his own language, in the transaction that decided it."""

from dataclasses import dataclass

from aiogram import Bot
from aiogram.types import InlineKeyboardMarkup
from markupsafe import Markup

from accounts.officials.invitation import Invitation
from accounts.officials.invitations import InvitationStore
from accounts.officials.membership import Membership
from accounts.officials.queries import MemberQueries
from accounts.officials.tables import LeaveRow
from accounts.organisations import OrganisationQueries
from accounts.roles import Role
from accounts.store import PersonStore
from bot.callbacks import JoinPress
from bot.speaking import as_read_by
from bot.talk import Talk
from bot.views.officials import organisation_name, role_name
from bot.views.screen import button, keyboard
from bot.views.when import day


@dataclass(frozen=True, slots=True)
class Telling:
    """What is said to a person other than the one who writes; the bot's capture puts it into the outbox."""

    bot: Bot
    people: PersonStore
    organisations: OrganisationQueries
    members: MemberQueries
    invitations: InvitationStore

    async def asks_to_join(self, talk: Talk, number: int, decider: int) -> None:
        """Ask whoever invited to confirm, with the name that was given."""
        invitation = await self.invitations.get(number)
        if invitation is None or invitation.taken_by is None:
            return
        read = await as_read_by(talk, self.people, decider)
        name = await self._name(read, invitation.taken_by)
        where = await self._where(read, invitation.organisation, invitation.role)
        presses = [
            [button(read.plain("officials.confirm"), JoinPress(number=number, accept=True).pack())],
            [button(read.plain("officials.refuse"), JoinPress(number=number, accept=False).pack())],
        ]
        await self._say(decider, read.html("officials.join_request", name=name, **where), keyboard(presses))

    async def decided(self, talk: Talk, invitation: Invitation, *, accepted: bool) -> None:
        """Tell whoever took the invitation what became of it."""
        if invitation.taken_by is None:
            return
        read = await as_read_by(talk, self.people, invitation.taken_by)
        where = await self._where(read, invitation.organisation, invitation.role)
        key = "officials.joined" if accepted else "officials.refused"
        await self._say(invitation.taken_by, read.html(key, **where))

    async def decision(self, talk: Talk, invitation: Invitation, *, accepted: bool) -> Markup:
        """What whoever decided reads in place of the request."""
        key = "officials.confirmed_by_you" if accepted else "officials.refused_by_you"
        return talk.html(key, **await self._where(talk, invitation.organisation, invitation.role))

    async def revoked(self, talk: Talk, left: Membership, heir: int | None) -> None:
        """Tell whoever lost a role, and whoever has his open work now."""
        read = await as_read_by(talk, self.people, left.telegram_id)
        where = await self._where(read, left.organisation, left.role)
        await self._say(left.telegram_id, read.html("officials.revoked_told", **where))
        if heir is not None:
            read = await as_read_by(talk, self.people, heir)
            where = await self._where(read, left.organisation, left.role)
            name = await self._name(read, left.telegram_id)
            text = read.html("officials.heir_told", name=name, organisation=where["organisation"])
            await self._say(heir, text)

    async def deputy(self, talk: Talk, leave: LeaveRow) -> None:
        """Tell a deputy from when to when he has whose work."""
        read = await as_read_by(talk, self.people, leave.deputy)
        organisation = await self.organisations.get(leave.organisation)
        text = read.html(
            "officials.deputy_told",
            first=day(leave.first_day),
            last=day(leave.last_day),
            name=await self._name(read, leave.telegram_id),
            organisation=organisation_name(read, organisation, leave.organisation),
        )
        await self._say(leave.deputy, text)

    async def _name(self, talk: Talk, telegram_id: int) -> str:
        names = await self.members.names([telegram_id])
        return names.get(telegram_id) or talk.plain("officials.no_name")

    async def _where(self, talk: Talk, code: str, role: Role) -> dict[str, str]:
        organisation = await self.organisations.get(code)
        return {"organisation": organisation_name(talk, organisation, code), "role": role_name(talk, role)}

    async def _say(self, to: int, text: Markup, board: InlineKeyboardMarkup | None = None) -> None:
        await self.bot.send_message(to, str(text), reply_markup=board)
