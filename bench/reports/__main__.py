"""A region's 2-мқ from a year of very many complaints, on PostgreSQL: every computed cell, by origin.

python -m bench.reports [--complaints 1000000] [--postgres URL]; exit status 1 where the figures take more
than 2 seconds or differ from the rival's, which reads the region's complaints and counts them in Python.
"""

import argparse
import asyncio
import json
import time
from contextlib import nullcontext

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bench.counting.__main__ import LIMIT_S, REGION, SPAN, fill
from bench.servers import postgres, ready
from complaints.counted import ComplaintCountQueries
from complaints.facts import Origin
from complaints.tables import ComplaintRow
from kernel.period import Period
from registry_data.report_forms import CountedMeasure, load_form
from reports.counting import Counting
from reports.figures import ComplaintCount, FormFigures, figures_of

FORM, PERIOD = load_form("2-mq"), Period.of_code("2026Q3")


async def _of_the_product(session: AsyncSession) -> FormFigures:
    counted = await Counting(session).counted(REGION, PERIOD, SPAN.as_of)
    return figures_of(FORM, counted)


async def _of_the_rival(session: AsyncSession) -> FormFigures:
    """Counts complaints one by one, by the rules of docs/complaints.md."""
    query = select(ComplaintRow).where(ComplaintRow.organisation.in_(REGION))
    found = (await session.scalars(query)).all()
    return figures_of(FORM, [one for row in found for one in _counted(row)])


def _counted(row: ComplaintRow) -> list[ComplaintCount]:
    found = []
    if SPAN.first <= row.registered_on <= SPAN.last:
        found.append(_one(row, CountedMeasure.RECEIVED, row.registered_on.month))
        if _is_late(row):
            found.append(_one(row, CountedMeasure.LATE, row.registered_on.month))
    answered = row.answered_on
    was_answered = row.closed_at is not None and row.closed_at <= SPAN.as_of
    if row.restored and was_answered and answered is not None and SPAN.first <= answered <= SPAN.last:
        found.append(_one(row, CountedMeasure.RESTORED, answered.month))
    return found


def _is_late(row: ComplaintRow) -> bool:
    if row.closed_at is None or row.closed_at > SPAN.as_of:
        return row.late_after < SPAN.as_of.date()
    return row.closed_on is not None and row.closed_on > row.late_after


def _one(row: ComplaintRow, what: CountedMeasure, month: int) -> ComplaintCount:
    return ComplaintCount(
        what=what,
        month=month - PERIOD.first.month + 1,
        delivery=row.delivery,
        source=row.source,
        service=row.service,
        provider=row.organisation,
        by_bot=row.origin == Origin.CITIZEN.value,
        number=1,
    )


async def measure(url: str, count: int) -> dict[str, object]:
    async with ready(url) as database:
        await fill(database, count)
        async with database.session() as session:
            await _of_the_product(session)  # a warm cache, as on a running server
            started = time.perf_counter()
            figures = await _of_the_product(session)
            took_s = time.perf_counter() - started
            started = time.perf_counter()
            await ComplaintCountQueries(session).lines(SPAN)
            database_s = time.perf_counter() - started
            started = time.perf_counter()
            cases = await Counting(session).cases(FORM, REGION, PERIOD, SPAN.as_of)
            cases_s = time.perf_counter() - started
        async with database.session() as session:
            started = time.perf_counter()
            rival = await _of_the_rival(session)
            rival_s = time.perf_counter() - started
    return {
        "complaints": count,
        "computed cells": len(figures.cells),
        "the same as counted in Python": figures.cells == rival.cells,
        "s": round(took_s, 2),
        "of these in the database s": round(database_s, 2),
        "limit s": LIMIT_S,
        "of the limit": round(took_s / LIMIT_S, 2),
        "counted in Python s": round(rival_s, 2),
        "times faster": round(rival_s / took_s, 1),
        "sheet of cases s": round(cases_s, 2),
        "cases": cases.total,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--complaints", type=int, default=1_000_000)
    parser.add_argument("--postgres", help="an empty database, in place of one of the bench's own")
    given = parser.parse_args()
    with nullcontext(given.postgres) if given.postgres else postgres() as url:
        figures = asyncio.run(measure(url, given.complaints))
    print(json.dumps(figures))
    is_right = figures["the same as counted in Python"]
    return 0 if is_right and figures["of the limit"] <= 1 else 1  # type: ignore[operator]


if __name__ == "__main__":
    raise SystemExit(main())
