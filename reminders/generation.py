"""Generate filings ahead and re-date open ones: set-based, idempotent, safe in any number of processes."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement, insert, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.officials.tables import IS_MEMBER, MembershipRow
from accounts.roles import STAFF
from database.engine import UnitOfWork
from database.types import insert_into
from deadlines.calendar import WorkCalendar
from deadlines.store import CalendarStore
from kernel.clock import almaty_date
from kernel.period import Period
from registry_data.obligations import Binding, ObligationRecord
from registry_data.store import RegistryVersionStore
from registry_data.tables import OrganisationRow
from reminders.plan import due_dates, in_force, named_day, periods_due
from reminders.redating import RedatingStep, date_corrections, date_events, date_periods
from reminders.schedule import ReminderSchedule, next_reminder
from reminders.store import SettingStore, chunks, filing_of
from reminders.tables import IS_OPEN, OPEN, WAITS, FilingRow, FilingsGeneratedRow

_ONLY = 1  # the one row of filings_made
_STAFF = [role.value for role in STAFF]


@dataclass(slots=True, kw_only=True)
class GenerateFilings:
    """Create every filing of the coming twelve months and update the dates of open ones.

    `dating` re-dates open filings after a calendar change.
    """

    unit_of_work: Callable[[], UnitOfWork]
    obligations: Mapping[str, ObligationRecord]
    dating: Sequence[RedatingStep] = (date_periods, date_corrections, date_events)
    _digest: str = field(init=False)

    def __post_init__(self) -> None:
        text = "".join(one.model_dump_json() for one in self.obligations.values())
        self._digest = hashlib.sha256(text.encode()).hexdigest()[:16]

    async def is_needed(self, session: AsyncSession, now: datetime) -> bool:
        """Whether the day, the registry, the calendar or a switch has changed since the last run."""
        done = await session.get(FilingsGeneratedRow, _ONLY, populate_existing=True)
        return done is None or (done.made_for, done.dated_for) != await self._wanted(session, now)

    async def __call__(self, now: datetime) -> None:
        async with self.unit_of_work() as unit:
            await lock(unit.session)
            if await self.is_needed(unit.session, now):
                await self._make(unit.session, now)
                await unit.commit()

    async def _make(self, session: AsyncSession, now: datetime) -> None:
        made_for, dated_for = await self._wanted(session, now)
        done = await session.get_one(FilingsGeneratedRow, _ONLY)
        switched = await SettingStore(session).switched()
        first = new_from(done.made_for, made_for)
        wanted = list(ahead(self.obligations.values(), switched, first, _a_year_after(_today(now))))
        if wanted or done.dated_for != dated_for:
            calendar = await CalendarStore(session).read()
            for redate_step in self.dating if done.dated_for != dated_for else ():
                await redate_step(session, self.obligations, calendar, now)
            for record, period in wanted:
                await _make_pair(session, record, period, calendar)
            await apply_own_schedules(session, await SettingStore(session).schedules(), calendar)
        await _wake(session, now)
        values = {"made_for": made_for, "dated_for": dated_for, "made_at": now}
        await session.execute(update(FilingsGeneratedRow).values(values))

    async def _wanted(self, session: AsyncSession, now: datetime) -> tuple[str, str]:
        """The state to generate filings for, and the state to date them by."""
        calendar = (await CalendarStore(session).version()).number
        registry = await RegistryVersionStore(session).number()
        switched = await SettingStore(session).switched()
        on = hashlib.sha256(repr(sorted(switched.items())).encode()).hexdigest()[:8]
        return f"{_today(now)}/{registry}/{on}/{self._digest}", f"{calendar}/{self._digest}"


def new_from(made_for: str, wanted: str) -> date:
    """The first date that may lack filings: the day after the last run's span if only the day has changed."""
    day, _, state = wanted.partition("/")
    made_on, _, known = made_for.partition("/")
    if known != state or made_on > day:
        return date.fromisoformat(day)
    return _a_year_after(date.fromisoformat(made_on)) + timedelta(days=1)


def ahead(
    obligations: Iterable[ObligationRecord], switched: Mapping[str, bool], first: date, last: date
) -> Iterator[tuple[ObligationRecord, Period]]:
    """What is due between two days, both inclusive; repealed obligations only where turned on."""
    for record in obligations:
        for period in periods_due(record, first, last):
            if in_force(record, named_day(record, period)) or (record.repealed and switched.get(record.code)):
                yield record, period


async def apply_own_schedules(
    session: AsyncSession, schedules: Mapping[str, ReminderSchedule], calendar: WorkCalendar
) -> None:
    """Apply the organisations' own reminder schedules."""
    for codes in chunks(sorted(schedules)):
        waiting = select(FilingRow).where(FilingRow.organisation.in_(codes), WAITS)
        for row in await session.scalars(waiting.execution_options(populate_existing=True)):
            dates = filing_of(row).dates
            row.remind_at = next_reminder(dates, calendar, row.told_at, schedules[row.organisation])
    await session.flush()


async def _make_pair(
    session: AsyncSession, record: ObligationRecord, period: Period, calendar: WorkCalendar
) -> None:
    """One statement for every organisation concerned; existing filings stay unchanged.

    The caller holds the lock: nothing else generates filings of periods.
    """
    dates = due_dates(record, period, calendar)
    values = {
        "obligation": record.code,
        "occasion": period.code,
        "named_on": dates.named_on,
        "lead_on": dates.lead_on,
        "late_after": dates.late_after,
        "expected": dates.expected,
        "version": 1,
        "state": OPEN,
        "remind_at": next_reminder(dates, calendar, None),
    }
    columns = [literal(value, getattr(FilingRow, name).type).label(name) for name, value in values.items()]
    known = FilingRow.organisation == OrganisationRow.key
    there = (FilingRow.obligation == record.code, FilingRow.occasion == period.code)
    bound = select(OrganisationRow.key, *columns).where(
        _is_bound(record.binds), ~select(FilingRow.id).where(known, *there).exists()
    )
    bound = bound.order_by(OrganisationRow.key)  # sorted inserts grow the indexes faster
    await session.execute(insert(FilingRow).from_select(["organisation", *values], bound))


def _is_bound(bindings: Sequence[Binding]) -> ColumnElement[bool]:
    kinds = {kind.value for one in bindings for kind in one.kinds}
    codes = {code for one in bindings for code in one.organisations}
    kind = OrganisationRow.body["kind"].as_string()
    return or_(kind.in_(kinds), OrganisationRow.key.in_(codes))


async def _wake(session: AsyncSession, now: datetime) -> None:
    """Resume reminders of organisations that had no staff and have some now."""
    seated = select(MembershipRow.organisation).where(IS_MEMBER, MembershipRow.role.in_(_STAFF))
    asleep = (IS_OPEN, FilingRow.remind_at.is_(None), FilingRow.organisation.in_(seated))
    statement = update(FilingRow).where(*asleep).values(remind_at=now)
    await session.execute(statement, execution_options={"synchronize_session": False})


async def lock(session: AsyncSession) -> None:
    """Serialise generating and reminding across processes; a process that waited finds the work done."""
    never = datetime.min.replace(tzinfo=UTC)
    first = insert_into(session, FilingsGeneratedRow).values(
        id=_ONLY, made_for="", dated_for="", made_at=never
    )
    await session.execute(first.on_conflict_do_nothing(index_elements=["id"]))
    await session.execute(select(FilingsGeneratedRow.id).with_for_update())


def _today(now: datetime) -> date:
    return almaty_date(now)


def _a_year_after(day: date) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28) if leap_day else day.replace(year=day.year + 1)
