"""Many notices at once: did all arrive, once, within Telegram's limits?

python -m bench.notices [--notices 3000]; exit status 1 if not. At 30 a second, 3,000 take 100 s.
"""

import argparse
import asyncio
import json
import tempfile
from dataclasses import asdict
from pathlib import Path

from bench.notices.flood import FloodFigures, flood
from database.engine import Database
from database.upgrade import upgrade


async def _flood(path: Path, notices: int) -> FloodFigures:
    database = Database(f"sqlite:///{path}")
    try:
        await upgrade(database)
        return await flood(database, notices)
    finally:
        await database.dispose()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notices", type=int, default=3_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(_flood(Path(folder) / "notices.sqlite3", given.notices))
    print(json.dumps(asdict(figures)))
    return 0 if figures.is_good else 1


if __name__ == "__main__":
    raise SystemExit(main())
