"""Getting a role: an invited person opens the link and gives a name; the inviter confirms."""

from dataclasses import dataclass
from datetime import datetime

from accounts.errors import GoneError
from accounts.officials.deciding import check_decides
from accounts.officials.guard import Guard
from accounts.officials.invitation import (
    VALID_FOR,
    GuessesLockedError,
    Invitation,
    InvitationNotFoundError,
    InvitationOverError,
    InvitationState,
    OwnInvitationError,
    digest_of,
    make_token,
)
from accounts.officials.invitations import GuessStore, InvitationStore
from accounts.officials.membership import Membership, RoleDoesNotFitError
from accounts.officials.store import MembershipStore
from accounts.officials.tables import InvitationRow
from accounts.permissions import to_invite
from accounts.profile.actions import check_consent
from accounts.profile.fields import READERS, Field
from accounts.profile.store import ProfileStore
from accounts.roles import Role, fits
from database.engine import RefusedButKeptError, UnitOfWork, atomic
from kernel.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A new invitation's token, shown once and stored only as a digest, and its expiry (aware)."""

    number: int
    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Invite:
    unit: UnitOfWork
    guard: Guard
    invitations: InvitationStore
    clock: Clock

    @atomic
    async def __call__(self, by: int | None, organisation: str, role: Role) -> Issued:
        """`by` is None for the operator at the command line, who has every right.

        Raises NotAllowedError, GoneError for an unknown organisation, RoleDoesNotFitError.
        """
        if by is not None:
            await self.guard.check(by, to_invite(role), organisation)
        found = await self.guard.organisations.get(organisation)
        if found is None:
            raise GoneError
        if not fits(role, found.kind):
            raise RoleDoesNotFitError
        now, token = self.clock.now(), make_token()
        row = InvitationRow(
            digest=digest_of(token),
            organisation=organisation,
            role=role.value,
            invited_by=by,
            made_at=now,
            expires_at=now + VALID_FOR,
        )
        number = await self.invitations.add(row)
        return Issued(number=number, token=token, expires_at=now + VALID_FOR)


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    unit: UnitOfWork
    invitations: InvitationStore
    guesses: GuessStore
    clock: Clock

    @atomic
    async def __call__(self, telegram_id: int, token: str) -> Invitation:
        """The invitation of a link, reserved for this person from now on.

        Raises GuessesLockedError after five wrong tokens, InvitationNotFoundError, InvitationOverError,
        OwnInvitationError.
        """
        now = self.clock.now()
        if await self.guesses.are_locked(telegram_id, now):
            raise GuessesLockedError
        found = await self.invitations.by_digest(digest_of(token))
        if found is None:
            await self.guesses.count(telegram_id, now)
            raise RefusedButKeptError(InvitationNotFoundError())
        if not found.is_for(telegram_id, now):
            raise InvitationOverError
        if found.invited_by == telegram_id:
            raise OwnInvitationError
        if found.taken_by is None:
            await self.invitations.take(found.number, telegram_id, now)
        await self.guesses.forget(telegram_id)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduced:
    """`joined` at once, or waiting for a decision of one of `deciders`."""

    invitation: Invitation
    joined: bool
    deciders: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class IntroduceOneself:
    """The person who opened the link gives the name the organisation knows them by.

    Without an administrator nobody in the bot could confirm an invitation the operator issued at the command
    line, so it needs no confirmation then.
    """

    unit: UnitOfWork
    invitations: InvitationStore
    members: MembershipStore
    profiles: ProfileStore
    clock: Clock

    @atomic
    async def __call__(self, telegram_id: int, number: int, name: str) -> Introduced:
        """Raises InvitationOverError, ConsentMissingError, NameInvalidError."""
        now = self.clock.now()
        found = await taken(self.invitations, number, telegram_id, now)
        await check_consent(self.profiles, telegram_id)
        await self.profiles.keep(
            telegram_id, Field.OFFICIAL_NAME, READERS[Field.OFFICIAL_NAME](name), self.clock.now()
        )
        await self.invitations.introduce(number, now)
        administrators = await self.members.with_role(Role.ADMINISTRATOR)
        joins = found.invited_by is None and not administrators
        if joins:
            await self.invitations.decide(number, accepted=True, at=now)
            await self.members.add(membership_of(found, now), None)
        asked = (
            [one.telegram_id for one in administrators] if found.invited_by is None else [found.invited_by]
        )
        return Introduced(invitation=found, joined=joins, deciders=tuple(dict.fromkeys(asked)))


@dataclass(frozen=True, slots=True)
class DeclineInvitation:
    unit: UnitOfWork
    invitations: InvitationStore
    clock: Clock

    @atomic
    async def __call__(self, telegram_id: int, number: int) -> None:
        """Raises InvitationOverError."""
        now = self.clock.now()
        await taken(self.invitations, number, telegram_id, now)
        await self.invitations.decide(number, accepted=False, at=now)


@dataclass(frozen=True, slots=True)
class DecideJoin:
    """The inviter or an administrator confirms or refuses."""

    unit: UnitOfWork
    guard: Guard
    invitations: InvitationStore
    members: MembershipStore
    clock: Clock

    @atomic
    async def __call__(self, by: int | None, number: int, *, accept: bool) -> Invitation:
        """`by` is None for the operator. Raises NotAllowedError, InvitationOverError, GoneError."""
        now = self.clock.now()
        found = await self.invitations.get(number)
        if found is None:
            raise GoneError
        if by is not None:
            await check_decides(self.guard, by, found)
        if found.state(now) is not InvitationState.WAITING:
            raise InvitationOverError
        await self.invitations.decide(number, accepted=accept, at=now)
        if accept:
            await self.members.add(membership_of(found, now), by)
        return found


async def taken(store: InvitationStore, number: int, telegram_id: int, now: datetime) -> Invitation:
    """The invitation the person has opened and not answered. Raises InvitationOverError."""
    found = await store.get(number)
    if found is None or found.taken_by != telegram_id or found.state(now) is not InvitationState.TAKEN:
        raise InvitationOverError
    return found


def membership_of(found: Invitation, now: datetime) -> Membership:
    """The membership that a confirmed invitation creates."""
    assert found.taken_by is not None
    return Membership(
        number=0,
        telegram_id=found.taken_by,
        organisation=found.organisation,
        role=found.role,
        joined_at=now,
    )
