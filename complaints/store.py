"""Complaints, messages, files and consents in the database; commits nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import Cipher, ValueKey
from accounts.errors import GoneError
from accounts.keys.tables import RecordKeyRow
from complaints.attachments.download_tables import SourceMessageRow
from complaints.attachments.folder import StoredFile, file_record
from complaints.numbers import ComplaintNumber
from complaints.tables import (
    IS_NOTICE_PENDING,
    AttachmentRow,
    ComplaintConsentRow,
    ComplaintCounterRow,
    ComplaintRow,
    ExtensionRow,
)
from database.types import dialect_of, insert_into


@dataclass(frozen=True, slots=True)
class ComplaintStore:
    session: AsyncSession

    async def lock(self, complaint: int) -> ComplaintRow:
        """The complaint, locked until the transaction ends. Raises GoneError."""
        query = select(ComplaintRow).where(ComplaintRow.id == complaint).with_for_update()
        found = await self.session.scalar(query, execution_options={"populate_existing": True})
        if found is None:
            raise GoneError
        return found

    async def get(self, complaint: int) -> ComplaintRow:
        """Raises GoneError."""
        found = await self.session.get(ComplaintRow, complaint)
        if found is None:
            raise GoneError
        return found

    async def by_number(self, number: ComplaintNumber) -> ComplaintRow:
        """Raises GoneError."""
        found = await self.session.scalar(select(ComplaintRow).where(ComplaintRow.number == number.stored))
        if found is None:
            raise GoneError
        return found

    async def of_draft(self, draft: int) -> ComplaintRow | None:
        return await self.session.scalar(select(ComplaintRow).where(ComplaintRow.draft == draft))

    async def earlier(
        self, person: int, service: str | None, organisation: str, since: datetime
    ) -> ComplaintRow | None:
        """The person's newest complaint since then on the same service to the same organisation."""
        query = select(ComplaintRow).where(
            ComplaintRow.person == person,
            ComplaintRow.organisation == organisation,
            ComplaintRow.service.is_(None) if service is None else ComplaintRow.service == service,
            ComplaintRow.registered_at >= since,
        )
        return await self.session.scalar(query.order_by(ComplaintRow.id.desc()).limit(1))

    async def chain(self, root: int) -> Sequence[ComplaintRow]:
        """The first complaint and all that continue it, oldest first."""
        in_chain = (ComplaintRow.id == root) | (ComplaintRow.root == root)
        return (
            await self.session.scalars(select(ComplaintRow).where(in_chain).order_by(ComplaintRow.id))
        ).all()

    async def followed_by(self, complaint: int, came_by: str) -> ComplaintRow | None:
        query = select(ComplaintRow).where(
            ComplaintRow.previous == complaint, ComplaintRow.came_by == came_by
        )
        return await self.session.scalar(query)

    async def next_number(self, year: int) -> int:
        """The next number of `year`, as stored; concurrent callers wait for this transaction."""
        grown = _next_number(dialect_of(self.session))
        serial = await self.session.scalar(grown, {"year": year, "last": 1})
        assert serial is not None
        return ComplaintNumber(year=year, serial=serial).stored

    async def unnotified_extension(self, complaint: int) -> ExtensionRow | None:
        """The extension the citizen has not been notified of."""
        query = select(ExtensionRow).where(ExtensionRow.complaint == complaint, IS_NOTICE_PENDING)
        return await self.session.scalar(query)

    async def pending_extension(self, complaint: int) -> ExtensionRow | None:
        query = select(ExtensionRow).where(
            ExtensionRow.complaint == complaint, ExtensionRow.approved.is_(None)
        )
        return await self.session.scalar(query)


