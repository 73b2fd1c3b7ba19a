"""The actions of every package on one unit of work, and their trials."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Self

from accounts.checklists import ChecklistStore
from accounts.cipher import Cipher
from accounts.person import PersonStore
from accounts.roles import Role
from complaints.actions.context import ComplaintContext
from database.engine import UnitOfWork
from deadlines.store import LiveCalendar
from kernel.clock import FixedClock
from knowledge.journal.store import JournalStore
from reminders.actions import FilingContext
from reports.context import ReportContext
from reports.factory import make_context
from tests.accounts.people import AccountsScenario
from tests.complaints.scenario import (
    AGENCY_BODY,
    AKIMAT,
    HEAD,
    MORNING,
    OF_AKIMAT,
    OFFICER,
    ComplaintScenario,
)
from tests.reminders.scenario import filing_context


@dataclass(slots=True, kw_only=True)
class World:
    cipher: Cipher
    calendar: LiveCalendar
    clock: FixedClock
    unit: UnitOfWork = field(init=False)

    def on(self, unit: UnitOfWork) -> Self:
        self.unit = unit
        return self

    @property
    def scenario(self) -> ComplaintScenario:
        return ComplaintScenario(
            unit=self.unit, cipher=self.cipher, calendar=self.calendar, clock=self.clock, service=OF_AKIMAT
        )

    @property
    def complaints(self) -> ComplaintContext:
        return self.scenario.context

    @property
    def filings(self) -> FilingContext:
        return filing_context(self.unit, self.clock)

    @property
    def reports(self) -> ReportContext:
        return make_context(self.unit, self.clock)

    @property
    def accounts(self) -> AccountsScenario:
        return AccountsScenario(unit=self.unit, cipher=self.cipher, clock=self.clock)

    @property
    def journal(self) -> JournalStore:
        return JournalStore(self.unit.session)

    @property
    def people(self) -> PersonStore:
        return PersonStore(self.unit.session)

    @property
    def checklists(self) -> ChecklistStore:
        return ChecklistStore(self.unit.session)

    async def staff(self) -> None:
        """An officer and a head at the connected regional akimat, and the Agency."""
        await self.scenario.connect(AKIMAT, AGENCY_BODY)
        await self.scenario.add_membership(OFFICER, Role.OFFICER, AKIMAT)
        await self.scenario.add_membership(HEAD, Role.HEAD, AKIMAT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """`act` succeeds with what `ready` prepared, and writes something through `method` of `action`."""

    action: type
    method: str
    ready: Callable[[World], Awaitable[Any]]
    act: Callable[[World, Any], Awaitable[Any]]

    @property
    def name(self) -> str:
        return f"{self.action.__module__}.{self.action.__qualname__}.{self.method}"


async def nobody(world: World) -> None:
    """Prepares nothing."""


def trial(
    action: Any,
    act: Callable[[World, Any], Awaitable[Any]],
    ready: Callable[[World], Awaitable[Any]] = nobody,
    method: str = "__call__",
) -> Trial:
    return Trial(action=action, method=method, ready=ready, act=act)


def new_clock() -> FixedClock:
    return FixedClock(MORNING)
