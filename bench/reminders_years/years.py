"""Years of simulated days through the real tick and delivery, with crashes, restarts and clock jumps."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import delete

from accounts.officials.tables import MembershipRow
from accounts.roles import Role
from bench.crashes.world import Crash, CrashingDatabase, Fuse
from bench.reminders_years.verdict import YearsVerdict
from deadlines.actions import LoadCalendar
from deadlines.calendar import WorkCalendar
from deadlines.store import LiveCalendar
from kernel.clock import ALMATY, FixedClock, almaty_date
from kernel.period import Period
from messaging.outbox.channel import Call, Refused, Sent
from messaging.outbox.claims import due_chats
from messaging.outbox.delivery import Delivery
from messaging.outbox.hours import Audience, WorkingDays, next_moment
from messaging.outbox.sending import MessageSender, Pace
from messaging.outbox.tables import OutboxRow
from notifications.tick import Tick
from registry_data.contents import Changes
from registry_data.obligations import ObligationRecord, load_obligations
from registry_data.organisations import Organisation
from registry_data.store import ORGANISATIONS, RegistryRepository, RegistryVersionStore
from reminders.digest import Digest
from reminders.generation import GenerateFilings
from reminders.notifier import DigestReader, ReminderJob
from reminders.plan import due_dates, periods_due
from reminders.schedule import next_reminder
from reminders.store import FilingStore
from reminders.tables import FilingAuditRow, FilingRow, FilingsGeneratedRow, SnoozeRow

POINTS = ("statement", "before commit", "after commit", "before send", "after send")
BEGINNING = datetime(2026, 1, 5, 8, 0, tzinfo=ALMATY)
PERSON, ORGANISATION = 11, "ministry"
OBLIGATIONS = ("form.1-mq", "report.annual", "control.annual_plan")
_LATE_DAYS_TOLD = 4  # then it is submitted
_MOST_PASSES = {"statement": 30}
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)


@dataclass(slots=True, kw_only=True)
class Years:
    """One ministry with one officer, who hands everything in four working days late.

    What should have come is known from the ladder alone: for each filing the days on which it was to be told
    of while it stood open. `pending` are the points at which to crash next.
    """

    database: CrashingDatabase
    calendar: WorkCalendar
    chance: random.Random
    verdict: YearsVerdict = field(default_factory=YearsVerdict)
    clock: FixedClock = field(default_factory=lambda: FixedClock(BEGINNING))
    beginning: datetime = BEGINNING
    days: int = 366
    jumps: float = 0.02
    _obligations: Mapping[str, ObligationRecord] = field(default_factory=dict)
    pending: list[str] = field(default_factory=list)
    _told: Counter[str] = field(default_factory=Counter)
    _allowed: Counter[str] = field(default_factory=Counter)
    _in_doubt: tuple[str, ...] = ()
    _messages: int = 0
    _parts: tuple[Tick, Delivery] | None = None
    _fuse: Fuse = field(default_factory=Fuse)

    def __post_init__(self) -> None:
        self._obligations = {one.code: one for one in load_obligations() if one.code in OBLIGATIONS}
        self.database.committed = self._marked

    async def found(self) -> None:
        """The calendar, the ministry and its officer."""
        load = LoadCalendar(unit_of_work=self.database.unit_of_work)
        await load(self.calendar, checked=date(2026, 1, 1), at=LONG_AGO)
        one = Organisation.model_validate(
            {"code": ORGANISATION, "kind": "ministry", "names": {"kk": "м", "ru": "м"}}
        )
        async with self.database.unit_of_work() as unit:
            added = Changes(added=(ORGANISATION,))
            await RegistryRepository(unit.session, ORGANISATIONS).apply((one,), added, LONG_AGO)
            await RegistryVersionStore(unit.session).lock()
            await RegistryVersionStore(unit.session).raise_by_one()
            role = Role.OFFICER.value
            unit.session.add(
                MembershipRow(telegram_id=PERSON, organisation=ORGANISATION, role=role, joined_at=LONG_AGO)
            )
            await unit.commit()

    async def live(self, crashes: int) -> None:
        """A year of days, a tick at some hours of each; so many crashes spread over it. Then it is judged."""
        self.clock.instant = self.beginning
        days = Counter(self.chance.randrange(self.days) for _ in range(crashes))
        for number in range(self.days):
            self.pending += [self.chance.choice(POINTS) for _ in range(days[number])]
            await self._day()
            self.clock.instant = self.beginning + timedelta(days=number + 1)
        self._judge()
        self.verdict.years += 1
        await self._forget()

    async def _day(self) -> None:
        """A tick in the morning and one at another hour; now and then the clock jumps."""
        if self.chance.random() < self.jumps:
            await self._jump()
        for hour in (9, self.chance.choice((12, 18, 22))):
            await self._ring(hour)
        await self._hand_in()

    async def _jump(self) -> None:
        """The clock is wrong for one tick, by up to a month backwards; never back before the beginning, when
        other filings were still ahead than those that the ministry was founded with.
        """
        true = self.clock.instant
        lived = (true - self.beginning).days
        if lived < 1:
            return
        self.clock.instant = true - timedelta(days=self.chance.randrange(1, min(lived, 29) + 1))
        await self._run()
        self.clock.instant = true
        self.verdict.jumps += 1

    async def _ring(self, hour: int) -> None:
        local = self.clock.instant.astimezone(ALMATY)
        self.clock.instant = local.replace(hour=hour, minute=self.chance.randrange(0, 2))
        await self._run()

    async def _run(self) -> None:
        """A tick and what it has to send; after a crash a new process does the same anew."""
        while True:
            if self._fuse.point is None and self.pending:
                point = self.pending.pop()
                self._fuse = Fuse(point, self.chance.randrange(1, _MOST_PASSES.get(point, 2) + 1))
            point = self._fuse.point
            self.database.fuse = self._fuse
            try:
                await self._work()
            except Crash:
                self._crashed(point)
            else:
                return
            finally:
                self.database.fuse = Fuse()

    async def _work(self) -> None:
        tick, delivery = self._process()
        await tick.run()
        async with self.database.session() as session:
            chats = await due_chats(session, self.clock.now(), limit=10)
        for chat in chats:
            await delivery.deliver(chat)

    def _crashed(self, point: str | None) -> None:
        """What the process held in memory is gone."""
        self.verdict.crashes[point or ""] += 1
        self._allowed.update(self._in_doubt)
        self._in_doubt = ()
        self._parts = None

    async def _hand_in(self) -> None:
        """What is late for some working days is submitted."""
        today = almaty_date(self.clock.instant)
        async with self.database.unit_of_work() as unit:
            store = FilingStore(unit.session)
            for filing in await store.late([ORGANISATION], today):
                late = self.calendar.working_between(filing.dates.late_after, today)
                if late >= _LATE_DAYS_TOLD:
                    await store.change(filing.number, state="submitted", remind_at=None)
            await unit.commit()

    async def send(self, call: Call) -> Sent | Refused:
        """Telegram: takes it, mostly."""
        self.database.fuse.at("before send")
        if self.chance.random() < 0.02:
            return Refused(code=502)
        now = self.clock.now()
        if next_moment(Audience.OFFICIAL, now, self.calendar.expects_work) > now:
            self.verdict.outside_hours += 1
        self._in_doubt = tuple(json.loads(call.payload)["text"].split("\n"))
        self._told.update(self._in_doubt)
        self.database.fuse.at("after send")
        self._messages += 1
        return Sent(message_id=self._messages)

    def _marked(self) -> None:
        self._in_doubt = ()

    def _judge(self) -> None:
        """Every rung that came in the year was told once; twice only where a crash allowed."""
        expected = self._expected()
        self.verdict.told += self._told.total()
        self.verdict.lost += [one for one in expected if one not in self._told]
        for text, times in self._told.items():
            self.verdict.doubled += times - 1
            if text not in expected or times - 1 > self._allowed[text]:
                self.verdict.amiss.append(text)
        self._told.clear()
        self._allowed.clear()

    def _expected(self) -> set[str]:
        found = set()
        first = self.beginning.date()
        last = first + timedelta(days=self.days - 1)
        for record in self._obligations.values():
            for period in periods_due(record, first, last + timedelta(days=365)):
                found |= self._of_period(record, period, first, last)
        return found

    def _of_period(self, record: ObligationRecord, period: Period, first: date, last: date) -> set[str]:
        """The ladder is climbed day by day: a rung before the first day counts with the first working day."""
        dates = due_dates(record, period, self.calendar)
        found, day = set(), first
        told: datetime | None = None
        handed_in = False
        while day <= last and not handed_in:
            at = datetime.combine(day, time(23), ALMATY)
            if self.calendar.is_working(day) and next_reminder(dates, self.calendar, told) <= at:
                found.add(f"{record.code} {period.code} {day}")
                told = at
            late = self.calendar.working_between(dates.late_after, day)
            handed_in = late >= _LATE_DAYS_TOLD
            day += timedelta(days=1)
        return found

    def _process(self) -> tuple[Tick, Delivery]:
        if self._parts is None:
            self._parts = self._new_process()
        return self._parts

    def _new_process(self) -> tuple[Tick, Delivery]:
        live = LiveCalendar(self.clock)
        days = WorkingDays(live)
        batch_job = ReminderJob(
            database=self.database,
            calendar=live,
            make=GenerateFilings(unit_of_work=self.database.unit_of_work, obligations=self._obligations),
            render=self._words,
            render_plain=self._words,
        )
        seconds = [0.0]

        async def sleep(wait: float) -> None:
            seconds[0] += wait
            await asyncio.sleep(0)

        sender = MessageSender(
            channel=self, clock=self.clock, pace=Pace(monotonic=lambda: seconds[0]), sleep=sleep
        )
        delivery = Delivery(database=self.database, sender=sender, clock=self.clock, working_days=days)
        tick = Tick(
            database=self.database,
            clock=self.clock,
            working_days=days,
            jobs=(),
            batch_jobs=(batch_job.as_batch_job(),),
        )
        return tick, delivery

    def _words(self, digest: Digest, _: DigestReader) -> Mapping[str, Any]:
        day = almaty_date(self.clock.now())
        lines = [f"{line.filing.obligation} {line.filing.occasion} {day}" for line in digest.lines]
        return {"text": "\n".join(lines)}

    async def _forget(self) -> None:
        """The next year begins on an empty desk."""
        async with self.database.unit_of_work() as unit:
            for row in (SnoozeRow, FilingAuditRow, FilingRow, FilingsGeneratedRow, OutboxRow):
                await unit.session.execute(delete(row))
            await unit.commit()
        self._parts = None
