"""A country of organisations that owe the same ten things, on a PostgreSQL server of this run."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.officials.tables import MembershipRow
from accounts.roles import Role
from bot.views.filings.digest import DigestView
from bot.views.filings.names import FilingNames
from database.engine import Database
from database.upgrade import upgrade
from deadlines.actions import LoadCalendar
from deadlines.national import national_calendar
from deadlines.store import LiveCalendar
from kernel.clock import ALMATY, FixedClock
from localisation.translations import Translations
from notifications.deadline_data import calendar_facts
from registry_data.contents import Changes
from registry_data.days_off import load_days_off
from registry_data.obligations import Binding, ObligationRecord, load_obligations
from registry_data.organisations import Organisation, OrganisationKind
from registry_data.schema import Text
from registry_data.store import ORGANISATIONS, RegistryRepository, RegistryVersionStore
from reminders.generation import GenerateFilings
from reminders.notifier import ReminderJob

BEGINNING = datetime(2026, 1, 5, 8, 0, tzinfo=ALMATY)
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
FIRST_PERSON = 100_000
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderCountry:
    database: Database
    clock: FixedClock
    batch_job: ReminderJob


def ten_obligations() -> Mapping[str, ObligationRecord]:
    """The ten in force, each binding every organisation of this country."""
    everybody = (Binding(kinds=(OrganisationKind.MINISTRY,), to=Text(kk="агенттікке", ru="агентству")),)
    in_force = [one for one in load_obligations() if not one.repealed]
    return {one.code: one.model_copy(update={"binds": everybody}) for one in in_force}


async def found(database: Database, organisations: int) -> ReminderCountry:
    """So many organisations with an officer each, and the calendar; no filing yet."""
    await upgrade(database)
    clock = FixedClock(BEGINNING)
    await _load_calendar(database)
    for start in range(0, organisations, _AT_ONCE):
        async with database.unit_of_work() as unit:
            await _settle(unit.session, range(start, min(start + _AT_ONCE, organisations)))
            await unit.commit()
    async with database.unit_of_work() as unit:
        await RegistryVersionStore(unit.session).lock()
        await RegistryVersionStore(unit.session).raise_by_one()
        await unit.commit()
    return ReminderCountry(
        database=database, clock=clock, batch_job=job_of(database, clock, ten_obligations())
    )


def job_of(database: Database, clock: FixedClock, obligations: Mapping[str, ObligationRecord]) -> ReminderJob:
    """The reminder job as the bot has it."""
    view = DigestView(names=FilingNames(texts=Translations.load(), obligations=obligations))
    return ReminderJob(
        database=database,
        calendar=LiveCalendar(clock),
        make=GenerateFilings(unit_of_work=database.unit_of_work, obligations=obligations),
        render=view.render,
        render_plain=view.render_plain,
    )


async def statistics(database: Database) -> None:
    """What the server's own daemon would have found out about the tables by now."""
    async with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        await connection.execute(text("VACUUM ANALYZE"))


async def _load_calendar(database: Database) -> None:
    days_off = load_days_off()
    load = LoadCalendar(unit_of_work=database.unit_of_work)
    await load(national_calendar(calendar_facts(days_off)), checked=date(2026, 1, 1), at=LONG_AGO)


async def _settle(session: AsyncSession, numbers: range) -> None:
    codes = [f"organisation-{number}" for number in numbers]
    organisations = [
        Organisation.model_validate({"code": code, "kind": "ministry", "names": {"kk": code, "ru": code}})
        for code in codes
    ]
    await RegistryRepository(session, ORGANISATIONS).apply(
        organisations, Changes(added=tuple(codes)), LONG_AGO
    )
    seats = [
        {
            "telegram_id": FIRST_PERSON + number,
            "organisation": code,
            "role": Role.OFFICER.value,
            "joined_at": LONG_AGO,
        }
        for number, code in zip(numbers, codes, strict=True)
    ]
    await session.execute(insert(MembershipRow), seats)
