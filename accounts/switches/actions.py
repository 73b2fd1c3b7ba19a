"""Turn a job off and on, and see who did so and why: for administrators and the operator."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.officials.guard import Guard
from accounts.permissions import Action
from accounts.switches.store import SwitchStore
from accounts.switches.switch import JobSwitch, SwitchedJob, read_reason
from database.engine import UnitOfWork, atomic
from kernel.clock import Clock

SwitchFollowUp = Callable[
    [AsyncSession, JobSwitch, datetime], Awaitable[None]
]  # in the switch's own transaction


@dataclass(frozen=True, slots=True)
class TurnSwitch:
    """`followed` is what else a change of the switch updates in the database."""

    unit: UnitOfWork
    guard: Guard
    switches: SwitchStore
    clock: Clock
    followed: SwitchFollowUp

    @atomic
    async def __call__(self, by: int | None, job: SwitchedJob, reason: str, *, off: bool) -> JobSwitch:
        """`by` is None for the operator, who needs no right.

        Raises NotAllowedError, SwitchedAlreadyError, ReasonMissingError, ReasonTooLongError,
        ReasonPersonalError.
        """
        if by is not None:
            await self.guard.check(by, Action.SWITCH_JOBS)
        now = self.clock.now()
        turned = JobSwitch(job=job, is_off=off, at=now, by=by, reason=read_reason(reason))
        await self.switches.add(turned)
        await self.followed(self.unit.session, turned, now)
        return turned


@dataclass(frozen=True, slots=True)
class SeeSwitches:
    """The switches as an administrator sees them, read from the database."""

    guard: Guard
    switches: SwitchStore

    async def all(self, by: int) -> dict[SwitchedJob, JobSwitch]:
        """The latest state of each job ever switched. Raises NotAllowedError."""
        await self.guard.check(by, Action.SWITCH_JOBS)
        return await self.switches.latest()

    async def history(self, by: int, job: SwitchedJob, limit: int) -> Sequence[JobSwitch]:
        """The job's latest changes, newest first. Raises NotAllowedError."""
        await self.guard.check(by, Action.SWITCH_JOBS)
        return await self.switches.history(job, limit)
