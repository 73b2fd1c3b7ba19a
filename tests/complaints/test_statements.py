"""The number of statements with many officials and complaints, and the index each uses."""

from collections.abc import Awaitable, Callable
from datetime import date

import pytest
from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncEngine

from accounts.cipher import Cipher, make_key
from accounts.roles import Role
from complaints.queries.inbox import InboxList, InboxQueries
from complaints.tables import ComplaintRow
from database.engine import Database, UnitOfWork
from deadlines.calendar import WorkCalendar
from deadlines.store import CalendarStore, LiveCalendar
from kernel.clock import FixedClock
from tests.complaints.factories import many
from tests.complaints.scenario import (
    COLLEAGUE,
    HEAD,
    MORNING,
    OFFICER,
    OTHER_CITIZEN,
    POLICE,
    ComplaintScenario,
)
from tests.statements import statements

ListQuery = Callable[[InboxQueries], Awaitable[object]]


async def test_statement_count_is_independent_of_recipients(scenario: ComplaintScenario):
    engine = scenario.session.bind
    assert isinstance(engine, AsyncEngine)
    await scenario.staff()
    await scenario.connect(POLICE)
    with statements(on=engine) as for_few:
        await scenario.sent()
    for person in range(200, 220):
        await scenario.add_membership(person, Role.OFFICER)
    with statements(on=engine) as for_many:
        await scenario.sent(OTHER_CITIZEN)
    recipients = {chat for _, chat in await scenario.notices()}
    assert recipients == {OFFICER, COLLEAGUE, HEAD, *range(200, 220)}
    assert len(for_many) <= len(for_few)


@pytest.mark.postgres
async def test_inbox_pages_and_counts_use_an_index(populated_database: Database):
    assert "ix_complaints_held" in await plan_of(populated_database, page(InboxList.MINE))
    for which in (InboxList.TODAY, InboxList.OVERDUE, InboxList.ALL):
        assert "Index Scan using ix_complaints_open" in await plan_of(populated_database, page(which))
    assert "Index Scan using ix_complaints_over" in await plan_of(populated_database, page(InboxList.CLOSED))
    counted: ListQuery = lambda inbox: inbox.counts(OFFICER, POLICE)  # noqa: E731  of two statements
    assert "Index Only Scan using ix_complaints_answer" in await plan_of(populated_database, counted)
    of_open = await plan_of(populated_database, counted, statement=-2)
    assert "ix_complaints_" in of_open
    assert "Seq Scan" not in of_open


@pytest.fixture
async def populated_database(postgres_database: Database, calendar: WorkCalendar) -> Database:
    """Thousands of complaints, analysed as autovacuum would."""
    bodies = [POLICE, "akimat-abai", "tax-abai"]
    async with postgres_database.unit_of_work() as unit:
        await scenario_of(unit).add_membership(OFFICER, Role.OFFICER)
        store = CalendarStore(unit.session)
        await store.lock()
        await store.replace(calendar, 1, MORNING.date(), MORNING)
        crowd = enumerate(many(9_000, date(2026, 3, 1), 20, bodies))
        held = [{**one, "assignee": OFFICER + number % 40 if number % 3 else None} for number, one in crowd]
        await unit.session.execute(insert(ComplaintRow), held)
        await unit.commit()
    engine = postgres_database.engine.execution_options(isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text("CHECKPOINT"))  # commits are asynchronous; VACUUM skips unflushed rows
        await connection.execute(text("VACUUM ANALYZE complaints"))
    return postgres_database


def scenario_of(unit: UnitOfWork) -> ComplaintScenario:
    clock = FixedClock(MORNING)
    return ComplaintScenario(
        unit=unit, cipher=Cipher.of(make_key()), calendar=LiveCalendar(clock), clock=clock
    )


def page(which: InboxList) -> ListQuery:
    return lambda inbox: inbox.page(OFFICER, POLICE, which)


async def plan_of(database: Database, query: ListQuery, statement: int = -1) -> str:
    """PostgreSQL's plan of a statement of `query`, the last if not another."""
    async with database.unit_of_work() as unit:
        with statements(on=database.engine) as seen:
            await query(InboxQueries(scenario_of(unit).context))
        connection = await unit.session.connection()
        rows = await connection.exec_driver_sql(f"EXPLAIN {seen[statement][0]}", seen[statement][1])
        return "\n".join(row[0] for row in rows)
