"""Job of the tick: claim the reminders that are due and send one message per person.

Driven by state: each filing stores when to remind of it next. Claiming moves that moment in the transaction
that writes the messages, so any number of processes remind once; after an outage everything due comes at
once, oldest first.
"""

import secrets
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

import structlog
from sqlalchemy import Table, delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.officials.tables import IS_MEMBER, MembershipRow
from accounts.switches.store import SwitchStore
from accounts.switches.switch import SwitchedJob
from accounts.tables import PersonRow
from database.engine import Database
from deadlines.calendar import WorkCalendar
from deadlines.store import LiveCalendar
from kernel.clock import almaty_date
from kernel.language import Language
from messaging.outbox import writing as outbox
from messaging.outbox.hours import Audience, next_moment
from messaging.outbox.message import OutboxMessage
from notifications.notices import NoticeKind, key_of
from notifications.personal_data import PersonalDataError, reject_personal_data
from notifications.tick import BatchJob
from registry_data.tables import OrganisationRow
from reminders.digest import Digest, digests, recipients_of
from reminders.filing import Filing
from reminders.generation import GenerateFilings, lock
from reminders.plan import DueDates
from reminders.schedule import DEFAULT_SCHEDULE, ReminderSchedule, next_reminder
from reminders.staff import MANY, staff_of
from reminders.store import SettingStore, chunks, filing_of
from reminders.tables import IS_OPEN, WAITS, FilingRow, ReminderScheduleRow, SnoozeRow

_log = structlog.get_logger(__name__)
_MESSAGES = 1_000  # rows per insert
_QUIET = {"synchronize_session": False}  # the session holds no object of these rows
_COLUMNS = tuple(cast(Table, FilingRow.__table__).columns)
_OFFICIALS = select(MembershipRow.telegram_id).where(IS_MEMBER)
_OWN = exists().where(ReminderScheduleRow.organisation == FilingRow.organisation)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestReader:
    """What rendering a digest needs besides it; `names` of the organisations where there are several."""

    language: Language
    names: Mapping[str, Mapping[str, str]]


