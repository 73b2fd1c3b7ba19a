"""What every complaint action works with: one transaction, rights, audit log, notifier."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import Cipher
from accounts.errors import NotAllowedError
from accounts.officials.store import MembershipStore
from accounts.permissions import Action, allowed
from accounts.roles import Role
from accounts.switches.store import SwitchStore
from accounts.switches.switch import ComplaintsOffError, SwitchedJob
from complaints.assignment import ComplaintStaff, StaffQueries
from complaints.audit_log import CITIZEN, Actor, AuditLog, AuditValue
from complaints.daily_use import DailyUse
from complaints.errors import ConsentNeededError, NotAssigneeError
from complaints.lifecycle import OPEN, ComplaintState, LifecycleStep, transition
from complaints.notifier import ComplaintNotifier, NotificationRenderer
from complaints.store import CONSENT_VERSION, ComplaintKeys, ComplaintStore, ConsentStore
from complaints.tables import ComplaintRow
from database.engine import UnitOfWork
from deadlines.calendar import WorkCalendar
from deadlines.store import LiveCalendar
from kernel.clock import Clock, almaty_date

_ROLES = (Role.HEAD, Role.INSPECTOR, Role.OFFICER, Role.COORDINATOR)  # in order of precedence


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignedWork:
    """A complaint an official may work on, the official's role, and the organisation's staff."""

    row: ComplaintRow
    actor: Actor
    staff: ComplaintStaff


@dataclass(frozen=True, slots=True)
class ComplaintContext:
    unit: UnitOfWork
    cipher: Cipher
    clock: Clock
    live_calendar: LiveCalendar
    renderer: NotificationRenderer

    @property
    def session(self) -> AsyncSession:
        return self.unit.session

    @property
    def complaints(self) -> ComplaintStore:
        return ComplaintStore(self.session)

    @property
    def keys(self) -> ComplaintKeys:
        return ComplaintKeys(self.session, self.cipher)

    @property
    def daily_use(self) -> DailyUse:
        return DailyUse(self.session, self.cipher)

    def now(self) -> datetime:
        return self.clock.now()

    def today(self) -> date:
        return almaty_date(self.now())

    async def calendar(self) -> WorkCalendar:
        return await self.live_calendar.current(self.session)

    async def notifier(self) -> ComplaintNotifier:
        is_working = (await self.calendar()).expects_work
        return ComplaintNotifier(
            session=self.session, renderer=self.renderer, is_working=is_working, now=self.now()
        )

    async def check_consent(self, person: int) -> None:
        """Raises ConsentNeededError unless the person has agreed to the current version."""
        if await ConsentStore(self.session).given(person, CONSENT_VERSION) is None:
            raise ConsentNeededError

    async def check_taking(self) -> None:
        """Raises ComplaintsOffError where an administrator has turned new complaints off."""
        if await SwitchStore(self.session).is_off(SwitchedJob.COMPLAINTS):
            raise ComplaintsOffError

    async def own(self, by: int, complaint: int) -> ComplaintRow:
        """The person's own complaint, locked. Raises GoneError, NotAllowedError."""
        row = await self.complaints.lock(complaint)
        if row.person != by:
            raise NotAllowedError
        return row

    async def staff(self, organisation: str) -> ComplaintStaff:
        return await StaffQueries(self.session).of(organisation, self.today())

    async def allowed(self, by: int, action: Action, staff: ComplaintStaff) -> bool:
        held = [one.held for one in await MembershipStore(self.session).of_person(by)]
        return allowed(action, held, staff.place)

    async def right(self, by: int, action: Action, organisation: str) -> tuple[Actor, ComplaintStaff]:
        """The role in which `by` may do `action` in the organisation. Raises NotAllowedError."""
        staff = await self.staff(organisation)
        if not await self.allowed(by, action, staff):
            raise NotAllowedError
        return actor_of(by, staff), staff

    async def worked(self, by: int, complaint: int) -> AssignedWork:
        """A complaint that `by` has or leads. Raises GoneError, NotAllowedError, NotAssigneeError."""
        row = await self.complaints.lock(complaint)
        actor, staff = await self.right(by, Action.WORK_ON_COMPLAINTS, row.organisation)
        if staff.holder(row.assignee) != by and not await self.allowed(by, Action.LEAD_COMPLAINTS, staff):
            raise NotAssigneeError
        return AssignedWork(row=row, actor=actor, staff=staff)

    def check(self, row: ComplaintRow, step: LifecycleStep) -> None:
        """Raises IllegalTransitionError; called first where that error should win over others."""
        transition(ComplaintState(row.state), step)

    async def step(self, row: ComplaintRow, step: LifecycleStep, actor: Actor, **what: AuditValue) -> None:
        """Move the complaint and log it. Raises IllegalTransitionError.

        Pending notices of the due date are dropped once the complaint is no longer open.
        """
        was_open = ComplaintState(row.state) in OPEN
        row.state = transition(ComplaintState(row.state), step).value
        if was_open and ComplaintState(row.state) not in OPEN:
            await self._close(row)
        await AuditLog(self.session).add(row, step, actor, self.now(), what)
        await self.session.flush()

    async def _close(self, row: ComplaintRow) -> None:
        row.closed_at, row.closed_on = self.now(), self.today()
        row.due_version += 1
        await (await self.notifier()).date_moved(row)


def citizen(by: int) -> Actor:
    return Actor(id=by, role=CITIZEN)


def actor_of(by: int, staff: ComplaintStaff) -> Actor:
    held = {one.role for one in staff.members if one.telegram_id == by}
    role = next((role for role in _ROLES if role in held), Role.COORDINATOR)
    return Actor(id=by, role=role.value)
