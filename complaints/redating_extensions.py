"""Re-date what else is owed to citizens after the calendar was edited: the last day to notify of an
extension, to return a complaint that was not completed, to show materials.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from complaints.audit_log import BY_SYSTEM, AuditLog, AuditValue
from complaints.lifecycle import LifecycleStep
from complaints.numbers import ComplaintNumber
from complaints.requests.rules import RequestKind, return_by, show_by
from complaints.requests.tables import IS_PENDING, RequestRow
from complaints.store import ComplaintStore
from complaints.tables import IS_NOTICE_PENDING, IS_OPEN, ComplaintRow, ExtensionRow
from complaints.terms import tell_by
from deadlines.calendar import WorkCalendar


class Owed(StrEnum):
    EXTENSION_NOTICE = "extension"
    RETURN = "return"
    MATERIALS = "materials"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRedating:
    """Something owed about a complaint, by the id of its row, and its last day `before` and `after`."""

    owed: Owed
    id: int
    complaint: int
    number: ComplaintNumber
    organisation: str
    before: date
    after: date


async def find_notice_redatings(session: AsyncSession, calendar: WorkCalendar) -> Sequence[NoticeRedating]:
    """Those whose current last day differs from the calendar's. Raises OutsideCalendarError."""
    found = [one async for one in _extensions(session, calendar)]
    found += [one async for one in _requests(session, calendar)]
    return [one for one in found if one.before != one.after]


async def redate_notice(session: AsyncSession, one: NoticeRedating, version: int, now: datetime) -> bool:
    """Set the day and log the reason; `version` is the calendar's. The caller commits.

    Returns False and changes nothing if it was done, or the complaint answered, meanwhile.
    """
    complaint = await ComplaintStore(session).lock(one.complaint)
    if complaint.closed_at is not None and one.owed is not Owed.MATERIALS:
        return False
    if await session.scalar(_moved(one)) is None:
        return False
    is_notice = one.owed is Owed.EXTENSION_NOTICE
    what: dict[str, AuditValue] = {
        "reason": "calendar",
        "calendar": version,
        "extension" if is_notice else "request": one.id,
        "tell_before" if is_notice else "before": one.before,
        "tell_by" if is_notice else "by": one.after,
    }
    await AuditLog(session).add(complaint, LifecycleStep.REDATE, BY_SYSTEM, now, what)
    return True


async def _extensions(session: AsyncSession, calendar: WorkCalendar) -> AsyncIterator[NoticeRedating]:
    """Extensions of open complaints that are not announced yet."""
    query = (
        select(ExtensionRow, ComplaintRow.number, ComplaintRow.organisation)
        .join(ComplaintRow, ComplaintRow.id == ExtensionRow.complaint)
        .where(IS_NOTICE_PENDING, IS_OPEN)
        .order_by(ExtensionRow.tell_by, ExtensionRow.id)
    )
    for row, number, organisation in await session.execute(query):
        assert row.decided_at is not None  # only a granted extension is announced
        assert row.tell_by is not None
        yield NoticeRedating(
            owed=Owed.EXTENSION_NOTICE,
            id=row.id,
            complaint=row.complaint,
            number=ComplaintNumber.of(number),
            organisation=organisation,
            before=row.tell_by,
            after=tell_by(row.decided_at, calendar),
        )


async def _requests(session: AsyncSession, calendar: WorkCalendar) -> AsyncIterator[NoticeRedating]:
    """Materials to show, and returns of open complaints."""
    is_materials = RequestRow.kind == RequestKind.MATERIALS.value
    query = (
        select(RequestRow, ComplaintRow.number, ComplaintRow.organisation)
        .join(ComplaintRow, ComplaintRow.id == RequestRow.complaint)
        .where(IS_PENDING, IS_OPEN | is_materials)
        .order_by(RequestRow.due_on, RequestRow.id)
    )
    for row, number, organisation in await session.execute(query):
        completes = row.complete_by
        yield NoticeRedating(
            owed=Owed.MATERIALS if completes is None else Owed.RETURN,
            id=row.id,
            complaint=row.complaint,
            number=ComplaintNumber.of(number),
            organisation=organisation,
            before=row.due_on,
            after=show_by(row.asked_at, calendar) if completes is None else return_by(completes, calendar),
        )


def _moved(one: NoticeRedating) -> Any:
    """The statement that sets the day, unless it was done meanwhile."""
    if one.owed is Owed.EXTENSION_NOTICE:
        notice = update(ExtensionRow).where(ExtensionRow.id == one.id, IS_NOTICE_PENDING)
        days = {"tell_by": one.after, "tell_version": ExtensionRow.tell_version + 1}
        return notice.values(days).returning(ExtensionRow.id)
    request = update(RequestRow).where(RequestRow.id == one.id, IS_PENDING)
    return request.values(due_on=one.after, version=RequestRow.version + 1).returning(RequestRow.id)
