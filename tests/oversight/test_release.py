"""Figures are rounded while a quarter runs, and written exactly once when it is settled."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select

from complaints.lifecycle import ComplaintState
from complaints.tables import ComplaintRow, RatingRow
from database.engine import Database
from kernel.clock import FixedClock
from kernel.period import Period
from oversight.open_data.counts import ComplaintCounts, Figure
from oversight.open_data.query import count_quarter
from oversight.open_data.release import SETTLED_AFTER, OpenFiguresRelease, quarters
from oversight.open_data.store import OpenFiguresStore, QuarterFigures
from tests.complaints.factories import made, many, noon

SECOND = Period.of_code("2026Q2")
MAY = noon(date(2026, 5, 20))
SETTLED = noon(SECOND.last + SETTLED_AFTER + timedelta(days=1))
BODIES = ["police-abai", "akimat-abai"]


async def keep(database: Database, rows: list[dict[str, Any]], stars: int | None = None) -> None:
    async with database.unit_of_work() as unit:
        await unit.session.execute(insert(ComplaintRow), rows)
        if stars is not None:
            ids = await unit.session.scalars(select(ComplaintRow.id))
            rated = [{"complaint": one, "stars": stars, "at": MAY} for one in ids]
            await unit.session.execute(insert(RatingRow), rated)
        await unit.commit()


async def published(database: Database) -> list[QuarterFigures]:
    async with database.session() as session:
        return list(await OpenFiguresStore(session).all())


async def test_counts_equal_a_plain_count(database: Database) -> None:
    rows = list(many(400, SECOND.first, 120, BODIES))
    await keep(database, rows)
    async with database.session() as session:
        country = await count_quarter(session, SECOND, SETTLED)
    here = [row for row in rows if SECOND.first <= row["registered_on"] <= SECOND.last]
    counted = [row for row in here if not (row["passed_to"] and row["closed_on"] <= row["late_after"])]
    assert country.counts.received == len(counted) > 100
    late = [row for row in counted if (row["closed_on"] or date.max) > row["late_after"]]
    assert country.counts.late == len(late) > 10
    bodies = Counter(row["organisation"] for row in counted)
    assert {body.code: body.counts.received for body in country.parts} == bodies
    services = Counter((row["organisation"], row["service"]) for row in counted)
    assert {
        (body.code, one.code): one.counts.received for body in country.parts for one in body.parts
    } == services


async def test_a_running_quarter_is_rounded_and_a_settled_one_exact(database: Database) -> None:
    solved = {
        "closed_on": date(2026, 5, 4),
        "closed_at": noon(date(2026, 5, 4)),
        "answered_on": date(2026, 5, 4),
    }
    told = [ComplaintState.NOT_SOLVED] * 7 + [ComplaintState.SOLVED] * 40
    rows = [made(at, date(2026, 5, 1), **solved, state=state.value) for at, state in enumerate(told, 1)]
    await keep(database, rows, stars=4)
    clock = FixedClock(MAY)
    release = OpenFiguresRelease(database=database, clock=clock)
    assert await release.run() == 1
    (running,) = await published(database)
    assert not running.is_final
    rated = {Figure.RATED: 40, Figure.SATISFIED: 40}
    assert running.country.figures == {Figure.RECEIVED: 40, Figure.IN_TIME: 40, **rated}
    assert await release.run() == 0  # still fresh

    clock.advance(SETTLED - MAY)
    await release.run()
    third, settled = await published(database)
    assert third.quarter.code == "2026Q3"
    assert settled.is_final
    assert settled.country.figures == {Figure.RECEIVED: 47, Figure.NOT_SOLVED: 7}
    assert settled.country.parts[0].code == "police-abai"

    await keep(database, [made(99, date(2026, 5, 2))])
    clock.advance(timedelta(days=1))
    await release.run()
    assert (await published(database))[1] == settled


async def test_without_complaints_nothing_is_published(database: Database) -> None:
    assert await OpenFiguresRelease(database=database, clock=FixedClock(MAY)).run() == 0
    assert await published(database) == []


def test_quarters_run_from_the_first_complaint_to_today() -> None:
    found = [one.code for one in quarters(date(2025, 12, 31), date(2026, 7, 1))]
    assert found == ["2025Q4", "2026Q1", "2026Q2", "2026Q3"]


def test_a_sum_of_counts_adds_each() -> None:
    one = ComplaintCounts(received=3, late=1, not_solved=1, restored=2, rated=2, stars=9)
    assert one + one == ComplaintCounts(received=6, late=2, not_solved=2, restored=4, rated=4, stars=18)
