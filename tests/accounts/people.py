"""Actions of accounts on a real database, in a unit of work like an update's."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from accounts.cipher import Cipher
from accounts.officials.connecting import Connect, Disconnect
from accounts.officials.guard import Guard
from accounts.officials.invitations import GuessStore, InvitationStore
from accounts.officials.joining import DecideJoin, IntroduceOneself, Invite, OpenInvitation
from accounts.officials.leaving import CancelLeave, Revoke, TakeLeave
from accounts.officials.membership import Membership
from accounts.officials.queries import MemberQueries
from accounts.officials.store import ConnectionStore, HandOverStore, LeaveStore, MembershipStore
from accounts.profile.actions import GiveConsent, StoreValue
from accounts.profile.store import ProfileStore
from accounts.roles import Role
from complaints.assignment import StaffQueries
from database.engine import UnitOfWork
from kernel.clock import FixedClock
from registry_data.contents import Changes
from registry_data.organisations import Organisation
from registry_data.store import ORGANISATIONS, OrganisationRepository, RegistryRepository

NOON = datetime(2026, 3, 19, 7, 0, tzinfo=UTC)
AGENCY, MINISTRY, POLICE, AKIMAT = "agency", "ministry", "police", "akimat"


@dataclass(slots=True, kw_only=True)
class AccountsScenario:
    """Four organisations (the police under the ministry) and the actions on them."""

    unit: UnitOfWork
    cipher: Cipher
    clock: FixedClock = field(default_factory=lambda: FixedClock(NOON))

    @property
    def members(self) -> MembershipStore:
        return MembershipStore(self.unit.session)

    @property
    def guard(self) -> Guard:
        return Guard(self.members, OrganisationRepository(self.unit.session))

    @property
    def profiles(self) -> ProfileStore:
        return ProfileStore(self.unit.session, self.cipher)

    @property
    def invitations(self) -> InvitationStore:
        return InvitationStore(self.unit.session)

    @property
    def invite(self) -> Invite:
        return Invite(self.unit, self.guard, self.invitations, self.clock)

    @property
    def open(self) -> OpenInvitation:
        guesses = GuessStore(self.unit.session, self.cipher)
        return OpenInvitation(self.unit, self.invitations, guesses, self.clock)

    @property
    def introduce(self) -> IntroduceOneself:
        return IntroduceOneself(self.unit, self.invitations, self.members, self.profiles, self.clock)

    @property
    def decide(self) -> DecideJoin:
        return DecideJoin(self.unit, self.guard, self.invitations, self.members, self.clock)

    @property
    def revoke(self) -> Revoke:
        hand_overs = HandOverStore(self.unit.session)
        return Revoke(self.unit, self.guard, self.members, self.invitations, hand_overs, self.clock)

    @property
    def take_leave(self) -> TakeLeave:
        return TakeLeave(self.unit, self.guard, self.members, LeaveStore(self.unit.session), self.clock)

    @property
    def cancel_leave(self) -> CancelLeave:
        return CancelLeave(self.unit, LeaveStore(self.unit.session), self.clock)

    @property
    def connect(self) -> Connect:
        return Connect(self.unit, self.guard, ConnectionStore(self.unit.session), self.clock)

    @property
    def disconnect(self) -> Disconnect:
        return Disconnect(self.unit, self.guard, ConnectionStore(self.unit.session), self.clock)

    @property
    def queries(self) -> MemberQueries:
        return MemberQueries(self.guard, self.members, LeaveStore(self.unit.session), self.profiles)

    async def holder(self, organisation: str, person: int, today: date) -> int | None:
        """Who has what was assigned to `person`, as complaints ask it."""
        return (await StaffQueries(self.unit.session).of(organisation, today)).holder(person)

    async def consent(self, person: int) -> None:
        await GiveConsent(self.unit, self.profiles, self.clock)(person)

    async def keep(self, person: int, *what: Any) -> None:
        await StoreValue(self.unit, self.profiles, self.clock)(person, *what)

    async def membership(self, person: int, role: Role, organisation: str = POLICE) -> int:
        """Give a role directly; return the membership's number."""
        one = Membership(
            number=0, telegram_id=person, organisation=organisation, role=role, joined_at=self.clock.now()
        )
        await self.members.add(one, None)
        return next(held.number for held in await self.members.of_person(person) if held.held == one.held)

    async def joined(self, inviter: int | None, person: int, role: Role, organisation: str = POLICE) -> int:
        """Take an invitation up to the inviter's decision; return its number."""
        issued = await self.invite(inviter, organisation, role)
        await self.open(person, issued.token)
        await self.consent(person)
        await self.introduce(person, issued.number, "Серик Ахметов")
        return issued.number


async def found_organisations(unit: UnitOfWork) -> None:
    """Create the four organisations."""
    rows = [
        (AGENCY, "agency", None),
        (MINISTRY, "ministry", None),
        (POLICE, "territorial_police", MINISTRY),
        (AKIMAT, "akimat_region", None),
    ]
    organisations = [
        Organisation.model_validate(
            {"code": code, "kind": kind, "names": {"kk": code, "ru": code}, "parent": parent}
        )
        for code, kind, parent in rows
    ]
    added = Changes(added=tuple(one.code for one in organisations))
    await RegistryRepository(unit.session, ORGANISATIONS).apply(organisations, added, NOON)
