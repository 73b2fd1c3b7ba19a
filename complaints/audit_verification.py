"""Whether the logs are as they were written, and where not: chains, seals, and lines kept elsewhere."""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import Text, cast, literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from accounts.access_log.chain import linked as linked_look
from accounts.access_log.chain import look_record
from accounts.access_log.tables import AccessLogRow, LogSealHeadRow, LogSealRow
from complaints.audit_log import HASHED, linked
from complaints.audit_seals import LOOKS, STEPS, LogSeal, seal_hash, seal_of
from complaints.errors import ComplaintNumberError
from complaints.numbers import ComplaintNumber
from complaints.tables import AuditLogRow, ComplaintRow

_AT_ONCE = 1_000


class LogFault(StrEnum):
    CHANGED = "changed"  # the row is not the one that was written, or does not follow the one before
    MISSING = "missing"
    ADDED = "added"  # a step that the complaint does not count
    NOT_AS_SEALED = "not as sealed"  # the chain was written anew after it was sealed
    SEAL_CHANGED = "seal changed"
    SEAL_NOT_AS_KEPT = "seal not as kept"  # the line that was kept elsewhere says something else


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFault:
    """Where a log is broken: its name ("complaint_trail/17") and the place in it; a complaint's number."""

    log: str
    place: int
    fault: LogFault
    number: str | None = None


@dataclass(slots=True, kw_only=True)
class Verification:
    steps: int = 0
    complaints: int = 0
    looks: int = 0
    seals: int = 0
    last: LogSeal | None = None
    faults: list[FoundFault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class VerifyLogs:
    """Reads row by row; changes nothing, and needs neither names nor keys."""

    session: AsyncSession

    async def __call__(self, kept: Iterable[LogSeal] = ()) -> Verification:
        found = Verification()
        await self._steps(found)
        await self._looks(found)
        await self._seals(found, {seal.number: seal for seal in kept})
        found.faults.sort(key=lambda fault: (fault.log, fault.place))
        return found

    async def _steps(self, found: Verification) -> None:
        last: dict[int, int] = {}
        async for row, faults in self._chain(AuditLogRow, AuditLogRow.complaint, _linked_step):
            found.steps += 1
            last[row.complaint] = row.place
            found.faults += [
                FoundFault(log=f"{STEPS}/{row.complaint}", place=place, fault=one) for place, one in faults
            ]
        complaints = select(ComplaintRow.id, ComplaintRow.number, ComplaintRow.steps)
        numbers: dict[str, int] = {}
        async for one in await self.session.stream(complaints):
            found.complaints += 1
            here = last.pop(one.id, 0)
            log = f"{STEPS}/{one.id}"
            numbers[log] = one.number
            found.faults += _ends(log, here, one.steps)
        found.faults += [
            FoundFault(log=f"{STEPS}/{complaint}", place=1, fault=LogFault.ADDED) for complaint in last
        ]
        found.faults[:] = [_numbered(fault, numbers) for fault in found.faults]

    async def _looks(self, found: Verification) -> None:
        async for row, faults in self._chain(AccessLogRow, AccessLogRow.subject, _linked_look):
            found.looks += 1
            found.faults += [
                FoundFault(log=f"{LOOKS}/{row.subject}", place=place, fault=one) for place, one in faults
            ]

    async def _chain(
        self,
        log: type[AuditLogRow] | type[AccessLogRow],
        key: InstrumentedAttribute[Any],
        linked_to: Callable[[str, Any], str],
    ) -> AsyncIterator[tuple[Any, Sequence[tuple[int, LogFault]]]]:
        """Each row, with what is wrong at it or right before it."""
        of, place, before = None, 0, ""
        query = select(log).order_by(key, log.place).execution_options(yield_per=_AT_ONCE)
        rows: AsyncIterator[Any] = await self.session.stream_scalars(query)
        async for row in rows:
            subject = getattr(row, key.key)
            if subject != of:
                of, place, before = subject, 0, ""
            faults = [(missing, LogFault.MISSING) for missing in range(place + 1, row.place)]
            if not faults and (row.place <= place or row.hash != linked_to(before, row)):
                faults = [(row.place, LogFault.CHANGED)]
            place, before = row.place, row.hash
            yield row, faults

    async def _seals(self, found: Verification, kept: dict[int, LogSeal]) -> None:
        before = ""
        for row in await self.session.scalars(select(LogSealRow).order_by(LogSealRow.number)):
            found.seals += 1
            found.last = seal_of(row)
            head = LogSealHeadRow
            query = select(head.subject, head.place, head.hash).where(head.seal == row.number)
            heads = [(one.subject, one.place, one.hash) for one in await self.session.execute(query)]
            if row.number != found.seals or row.hash != seal_hash(before, row, heads):
                found.faults.append(
                    FoundFault(log="log_seals", place=row.number, fault=LogFault.SEAL_CHANGED)
                )
            if (line := kept.pop(row.number, None)) is not None and line != found.last:
                found.faults.append(
                    FoundFault(log="log_seals", place=row.number, fault=LogFault.SEAL_NOT_AS_KEPT)
                )
            before = row.hash
        found.faults += [
            FoundFault(log="log_seals", place=number, fault=LogFault.SEAL_NOT_AS_KEPT) for number in kept
        ]
        await self._heads(found, AuditLogRow, AuditLogRow.complaint, STEPS)
        await self._heads(found, AccessLogRow, AccessLogRow.subject, LOOKS)

    async def _heads(
        self,
        found: Verification,
        log: type[AuditLogRow] | type[AccessLogRow],
        key: InstrumentedAttribute[Any],
        name: str,
    ) -> None:
        """Rows that are no longer the ones that were sealed."""
        head = LogSealHeadRow
        subject = literal(f"{name}/", Text) + cast(key, Text)
        same = (subject == head.subject) & (log.place == head.place)
        query = select(head.subject, head.place).outerjoin(log, same)
        wrong = query.where(
            head.subject.startswith(f"{name}/", autoescape=True), log.hash.is_distinct_from(head.hash)
        )
        for one in await self.session.execute(wrong):
            found.faults.append(FoundFault(log=one.subject, place=one.place, fault=LogFault.NOT_AS_SEALED))


def _linked_step(before: str, row: AuditLogRow) -> str:
    return linked(before, {name: getattr(row, name) for name in HASHED})


def _linked_look(before: str, row: AccessLogRow) -> str:
    return linked_look(before, look_record(row))


def _ends(log: str, last: int, steps: int) -> list[FoundFault]:
    """What the complaint's own count says of the end of its log."""
    if last == steps:
        return []
    fault = LogFault.MISSING if last < steps else LogFault.ADDED
    return [FoundFault(log=log, place=min(last, steps) + 1, fault=fault)]


def _numbered(fault: FoundFault, numbers: dict[str, int]) -> FoundFault:
    stored = numbers.get(fault.log)
    if stored is None:
        return fault
    try:
        number = str(ComplaintNumber.of(stored))
    except ComplaintNumberError:  # whoever changes a log may change a number too
        number = str(stored)
    return replace(fault, number=number)
