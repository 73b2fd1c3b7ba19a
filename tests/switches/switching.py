"""Turn switches in a unit of work, like an update's or the operator's."""

from accounts.officials.guard import Guard
from accounts.officials.membership import Membership
from accounts.officials.store import MembershipStore
from accounts.roles import Role
from accounts.switches.actions import SeeSwitches, TurnSwitch
from accounts.switches.store import SwitchStore
from accounts.switches.switch import JobSwitch, SwitchedJob
from database.engine import Database, UnitOfWork
from kernel.clock import Clock
from registry_data.store import OrganisationRepository
from reminders.job_switches import followed

ADMINISTRATOR, OFFICER, NOBODY = 71_001, 71_002, 71_003
REASON = "Тізілім жаңартылуда: <b>бағалар</b> & мерзімдер"


def guard(unit: UnitOfWork) -> Guard:
    return Guard(MembershipStore(unit.session), OrganisationRepository(unit.session))


def turning(unit: UnitOfWork, clock: Clock) -> TurnSwitch:
    return TurnSwitch(unit, guard(unit), SwitchStore(unit.session), clock, followed)


def seeing(unit: UnitOfWork) -> SeeSwitches:
    return SeeSwitches(guard(unit), SwitchStore(unit.session))


async def turn(
    database: Database, clock: Clock, job: SwitchedJob, *, off: bool, by: int | None = None
) -> JobSwitch:
    """Turn a switch in its own transaction, like another process or the operator."""
    async with database.unit_of_work() as unit:
        return await turning(unit, clock)(by, job, REASON, off=off)


async def add_membership(database: Database, clock: Clock, person: int, role: Role) -> None:
    member = Membership(
        number=0, telegram_id=person, organisation="police-almaty", role=role, joined_at=clock.now()
    )
    async with database.unit_of_work() as unit:
        await MembershipStore(unit.session).add(member, None)
        await unit.commit()
