"""Who has a complaint today, through hand-overs and leave, and which colleagues are notified."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.officials.leave import holder
from accounts.officials.membership import Membership
from accounts.officials.store import HandOverStore, LeaveStore, MembershipStore
from accounts.permissions import Action, OrganisationPath, allowed
from accounts.roles import Role
from registry_data.store import OrganisationRepository


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintStaff:
    """An organisation's staff on one day. `above` are members of the organisations above it."""

    place: OrganisationPath
    members: tuple[Membership, ...]
    above: tuple[Membership, ...] = ()
    gone: Mapping[int, int | None] = field(default_factory=dict)
    deputies: Mapping[int, int] = field(default_factory=dict)

    @property
    def heads(self) -> frozenset[int]:
        return self._with(Role.HEAD)

    @property
    def workers(self) -> frozenset[int]:
        """Members who may take a complaint."""
        held = [one for one in self.members if allowed(Action.WORK_ON_COMPLAINTS, [one.held], self.place)]
        return frozenset(one.telegram_id for one in held)

    @property
    def coordinators(self) -> frozenset[int]:
        """The organisation's own coordinators, else those of the organisations above it."""
        own = self._with(Role.COORDINATOR)
        return own or frozenset(one.telegram_id for one in self.above if one.role is Role.COORDINATOR)

    @property
    def readers(self) -> frozenset[int]:
        """Who may be told of a complaint at all."""
        return self._present | self.coordinators

    def holder(self, assignee: int | None) -> int | None:
        """Who has the work of `assignee` today; None where it is unassigned."""
        if assignee is None:
            return None
        found = holder(assignee, self.gone, self.deputies)
        return found if found in self.workers else None

    def assignees_of(self, person: int) -> frozenset[int]:
        """Assignees whose work `person` has today, including `person` unless on leave."""
        known = self._present | set(self.gone)
        return frozenset(one for one in known if self.holder(one) == person)

    def unheld(self) -> frozenset[int]:
        """Assignees whose work is unassigned today."""
        return frozenset(one for one in self._present | set(self.gone) if self.holder(one) is None)

    def recipients(self, assignee: int | None) -> frozenset[int]:
        """Who is notified of a complaint assigned to `assignee`: the current holder, else the heads."""
        found = self.holder(assignee)
        return self.heads if found is None else frozenset({found})

    def _with(self, role: Role) -> frozenset[int]:
        return frozenset(one.telegram_id for one in self.members if one.role is role)

    @property
    def _present(self) -> frozenset[int]:
        return frozenset(one.telegram_id for one in self.members)


@dataclass(frozen=True, slots=True)
class StaffQueries:
    session: AsyncSession

    async def of(self, organisation: str, today: date) -> ComplaintStaff:
        store = MembershipStore(self.session)
        members = tuple(await store.of_organisation(organisation))
        present = {one.telegram_id for one in members}
        above = await OrganisationRepository(self.session).above(organisation)
        handed = await HandOverStore(self.session).latest(organisation)
        leaves = await LeaveStore(self.session).on(organisation, today)
        return ComplaintStaff(
            place=OrganisationPath(code=organisation, above=above),
            members=members,
            above=tuple([one for code in sorted(above) for one in await store.of_organisation(code)]),
            gone={someone: heir for someone, heir in handed.items() if someone not in present},
            deputies={leave.telegram_id: leave.deputy for leave in leaves if leave.telegram_id in present},
        )
