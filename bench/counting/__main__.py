"""A region's figures for a form's complaint rows, out of very many complaints, on PostgreSQL.

python -m bench.counting [--complaints 1000000] [--postgres URL]; exit status 1 where they take more than 2
seconds. The rival reads the region's complaints of the quarter and counts them in Python.
"""

import argparse
import asyncio
import json
import time
from collections import Counter
from contextlib import nullcontext
from datetime import UTC, date, datetime

from sqlalchemy import select, text

from bench.servers import postgres, ready
from complaints.statistics import ComplaintFigures, Measure, Statistics, StatisticsCell, StatisticsSpan
from complaints.tables import ComplaintRow
from database.engine import Database

LIMIT_S = 2.0
BODIES = 400  # organisations in twenty regions
REGION = frozenset(f"body-{number}" for number in range(0, BODIES, 20))
SPAN = StatisticsSpan(
    organisations=REGION,
    first=date(2026, 7, 1),
    last=date(2026, 9, 30),
    as_of=datetime(2026, 10, 9, 6, tzinfo=UTC),
)
_FILL = text("""
INSERT INTO complaints (number, state, steps, came_by, origin, entered_at, complainant, behalf, text_cipher,
    service, organisation, delivery, kind, source, rule, registered_at, came_on, after_hours, registered_on,
    due_on, late_after, due_version, certainty, extended_by, closed_at, closed_on, answered_on, restored)
SELECT 26000000000 + n, CASE WHEN n % 20 = 0 THEN 'in_work' ELSE 'answered' END, 3, 'first',
    CASE WHEN n % 3 = 0 THEN 'official' ELSE 'citizen' END, day, 'natural', 'self', repeat('x', 900),
    'service-' || n % 190, 'body-' || n / 23 % 400,
    (ARRAY['office', 'electronic', 'corporation'])[n % 3 + 1], '3.10',
    (ARRAY['natural_persons', 'legal_entities', 'media', 'akim'])[n % 4 + 1], 'complaint.provider',
    day, day::date, false, day::date, day::date + 7, day::date + 7, 1, 'decided', 0,
    CASE WHEN n % 20 <> 0 THEN day + (n % 11) * interval '1 day' END,
    CASE WHEN n % 20 <> 0 THEN day::date + (n % 11)::int END,
    CASE WHEN n % 20 <> 0 THEN day::date + (n % 11)::int END, n % 2 = 0
FROM generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) AS n,
    LATERAL (SELECT timestamptz '2026-01-01 07:00+00' + (n * 13 % 365) * interval '1 day' AS day) AS calendar
""")


async def fill(database: Database, count: int) -> None:
    async with database.unit_of_work() as unit:
        for first in range(1, count + 1, 100_000):
            await unit.session.execute(_FILL, {"first": first, "last": min(first + 99_999, count)})
        await unit.commit()
    async with database.engine.connect() as connection:
        await connection.execute(text("ANALYZE complaints"))


async def _counted_in_python(database: Database) -> int:
    row = ComplaintRow
    async with database.session() as session:
        query = select(row).where(
            row.organisation.in_(REGION), row.registered_on.between(SPAN.first, SPAN.last)
        )
        found = (await session.scalars(query)).all()
    counted = Counter((one.organisation, one.registered_on.month, one.delivery, one.service) for one in found)
    return counted.total()


async def measure(url: str, count: int) -> dict[str, object]:
    async with ready(url) as database:
        await fill(database, count)
        async with database.session() as session:
            statistics = Statistics(session)
            await statistics.figures(SPAN)  # a warm cache, as on a running server
            started = time.perf_counter()
            figures: ComplaintFigures = await statistics.figures(SPAN)
            took_s = time.perf_counter() - started
            started = time.perf_counter()
            ids = await statistics.ids(SPAN, StatisticsCell(measure=Measure.LATE))
            ids_s = time.perf_counter() - started
        started = time.perf_counter()
        counted = await _counted_in_python(database)
        rival_s = time.perf_counter() - started
    assert counted == figures.received()
    return {
        "complaints": count,
        "received": figures.received(),
        "late": figures.late(),
        "s": round(took_s, 2),
        "limit s": LIMIT_S,
        "of the limit": round(took_s / LIMIT_S, 2),
        "behind a cell": len(ids),
        "behind a cell s": round(ids_s, 2),
        "counted in Python s": round(rival_s, 2),
        "times faster": round(rival_s / took_s, 1),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--complaints", type=int, default=1_000_000)
    parser.add_argument("--postgres", help="an empty database, in place of one of the bench's own")
    given = parser.parse_args()
    with nullcontext(given.postgres) if given.postgres else postgres() as url:
        figures = asyncio.run(measure(url, given.complaints))
    print(json.dumps(figures))
    return 0 if figures["of the limit"] <= 1 else 1  # type: ignore[operator]


if __name__ == "__main__":
    raise SystemExit(main())
