"""Where citizens' and officials' actions spend time: `python -m bench.load.hot_spots [--samples 100]`.

For each action of `bench.load.people`: CPU time of this process, statements sent to PostgreSQL, and each
package's share of its own time under cProfile, which exaggerates the cost of small functions.
"""

import argparse
import asyncio
import cProfile
import pstats
import time
from collections import Counter
from pathlib import Path

from sqlalchemy import event

from accounts.cipher import Cipher, make_key
from bench.load.country import WARMING, new_country
from bench.load.people import ACTIONS, FilledCountry, TimedAction
from bench.servers import postgres

SHOWN = 6
_PACKAGES, _HERE = "site-packages", Path(__file__).parents[2]


def package_of(file: str) -> str:
    """The library or top-level package a profiled file belongs to."""
    if file == "~":
        return "built in"
    parts = Path(file).parts
    if _PACKAGES in parts:
        return parts[parts.index(_PACKAGES) + 1]
    if Path(file).is_relative_to(_HERE):
        return Path(file).relative_to(_HERE).parts[0]
    return "Python's own"


def shares(profile: cProfile.Profile) -> list[tuple[str, float]]:
    """Packages by their share of the time, without waiting for the database."""
    own: Counter[str] = Counter()
    for (file, _, name), (_, _, seconds, _, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        if "poll" not in name:
            own[package_of(file)] += seconds
    whole = sum(own.values())
    return [(name, seconds / whole) for name, seconds in own.most_common(SHOWN)]


async def look(
    country: FilledCountry, action: TimedAction, samples: int
) -> tuple[float, float, list[tuple[str, float]]]:
    """CPU milliseconds and statements of one run, and the packages' shares."""
    sent: Counter[str] = Counter()

    def note(*_: object) -> None:
        sent["statements"] += 1

    for sample in range(WARMING):
        await action.take(country, sample)
    engine = country.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    began = time.process_time()
    for sample in range(WARMING, WARMING + samples):
        await action.take(country, sample)
    cpu_ms = 1000 * (time.process_time() - began) / samples
    event.remove(engine, "before_cursor_execute", note)
    with cProfile.Profile() as profile:
        for sample in range(WARMING + samples, WARMING + 2 * samples):
            await action.take(country, sample)
    return cpu_ms, sent["statements"] / samples, shares(profile)


async def tell(server: str, complaints: int, samples: int) -> None:
    country = await new_country(server, complaints, Cipher.of(make_key()))
    for name, action in ACTIONS.items():
        cpu_ms, statements, found = await look(country, action, samples)
        told = ", ".join(f"{package} {share:.0%}" for package, share in found)
        print(f"{name:<26}{cpu_ms:7.1f} ms CPU, {statements:5.1f} statements: {told}", flush=True)
    await country.database.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--complaints", type=int, default=40_000)
    parser.add_argument("--samples", type=int, default=100)
    given = parser.parse_args()
    with postgres() as server:
        asyncio.run(tell(server, given.complaints, given.samples))


if __name__ == "__main__":
    main()