CONTENT = ("name", "iin", "phone", "represented", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintContent:
    """The complainant's personal values and words, decrypted; None where not given or forgotten."""

    name: str | None = field(default=None, repr=False)
    iin: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
    represented: str | None = field(default=None, repr=False)
    text: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ComplaintKeys:
    """Each complaint has a key of its own: destroyed, its words are gone wherever a copy of them is."""

    session: AsyncSession
    cipher: Cipher

    def seal(self, row: ComplaintRow, content: ComplaintContent) -> None:
        """Encrypt the content under a new key. The row has its id."""
        record = record_of(row.id)
        key, wrapped = self.cipher.new_record_key(record)
        self.session.add(RecordKeyRow(record=record, wrapped=wrapped))
        for name in CONTENT:
            value = getattr(content, name)
            setattr(row, f"{name}_cipher", key.close(value, f"complaints.{name}") if value else None)
        self.digest(row, content)

    def digest(self, row: ComplaintRow, content: ComplaintContent) -> None:
        """What the person's complaints are found by."""
        row.iin_digest = self.cipher.digest(f"iin/{content.iin}") if content.iin else None
        row.phone_digest = self.cipher.digest(f"phone/{content.phone}") if content.phone else None

    async def content(self, row: ComplaintRow) -> ComplaintContent:
        """Raises WrongKeyError."""
        key = (await self.of([row.id])).get(row.id)
        closed = {name: getattr(row, f"{name}_cipher") for name in CONTENT}
        if key is None:
            return ComplaintContent()
        return ComplaintContent(
            **{name: key.open(one, f"complaints.{name}") for name, one in closed.items() if one}
        )

    async def of(self, complaints: Sequence[int]) -> Mapping[int, ValueKey]:
        """The keys that are left. Raises WrongKeyError."""
        records = {record_of(one): one for one in complaints}
        rows = await self.session.execute(_RECORD_KEYS, {"records": list(records)})
        return {records[row.record]: self.cipher.record_key(row.wrapped, row.record) for row in rows}


def record_of(complaint: int) -> str:
    return f"complaint/{complaint}"


_RECORD_KEYS = select(RecordKeyRow.record, RecordKeyRow.wrapped).where(
    RecordKeyRow.record.in_(bindparam("records", expanding=True))
)

# Module level: building the statement dominates its cost.
_COUNTERS = cast(Table, ComplaintCounterRow.__table__)


@cache
def _next_number(dialect: str) -> Any:
    first = insert_into(dialect, _COUNTERS)
    grown = first.on_conflict_do_update(index_elements=["year"], set_={"last": _COUNTERS.c.last + 1})
    return grown.returning(_COUNTERS.c.last)


@cache
def _consent(dialect: str) -> Any:
    given = insert_into(dialect, ComplaintConsentRow.__table__)
    return given.on_conflict_do_nothing(index_elements=["person", "version"])


_STORED_FILES = select(AttachmentRow).where(AttachmentRow.erase_asked_at.is_(None)).order_by(AttachmentRow.id)
COUNT_OF_DRAFT = select(func.count()).where(
    AttachmentRow.draft == bindparam("draft_"), AttachmentRow.erase_asked_at.is_(None)
)
_OF_DRAFT = _STORED_FILES.where(AttachmentRow.draft == bindparam("draft_"))
_OF_STAFF_DRAFT = _STORED_FILES.where(AttachmentRow.desk_draft == bindparam("draft_"))
_OF_COMPLAINTS = _STORED_FILES.where(AttachmentRow.complaint.in_(bindparam("complaints_", expanding=True)))


@dataclass(frozen=True, slots=True)
class AttachmentStore:
    session: AsyncSession

    async def add(self, file: StoredFile, at: datetime, **of: int | None) -> AttachmentRow:
        """`of` names the draft, complaint or message that owns the file."""
        row = AttachmentRow(
            name=file.name,
            type=file.kind.value,
            size_bytes=file.size,
            digest=file.digest,
            added_at=at,
            **of,
        )
        self.session.add(row)
        if file.wrapped:
            self.session.add(RecordKeyRow(record=file_record(file.name), wrapped=file.wrapped))
        await self.session.flush()
        return row

    async def of_draft(self, draft: int) -> Sequence[AttachmentRow]:
        return (await self.session.scalars(_OF_DRAFT, {"draft_": draft})).all()

    async def of_complaints(self, complaints: Sequence[int]) -> Sequence[AttachmentRow]:
        return (await self.session.scalars(_OF_COMPLAINTS, {"complaints_": complaints})).all()

    async def count_of_draft(self, draft: int) -> int:
        return await self.session.scalar(COUNT_OF_DRAFT, {"draft_": draft}) or 0

    async def move_to_complaint(self, draft: int, complaint: int) -> None:
        moved = update(AttachmentRow).where(AttachmentRow.draft == draft)
        await self.session.execute(moved.values(draft=None, complaint=complaint))

    async def of_staff_draft(self, draft: int) -> Sequence[AttachmentRow]:
        return (await self.session.scalars(_OF_STAFF_DRAFT, {"draft_": draft})).all()

    async def move_from_staff(
        self, numbers: Sequence[int], complaint: int, message: int | None = None
    ) -> None:
        """Files of a staff draft become those of a message, or the complaint's own."""
        moved = update(AttachmentRow).where(AttachmentRow.id.in_(numbers))
        await self.session.execute(moved.values(desk_draft=None, complaint=complaint, message=message))

    async def ask_to_erase(self, at: datetime, *which: ColumnElement[bool]) -> None:
        """Mark these files' bytes for erasure."""
        asked = update(AttachmentRow).where(*which, AttachmentRow.erase_asked_at.is_(None))
        await self.session.execute(asked.values(erase_asked_at=at))

    async def to_erase(self, limit: int) -> Sequence[AttachmentRow]:
        """Files whose bytes are still to be erased."""
        to_erase = AttachmentRow.erase_asked_at.is_not(None) & AttachmentRow.erased_at.is_(None)
        query = select(AttachmentRow).where(to_erase).order_by(AttachmentRow.id).limit(limit)
        return (await self.session.scalars(query)).all()

    async def mark_erased(self, numbers: Sequence[int], at: datetime) -> None:
        """Record that the bytes are gone; the row stays for counts and the audit log's digest."""
        done = update(AttachmentRow).where(AttachmentRow.id.in_(numbers))
        await self.session.execute(done.values(erased_at=at))


CONSENT_VERSION = "2026-11-21"  # increase with every change of the consent's text


@dataclass(frozen=True, slots=True)
class ConsentStore:
    session: AsyncSession

    async def keep(self, person: int, version: str, at: datetime) -> None:
        """Record the consent; an earlier one to the same version stays unchanged."""
        given = {"person": person, "version": version, "given_at": at}
        await self.session.execute(_consent(dialect_of(self.session)), given)

    async def given(self, person: int, version: str) -> datetime | None:
        row = ComplaintConsentRow
        query = select(row.given_at).where(row.person == person, row.version == version)
        return await self.session.scalar(query)

    async def forget(self, person: int) -> None:
        await self.session.execute(delete(ComplaintConsentRow).where(ComplaintConsentRow.person == person))


@dataclass(frozen=True, slots=True)
class SourceMessages:
    """Chat messages that are a complaint's text: editing one adds to the complaint."""

    session: AsyncSession

    async def keep(self, person: int, messages: Iterable[int], complaint: int) -> None:
        await self.forget(person, messages := tuple(messages))
        rows = [{"person": person, "message": one, "complaint": complaint} for one in messages]
        if rows:
            await self.session.execute(insert(SourceMessageRow), rows)

    async def complaint_of(self, person: int, message: int) -> int | None:
        query = select(SourceMessageRow.complaint).where(
            SourceMessageRow.person == person, SourceMessageRow.message == message
        )
        return await self.session.scalar(query)

    async def forget(self, person: int, messages: Iterable[int]) -> None:
        """Telegram may reuse a message id in a chat that was cleared."""
        mine = (SourceMessageRow.person == person, SourceMessageRow.message.in_(tuple(messages)))
        await self.session.execute(delete(SourceMessageRow).where(*mine))
