"""A small country on a real database: organisations, staff, calendar, and the reminder job."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select

from accounts.officials.guard import Guard
from accounts.officials.membership import Membership
from accounts.officials.store import MembershipStore
from accounts.officials.tables import LeaveRow
from accounts.roles import Role
from database.engine import Database, UnitOfWork
from deadlines.actions import LoadCalendar
from deadlines.calendar import WorkCalendar
from deadlines.store import LiveCalendar
from kernel.clock import ALMATY, FixedClock
from messaging.outbox.hours import WorkingDays
from messaging.outbox.tables import OutboxRow
from notifications.tick import Tick
from registry_data.contents import Changes
from registry_data.obligations import ObligationRecord, load_obligations
from registry_data.organisations import Organisation
from registry_data.store import (
    ORGANISATIONS,
    OrganisationRepository,
    RegistryRepository,
    RegistryVersionStore,
)
from reminders.actions import FilingContext
from reminders.digest import Digest
from reminders.event_store import EventStore
from reminders.filing import Filing
from reminders.generation import GenerateFilings
from reminders.notifier import DigestReader, ReminderJob
from reminders.queries import FilingQueries
from reminders.store import FilingStore, SettingStore, filing_of
from reminders.tables import FilingRow
from tests.reminders.naive import TABLE

AGENCY, MINISTRY, POLICE, REGION, DISTRICT = "agency", "ministry", "police", "region", "district"
ROWS = (
    (AGENCY, "agency", None),
    (MINISTRY, "ministry", None),
    (POLICE, "territorial_police", MINISTRY),
    (REGION, "akimat_region", None),
    (DISTRICT, "akimat_district", REGION),
)
# A fixed set of obligations, so that a new row in the file changes no test.
OBLIGATIONS = {one.code: one for one in load_obligations() if one.code in TABLE}
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)


def at(text: str) -> datetime:
    """A moment ("2026-10-09 09:00") in Kazakhstan."""
    return datetime.fromisoformat(text).replace(tzinfo=ALMATY)


def words(digest: Digest, reader: DigestReader) -> Mapping[str, Any]:
    """A digest rendered as one line per filing."""
    lines = [
        f"{line.filing.organisation} {line.filing.obligation} {line.filing.occasion} v{line.filing.version} "
        f"{line.due_status.stage} {line.due_status.left} {line.due_status.late} "
        f"{'own' if line.own else 'seen'}"
        for line in digest.lines
    ]
    return {"text": "\n".join(lines)}


def render_plain(digest: Digest, reader: DigestReader) -> Mapping[str, Any]:
    return {"text": f"{len(digest.lines)} things are due"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SentReminder:
    to: int
    lines: tuple[str, ...]


@dataclass(kw_only=True)
class ReminderScenario:
    database: Database
    clock: FixedClock
    obligations: Mapping[str, ObligationRecord] = field(default_factory=lambda: OBLIGATIONS)
    words: Callable[[Digest, DigestReader], Mapping[str, Any]] = words
    _read: int = 0

    @cached_property
    def batch_job(self) -> ReminderJob:
        return self.new_batch_job()

    def new_batch_job(self) -> ReminderJob:
        """A job without caches, as in a new process."""
        return ReminderJob(
            database=self.database,
            calendar=LiveCalendar(self.clock),
            make=GenerateFilings(unit_of_work=self.database.unit_of_work, obligations=self.obligations),
            render=self.words,
            render_plain=render_plain,
        )

    def restart(self) -> None:
        """Drop everything the process held in memory."""
        self.__dict__.pop("chore", None)

    async def found(self, calendar: WorkCalendar) -> None:
        organisations = [
            Organisation.model_validate({"code": code, "kind": kind, "names": names(code), "parent": parent})
            for code, kind, parent in ROWS
        ]
        await self.add(*organisations)
        await self.publish(calendar)

    async def add(self, *organisations: Organisation) -> None:
        async with self.database.unit_of_work() as unit:
            added = Changes(added=tuple(one.code for one in organisations))
            await RegistryRepository(unit.session, ORGANISATIONS).apply(organisations, added, LONG_AGO)
            await RegistryVersionStore(unit.session).lock()
            await RegistryVersionStore(unit.session).raise_by_one()
            await unit.commit()

    async def publish(self, calendar: WorkCalendar, checked: date = date(2026, 1, 1)) -> None:
        load = LoadCalendar(unit_of_work=self.database.unit_of_work)
        await load(calendar, checked=checked, at=self.clock.now())

    async def add_membership(self, person: int, organisation: str, role: Role = Role.OFFICER) -> None:
        member = Membership(
            number=0, telegram_id=person, organisation=organisation, role=role, joined_at=LONG_AGO
        )
        async with self.database.unit_of_work() as unit:
            await MembershipStore(unit.session).add(member, None)
            await unit.commit()

    async def leave(self, person: int, deputy: int, organisation: str, days: tuple[date, date]) -> None:
        async with self.database.unit_of_work() as unit:
            row = LeaveRow(
                telegram_id=person,
                organisation=organisation,
                deputy=deputy,
                first_day=days[0],
                last_day=days[1],
                made_at=LONG_AGO,
            )
            unit.session.add(row)
            await unit.commit()

    async def tick(self, moment: str | None = None) -> list[SentReminder]:
        """Run the job at `moment`; returns its messages."""
        if moment is not None:
            self.clock.instant = at(moment)
        await self.run_tick()
        return await self.new_messages()

    async def run_tick(self) -> None:
        """The real tick, with this job alone."""
        days = WorkingDays(LiveCalendar(self.clock))
        batch_jobs = (self.batch_job.as_batch_job(),)
        await Tick(
            database=self.database, clock=self.clock, working_days=days, jobs=(), batch_jobs=batch_jobs
        ).run()

    async def new_messages(self) -> list[SentReminder]:
        """Outbox messages written since the last call."""
        async with self.database.session() as session:
            query = select(OutboxRow).where(OutboxRow.id > self._read).order_by(OutboxRow.id)
            rows = (await session.scalars(query)).all()
        self._read = max([self._read, *(row.id for row in rows)])
        return [
            SentReminder(to=row.chat_id, lines=tuple(json.loads(row.payload)["text"].split("\n")))
            for row in rows
        ]

    async def filings(self, organisation: str | None = None, obligation: str | None = None) -> list[Filing]:
        query = select(FilingRow).order_by(FilingRow.named_on, FilingRow.id)
        if organisation is not None:
            query = query.where(FilingRow.organisation == organisation)
        if obligation is not None:
            query = query.where(FilingRow.obligation == obligation)
        async with self.database.session() as session:
            return [filing_of(row) for row in await session.scalars(query)]

    async def filing(self, organisation: str, obligation: str, occasion: str) -> Filing:
        found = await self.filings(organisation, obligation)
        return next(one for one in found if one.occasion == occasion)

    @asynccontextmanager
    async def context(self) -> AsyncIterator[FilingContext]:
        """The context of actions, in one unit of work."""
        async with self.database.unit_of_work() as unit:
            yield filing_context(unit, self.clock)

    async def do(self, action: Callable[[FilingContext], Awaitable[Any]]) -> Any:
        async with self.context() as context:
            return await action(context)


def filing_context(unit: UnitOfWork, clock: FixedClock) -> FilingContext:
    session = unit.session
    guard = Guard(MembershipStore(session), OrganisationRepository(session))
    return FilingContext(unit, guard, FilingStore(session), SettingStore(session), LiveCalendar(clock), clock)


def queries_of(context: FilingContext) -> FilingQueries:
    return FilingQueries(context.guard, context.filings, EventStore(context.unit.session))


def names(code: str) -> dict[str, str]:
    return {"kk": code, "ru": code, "en": code}
