"""Whether the logs are as they were written, and where not: chains, seals, and lines kept elsewhere."""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Text, cast, exists, literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from accounts.access_log.chain import linked as linked_look
from accounts.access_log.chain import look_record
from accounts.access_log.tables import AccessLogRow, LogSealHeadRow, LogSealRow
from complaints.audit_log import HASHED, linked
from complaints.audit_reading import any_text, read_rows
from complaints.audit_seals import LOOKS, STEPS, LogSeal, seal_hash, seal_of
from complaints.errors import ComplaintNumberError
from complaints.numbers import ComplaintNumber
from complaints.tables import AuditLogRow, ComplaintRow

_SEALS: Final = "log_seals"


class LogFault(StrEnum):
    CHANGED = "changed"  # the row is not the one that was written, or does not follow the one before
    MISSING = "missing"
    ADDED = "added"  # a step that the complaint does not count
    NOT_AS_SEALED = "not as sealed"  # the chain was written anew after it was sealed
    SEAL_CHANGED = "seal changed"
    SEAL_NOT_AS_KEPT = "seal not as kept"  # the line that was kept elsewhere says something else


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFault:
    """Where a log is broken: its name ("complaint_trail/17"), the place in it, the last one where it is not
    the same, and a complaint's number.
    """

    log: str
    place: int
    fault: LogFault
    until: int | None = None
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
        async with any_text(self.session):
            await self._steps(found)
            await self._looks(found)
            await self._seals(found, {seal.number: seal for seal in kept})
        found.faults.sort(key=lambda fault: (fault.log, fault.place))
        return found

    async def _steps(self, found: Verification) -> None:
        last: dict[int, int] = {}
        async for row, place, faults in self._chain(AuditLogRow, "complaint", STEPS, _linked_step):
            found.steps += 1
            last[row.complaint] = place
            found.faults += faults
        numbers: dict[str, int] = {}
        columns = ComplaintRow.__table__.c
        async for one in read_rows(self.session, [columns.id, columns.number, columns.steps], columns.id):
            found.complaints += 1
            log = f"{STEPS}/{one.id}"
            numbers[log] = one.number
            found.faults += _ends(log, last.pop(one.id, 0), one.steps)
        found.faults += [
            FoundFault(log=f"{STEPS}/{complaint}", place=1, fault=LogFault.ADDED) for complaint in last
        ]
        found.faults[:] = [_numbered(fault, numbers) for fault in found.faults]

    async def _looks(self, found: Verification) -> None:
        async for _, _, faults in self._chain(AccessLogRow, "subject", LOOKS, _linked_look):
            found.looks += 1
            found.faults += faults

    async def _chain(
        self,
        log: type[AuditLogRow] | type[AccessLogRow],
        key: str,
        name: str,
        linked_to: Callable[[str, Any], str],
    ) -> AsyncIterator[tuple[Any, int, Sequence[FoundFault]]]:
        """Each row and its place, with what is wrong at it or right before it."""
        of, place, before = None, 0, ""
        columns = log.__table__.c
        async for row in read_rows(self.session, [*columns], columns[key], columns.place, columns.id):
            subject = getattr(row, key)
            if subject != of:
                of, place, before = subject, 0, ""
            here = f"{name}/{subject}"
            if row.spoilt:
                place = max(place + 1, row.place or 0)
                faults = [FoundFault(log=here, place=place, fault=LogFault.CHANGED)]
            elif row.place > place + 1:
                faults = [_missing(here, place + 1, row.place - 1)]
                place = row.place
            else:
                is_next = row.place == place + 1 and row.hash == linked_to(before, row)
                faults = [] if is_next else [FoundFault(log=here, place=row.place, fault=LogFault.CHANGED)]
                place = row.place
            before = row.hash or ""
            yield row, place, faults

    async def _seals(self, found: Verification, kept: dict[int, LogSeal]) -> None:
        before = ""
        columns = LogSealRow.__table__.c
        for row in [one async for one in read_rows(self.session, [*columns], columns.number)]:
            found.seals += 1
            number = row.number if isinstance(row.number, int) else found.seals
            if number != found.seals or not await self._is_sealed(before, row):
                found.faults.append(FoundFault(log=_SEALS, place=number, fault=LogFault.SEAL_CHANGED))
            line = kept.pop(number, None)
            if not row.spoilt:
                found.last = seal_of(row)
            if line is not None and (row.spoilt or line != found.last):
                found.faults.append(FoundFault(log=_SEALS, place=number, fault=LogFault.SEAL_NOT_AS_KEPT))
            before = row.hash or ""
        found.faults += [
            FoundFault(log=_SEALS, place=number, fault=LogFault.SEAL_NOT_AS_KEPT) for number in kept
        ]
        await self._without_seal(found)
        await self._heads(found, AuditLogRow, AuditLogRow.complaint, STEPS)
        await self._heads(found, AccessLogRow, AccessLogRow.subject, LOOKS)

    async def _is_sealed(self, before: str, seal: Any) -> bool:
        """Whether the seal is made of the heads that stand under it."""
        columns = LogSealHeadRow.__table__.c
        of = columns.seal == seal.number
        heads = [one async for one in read_rows(self.session, [*columns], columns.subject, where=of)]
        if seal.spoilt or any(one.spoilt for one in heads):
            return False
        return bool(
            seal.hash == seal_hash(before, seal, [(one.subject, one.place, one.hash) for one in heads])
        )

    async def _without_seal(self, found: Verification) -> None:
        """Heads of a seal that is not there would keep rows out of the next one."""
        head = LogSealHeadRow
        sealed = exists().where(LogSealRow.number == head.seal)
        numbers = await self.session.scalars(select(cast(head.seal, Text)).where(~sealed).distinct())
        found.faults += [
            FoundFault(log=_SEALS, place=_place(number), fault=LogFault.MISSING) for number in numbers
        ]

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
        query = select(cast(head.subject, Text), cast(head.place, Text)).outerjoin(log, same)
        wrong = query.where(
            head.subject.startswith(f"{name}/", autoescape=True), log.hash.is_distinct_from(head.hash)
        )
        for at, place in await self.session.execute(wrong):
            found.faults.append(FoundFault(log=at, place=_place(place), fault=LogFault.NOT_AS_SEALED))


def _linked_step(before: str, row: Any) -> str:
    return linked(before, {name: getattr(row, name) for name in HASHED})


def _linked_look(before: str, row: Any) -> str:
    return linked_look(before, look_record(row))


def _place(stored: str) -> int:
    """0 where somebody wrote something that is no number."""
    return int(stored) if stored.isdecimal() else 0


def _missing(log: str, first: int, last: int) -> FoundFault:
    return FoundFault(log=log, place=first, fault=LogFault.MISSING, until=None if last == first else last)


def _ends(log: str, last: int, steps: int | None) -> list[FoundFault]:
    """What the complaint's own count says of the end of its log; None where there is no count."""
    if steps is None:
        return [FoundFault(log=log, place=last + 1, fault=LogFault.CHANGED)]
    if last < steps:
        return [_missing(log, last + 1, steps)]
    return [] if last == steps else [FoundFault(log=log, place=steps + 1, fault=LogFault.ADDED)]


def _numbered(fault: FoundFault, numbers: dict[str, int]) -> FoundFault:
    stored = numbers.get(fault.log)
    if stored is None:
        return fault
    try:
        number = str(ComplaintNumber.of(stored))
    except ComplaintNumberError:  # whoever changes a log may change a number too
        number = str(stored)
    return replace(fault, number=number)
