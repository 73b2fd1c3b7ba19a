"""What citizens and officials wait for beside very many complaints, on PostgreSQL.

python -m bench.load.country [--complaints 4000000] [--beside 40000] [--samples 300]; exit status 1 where the
95th percentile of a status or an inbox page is above 50 ms, of creating above 150 ms, or any is more than 1.5
times what it is among few. Few and many are databases of one server, measured in turn, through the queries
and actions of the bot, each in its own unit of work. Filling 4,000,000 takes some minutes and 15 GB.
"""

import argparse
import asyncio
import json
import os
import sys
import time
from collections.abc import Sequence
from typing import Any

from sqlalchemy import make_url, text

from accounts.cipher import Cipher, make_key
from bench.load.crowd import Crowd, fill
from bench.load.people import ACTIONS, FilledCountry
from bench.servers import postgres
from cli.local_database import ready_database
from database.engine import Database
from kernel.clock import SystemClock

TIMES = 1.5
WARMING = 20  # warm-up samples of each kind


async def new_country(server: str, complaints: int, cipher: Cipher) -> FilledCountry:
    """A new database with so many complaints."""
    name = f"load_{complaints}"
    database = Database(server)
    async with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    await database.dispose()
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    async with ready_database(url, SystemClock()) as filled:
        began, crowd = time.perf_counter(), Crowd(complaints=complaints)
        await fill(filled, crowd, cipher)
        print(f"{complaints} complaints in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    return FilledCountry(database=Database(url), crowd=crowd, cipher=cipher)


async def measure(server: str, sizes: Sequence[int], samples: int) -> dict[str, Any]:
    cipher = Cipher.of(make_key())
    countries = [await new_country(server, size, cipher) for size in sizes]
    found: dict[str, list[list[float]]] = {name: [[] for _ in countries] for name in ACTIONS}
    for sample in range(samples + WARMING):
        for name, action in ACTIONS.items():
            for country, seconds in zip(countries, found[name], strict=True):
                took = await action.take(country, sample)
                if sample >= WARMING:
                    seconds.append(took)
    for country in countries:
        await country.database.dispose()
    return {
        "sizes": list(sizes),
        "samples": samples,
        "load of the machine": [round(one, 1) for one in os.getloadavg()],
        "p95_ms": {name: _row(found[name], ACTIONS[name].limit_ms) for name in ACTIONS},
    }


def is_good(figures: dict[str, Any]) -> bool:
    rows = figures["p95_ms"].values()
    return all(one["of the limit"] <= 1 and one["times"] <= TIMES for one in rows)


def _row(of_sizes: Sequence[Sequence[float]], limit_ms: float) -> dict[str, object]:
    p50, p95 = ([_percentile_ms(one, share) for one in of_sizes] for share in (0.5, 0.95))
    return {
        "p50": p50,
        "p95": p95,
        "limit": limit_ms,
        "of the limit": round(p95[-1] / limit_ms, 2),
        "times": round(p95[-1] / p95[0], 2),
        "limit of times": TIMES,
    }


def _percentile_ms(seconds: Sequence[float], share: float) -> float:
    return round(1000 * sorted(seconds)[int(len(seconds) * share)], 2)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--complaints", type=int, default=4_000_000)
    parser.add_argument("--beside", type=int, default=40_000)
    parser.add_argument("--samples", type=int, default=300)
    given = parser.parse_args()
    with postgres() as server:
        figures = asyncio.run(measure(server, (given.beside, given.complaints), given.samples))
    for name, row in figures["p95_ms"].items():
        print(f"{name:<26}{json.dumps(row)}")
    print(json.dumps({name: told for name, told in figures.items() if name != "p95_ms"}))
    return int(not is_good(figures))


if __name__ == "__main__":
    raise SystemExit(main())
