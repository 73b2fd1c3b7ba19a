"""Real processes killed with SIGKILL; an append-only file records what they did."""

import asyncio
import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from datetime import datetime
from multiprocessing.process import BaseProcess
from pathlib import Path

from bench.crashes.ledger import CrashVerdict, LedgerEntry, judge
from bench.crashes.lives import BEGINNING, prepare
from bench.crashes.world import CrashingDatabase, CrashWorld
from kernel.clock import FixedClock

_ACTIONS = 1_000_000  # until killed
_LONGEST_LIFE_S = 0.15
_FIRST_WORDS_WITHIN_S = 20.0


def kill_often(folder: Path, kills: int, seed: int) -> CrashVerdict:
    """Kill `kills` processes at random moments, then let all work finish, and judge."""
    url, journal = f"sqlite:///{folder / 'killed.sqlite3'}", folder / "journal"
    journal.touch()
    asyncio.run(_prepare(url))
    chance = random.Random(seed)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["bench.crashes.killed"])
    for number in range(kills):
        process = context.Process(target=_live, args=(url, journal, seed + number))
        process.start()
        _wait_for_growth(journal, process)
        time.sleep(chance.uniform(0, _LONGEST_LIFE_S))
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
        _writer(journal)(LedgerEntry(kind="crash", text="kill", at=_last(journal)))
    expected = asyncio.run(_settle(url, journal, seed))
    return judge(_entries(journal), expected)


async def _prepare(url: str) -> None:
    database = CrashingDatabase(url)
    await prepare(database)
    await database.dispose()


def _live(url: str, journal: Path, seed: int) -> None:
    asyncio.run(_world(CrashingDatabase(url), journal, seed).live(_ACTIONS))


async def _settle(url: str, journal: Path, seed: int) -> dict[int, int]:
    database = CrashingDatabase(url)
    expected = await _world(database, journal, seed).settle()
    await database.dispose()
    return expected


def _world(database: CrashingDatabase, journal: Path, seed: int) -> CrashWorld:
    clock = FixedClock(_last(journal))
    return CrashWorld(database=database, clock=clock, note=_writer(journal), chance=random.Random(seed))


def _writer(journal: Path) -> Callable[[LedgerEntry], None]:
    """Each entry is one appended write: complete or absent."""
    file = os.open(journal, os.O_WRONLY | os.O_APPEND)

    def write(entry: LedgerEntry) -> None:
        os.write(file, f"{entry.at.isoformat()}\t{entry.kind}\t{entry.text}\n".encode())

    return write


def _entries(journal: Path) -> list[LedgerEntry]:
    rows = (line.split("\t") for line in journal.read_text(encoding="utf-8").splitlines())
    return [LedgerEntry(at=datetime.fromisoformat(at), kind=kind, text=text) for at, kind, text in rows]


def _last(journal: Path) -> datetime:
    """The simulated time of its death."""
    entries = _entries(journal)
    return entries[-1].at if entries else BEGINNING


def _wait_for_growth(journal: Path, process: BaseProcess) -> None:
    """Wait until the process has started working."""
    size, until = journal.stat().st_size, time.monotonic() + _FIRST_WORDS_WITHIN_S
    while journal.stat().st_size == size:
        if time.monotonic() > until or not process.is_alive():
            raise RuntimeError("a process did nothing")
        time.sleep(0.002)
