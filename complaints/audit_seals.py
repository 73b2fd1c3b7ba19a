"""Seals of the logs: each day, one line that stands for every chain, to be printed and kept elsewhere.

Who rewrites a chain together with everything after it in the database cannot rewrite that line.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import structlog
from sqlalchemy import Select, Text, and_, cast, exists, func, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from accounts.access_log.chain import instant, linked
from accounts.access_log.tables import AccessLogRow, LogSealHeadRow, LogSealRow
from complaints.tables import AuditLogRow
from database.engine import Database
from database.types import dialect_of
from kernel.clock import Clock, almaty_date

STEPS, LOOKS = "complaint_trail", "looks"
_LOCK: Final = 0x7365616C  # one process seals at a time
EVERY_S: Final = 3_600.0  # how often the day is looked at
_AT_ONCE: Final = 1_000
_LINE = re.compile(r"seal (\d+) at (\S+): (\d+) logs, sha256 ([0-9a-f]{64})")
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSeal:
    """`line()` is what is kept elsewhere; `logs` counts the chains that grew since the seal before."""

    number: int
    at: datetime
    logs: int
    hash: str

    def line(self) -> str:
        return f"seal {self.number} at {instant(self.at)}: {self.logs} logs, sha256 {self.hash}"


def seal_of(row: LogSealRow) -> LogSeal:
    return LogSeal(number=row.number, at=row.at, logs=row.subjects, hash=row.hash)


def read_line(line: str) -> LogSeal | None:
    """The seal in a kept line, wherever in it the seal stands; None where there is none."""
    found = _LINE.search(line)
    if found is None:
        return None
    number, at, logs, digest = found.groups()
    return LogSeal(number=int(number), at=datetime.fromisoformat(at), logs=int(logs), hash=digest)


def seal_hash(previous: str, seal: LogSealRow, heads: Sequence[tuple[str, int, str]]) -> str:
    record = {"number": seal.number, "at": instant(seal.at), "heads": [list(head) for head in sorted(heads)]}
    return linked(previous, record)


@dataclass(frozen=True, slots=True)
class SealLogs:
    session: AsyncSession

    async def __call__(self, now: datetime) -> LogSeal:
        """Seal what was added since the last seal. The caller commits."""
        await self._lock()
        return await self._seal(await self.last(), now)

    async def daily(self, now: datetime) -> LogSeal | None:
        """The first seal of a day in Asia/Almaty; None where there is one already. The caller commits."""
        await self._lock()
        last = await self.last()
        if last is not None and almaty_date(last.at) >= almaty_date(now):
            return None
        return await self._seal(last, now)

    async def last(self) -> LogSealRow | None:
        return await self.session.scalar(select(LogSealRow).order_by(LogSealRow.number.desc()).limit(1))

    async def _seal(self, last: LogSealRow | None, now: datetime) -> LogSeal:
        heads = [*await self._heads(AuditLogRow, AuditLogRow.complaint, STEPS)]
        heads += await self._heads(AccessLogRow, AccessLogRow.subject, LOOKS)
        number = 1 if last is None else last.number + 1
        row = LogSealRow(number=number, at=now, subjects=len(heads), hash="")
        row.hash = seal_hash("" if last is None else last.hash, row, heads)
        self.session.add(row)
        await self.session.flush()
        rows = [
            {"subject": subject, "place": place, "seal": number, "hash": digest}
            for subject, place, digest in heads
        ]
        for start in range(0, len(rows), _AT_ONCE):
            await self.session.execute(insert(LogSealHeadRow), rows[start : start + _AT_ONCE])
        return seal_of(row)

    async def _heads(
        self, log: type[AuditLogRow] | type[AccessLogRow], key: InstrumentedAttribute[Any], name: str
    ) -> list[tuple[str, int, str]]:
        """The chains that have grown, each by its last row."""
        query = _unsealed(log, key, name)
        return [(subject, place, digest) for subject, place, digest in await self.session.execute(query)]

    async def _lock(self) -> None:
        if dialect_of(self.session) != "sqlite":
            await self.session.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def _unsealed(
    log: type[AuditLogRow] | type[AccessLogRow], key: InstrumentedAttribute[Any], name: str
) -> Select[str, int, str]:
    subject = literal(f"{name}/", Text) + cast(key, Text)
    last = select(key.label("of"), func.max(log.place).label("place")).group_by(key).subquery()
    sealed = exists().where(LogSealHeadRow.subject == subject, LogSealHeadRow.place == log.place)
    joined = select(subject, log.place, log.hash).join(
        last, and_(key == last.c.of, log.place == last.c.place)
    )
    return joined.where(~sealed)


@dataclass(frozen=True, slots=True, kw_only=True)
class DailySeal:
    """Seals the logs once a day, and logs the line, which takes it elsewhere where logs are collected."""

    database: Database
    clock: Clock

    async def run(self) -> None:
        async with self.database.unit_of_work() as unit:
            seal = await SealLogs(unit.session).daily(self.clock.now())
            await unit.commit()
        if seal is not None:
            _log.info("logs sealed", line=seal.line())