DigestFields = Callable[[Digest, DigestReader], Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderJob:
    """`render` makes the fields of sendMessage; `render_plain` does so without details of the filings."""

    database: Database
    calendar: LiveCalendar
    make: GenerateFilings
    render: DigestFields
    render_plain: DigestFields

    def as_batch_job(self) -> BatchJob:
        return BatchJob(name="filings", run=self.run)

    async def run(self, now: datetime) -> int:
        """The number of messages written: none outside the officials' hours or while reminders are off."""
        async with self.database.session() as session:
            calendar = await self.calendar.current(session)
            is_needed = await self.make.is_needed(session, now)
        if is_needed:
            await self.make(now)
        if next_moment(Audience.OFFICIAL, now, calendar.expects_work) > now:
            return 0
        async with self.database.session() as session:
            if await _is_off(session) or not await _anything(session, now):
                return 0
        return await self._remind(now, calendar)

    async def _remind(self, now: datetime, calendar: WorkCalendar) -> int:
        async with self.database.unit_of_work() as unit:
            await lock(unit.session)
            if await _is_off(unit.session):  # switched meanwhile
                return 0
            claim = DueReminders(session=unit.session, calendar=calendar, now=now)
            found = await claim.everything()
            readers = await _readers(unit.session, found)
            notifier = DigestWriter(render=self.render, render_plain=self.render_plain)
            for part in chunks(found, _MESSAGES):
                messages = [notifier.message(one, readers[one.recipient], now) for one in part]
                await outbox.write(unit.session, messages, now)
            await unit.commit()
        return len(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestWriter:
    """Turns digests into outbox messages; `clean` caches texts already found free of personal data."""

    render: DigestFields
    render_plain: DigestFields
    clean: set[str] = field(default_factory=set)

    def message(self, digest: Digest, reader: DigestReader, now: datetime) -> OutboxMessage:
        """Written once, in the transaction of the claim; its key says only when, and that it is a notice."""
        subject = NoticeKind.REMINDERS.of(digest.recipient)
        stage = f"due_{almaty_date(now):%Y%m%d}_{secrets.token_hex(6)}"
        return OutboxMessage(
            chat_id=digest.recipient,
            method="sendMessage",
            payload={"chat_id": digest.recipient, **self._payload(digest, reader)},
            send_at=now,
            key=key_of(subject, 1, stage, digest.recipient),
            subject=subject,
            version=1,
            audience=Audience.OFFICIAL,
        )

    def _payload(self, digest: Digest, reader: DigestReader) -> Mapping[str, Any]:
        """The rendered digest; where rendering or its check fails, a text that something is due."""
        try:
            payload = self.render(digest, reader)
            self._check(payload)
        except (LookupError, ValueError) as error:
            kind = "personal data" if isinstance(error, PersonalDataError) else type(error).__name__
            _log.error("a digest cannot be rendered in full", error=kind, lines=len(digest.lines))
            return self.render_plain(digest, reader)
        return payload

    def _check(self, payload: Mapping[str, Any]) -> None:
        """Check each text once: thousands of people receive the same one. Raises PersonalDataError."""
        rows = payload.get("reply_markup", {}).get("inline_keyboard", ())
        said = {payload["text"], *(button["text"] for row in rows for button in row)}
        if unknown := said - self.clean:
            reject_personal_data({"texts": sorted(unknown)})
            self.clean.update(unknown)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueReminders:
    """Claims every reminder due at `now`, in the caller's transaction."""

    session: AsyncSession
    calendar: WorkCalendar
    now: datetime

    @property
    def today(self) -> date:
        return almaty_date(self.now)

    async def everything(self) -> list[Digest]:
        """The digests to send; the caller writes them and commits."""
        snoozed = await self._snoozes()
        filings = {one.number: one for one in await self._schedules()}
        recipients = await self._recipients(filings.values())
        for filing, person in snoozed:
            filings.setdefault(filing.number, filing)
            recipients.setdefault(filing.number, {}).setdefault(person, True)
        return digests(filings.values(), recipients, self.today, self.calendar)

    async def _schedules(self) -> list[Filing]:
        """Filings whose moment has come, each moved on to its next moment."""
        due = (WAITS, FilingRow.remind_at <= self.now)
        days = (FilingRow.lead_on, FilingRow.late_after)
        found: list[Filing] = []
        own = await self.session.execute(select(*days, FilingRow.organisation).where(*due, _OWN).distinct())
        schedules = await SettingStore(self.session).schedules() if (rows := own.all()) else {}
        for lead_on, late_after, code in rows:
            which = (*due, FilingRow.organisation == code)
            found += await self._move_on(_dates(lead_on, late_after), schedules[code], which)
        usual = await self.session.execute(select(*days).where(*due, ~_OWN).distinct())
        for lead_on, late_after in usual.all():
            found += await self._move_on(_dates(lead_on, late_after), DEFAULT_SCHEDULE, (*due, ~_OWN))
        return found

    async def _move_on(
        self, dates: DueDates, schedule: ReminderSchedule, which: Sequence[Any]
    ) -> list[Filing]:
        """Returns only the rows of `which` that no other process has moved on meanwhile."""
        values = {"told_at": self.now, "remind_at": next_reminder(dates, self.calendar, self.now, schedule)}
        same = (FilingRow.lead_on == dates.lead_on, FilingRow.late_after == dates.late_after)
        moved = update(FilingRow).where(*which, *same).values(values).returning(*_COLUMNS)
        connection = await self.session.connection()  # thousands of rows: build no session objects
        return [filing_of(row) for row in await connection.execute(moved)]

    async def _snoozes(self) -> list[tuple[Filing, int]]:
        """Reminders snoozed until now, of filings unchanged since."""
        over = delete(SnoozeRow).where(SnoozeRow.until <= self.now)
        returning = over.returning(SnoozeRow.filing, SnoozeRow.person, SnoozeRow.version)
        put_off = (await self.session.execute(returning, execution_options=_QUIET)).all()
        filings: dict[int, Filing] = {}
        for part in chunks(sorted({row.filing for row in put_off})):
            recipients_of = update(FilingRow).where(FilingRow.id.in_(part), IS_OPEN).values(told_at=self.now)
            rows = await self.session.execute(recipients_of.returning(*_COLUMNS), execution_options=_QUIET)
            filings |= {row.id: filing_of(row) for row in rows}
        return [
            (filing, row.person)
            for row in put_off
            if (filing := filings.get(row.filing)) is not None and filing.version == row.version
        ]

    async def _recipients(self, filings: Collection[Filing]) -> dict[int, dict[int, bool]]:
        """Recipients by filing; a filing of an organisation without staff sleeps until somebody joins."""
        if not filings:
            return {}
        late = {day: self._late(day) for day in {one.dates.late_after for one in filings}}
        codes = {one.organisation for one in filings}
        far = {one.organisation for one in filings if late[one.dates.late_after] > 0}
        staff = await staff_of(self.session, codes, self.today, far)
        off = await self._put_off()
        await self._put_to_sleep([one.number for one in filings if one.organisation not in staff])
        return {
            one.number: {
                person: own
                for person, own in recipients_of(staff[one.organisation], late[one.dates.late_after]).items()
                if (one.number, one.version, person) not in off
            }
            for one in filings
            if one.organisation in staff
        }

    def _late(self, after: date) -> int:
        return self.calendar.working_between(after, self.today)

    async def _put_off(self) -> set[tuple[int, int, int]]:
        query = select(SnoozeRow.filing, SnoozeRow.version, SnoozeRow.person)
        found = await self.session.execute(query.where(SnoozeRow.until > self.now))
        return {(row.filing, row.version, row.person) for row in found}

    async def _put_to_sleep(self, numbers: list[int]) -> None:
        for part in chunks(numbers):
            asleep = update(FilingRow).where(FilingRow.id.in_(part)).values(remind_at=None)
            await self.session.execute(asleep, execution_options=_QUIET)


def _dates(lead_on: date, late_after: date) -> DueDates:
    """The days of a due date that a reminder schedule needs."""
    return DueDates(named_on=late_after, lead_on=lead_on, late_after=late_after)


async def _is_off(session: AsyncSession) -> bool:
    """Whether an administrator has turned reminders off; due ones wait."""
    return await SwitchStore(session).is_off(SwitchedJob.REMINDERS)


async def _anything(session: AsyncSession, now: datetime) -> bool:
    schedules = exists().where(WAITS, FilingRow.remind_at <= now)
    snoozes = exists().where(SnoozeRow.until <= now)
    return bool(await session.scalar(select(or_(schedules, snoozes))))


async def _readers(session: AsyncSession, found: Sequence[Digest]) -> dict[int, DigestReader]:
    """Each reader's language, and organisation names for readers with several."""
    people = [one.recipient for one in found]
    languages: dict[int, Language] = {}
    query = select(PersonRow.telegram_id, PersonRow.language)
    among = PersonRow.telegram_id.in_(people if len(people) < MANY else _OFFICIALS)
    for person, language in await session.execute(query.where(among)):
        languages[person] = Language(language) if language else Language.KK
    names = await organisation_names(session, {code for one in found for code in _named(one)})
    readers = {language: DigestReader(language=language, names=names) for language in Language}
    return {person: readers[languages.get(person, Language.KK)] for person in people}


def _named(digest: Digest) -> Iterable[str]:
    """The organisations a digest must name: several, or one that is not the reader's own."""
    codes = digest.organisations
    return codes if len(codes) > 1 or not all(line.own for line in digest.lines) else ()


async def names_of(session: AsyncSession, digest: Digest) -> dict[str, Mapping[str, str]]:
    """The names of the organisations that the digest must name."""
    return await organisation_names(session, set(_named(digest)))


async def organisation_names(session: AsyncSession, codes: Collection[str]) -> dict[str, Mapping[str, str]]:
    """Names by language, for those in the registry."""
    found: dict[str, Mapping[str, str]] = {}
    for part in chunks(sorted(codes)):
        names = OrganisationRow.body["names"]
        query = select(OrganisationRow.key, names).where(OrganisationRow.key.in_(part))
        found |= dict((await session.execute(query)).all())
    return found
