"""Re-date the last day to notify a citizen of an extension after the calendar was edited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from complaints.audit_log import BY_SYSTEM, AuditLog, AuditValue
from complaints.lifecycle import LifecycleStep
from complaints.numbers import ComplaintNumber
from complaints.store import ComplaintStore
from complaints.tables import IS_NOTICE_PENDING, IS_OPEN, ComplaintRow, ExtensionRow
from complaints.terms import tell_by
from deadlines.calendar import WorkCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRedating:
    """An open complaint's extension, not announced yet: its last day for that, `before` and `after`."""

    extension: int
    complaint: int
    number: ComplaintNumber
    organisation: str
    before: date
    after: date


async def find_notice_redatings(session: AsyncSession, calendar: WorkCalendar) -> Sequence[NoticeRedating]:
    """Extensions whose current last day differs from the calendar's. Raises OutsideCalendarError."""
    query = (
        select(ExtensionRow, ComplaintRow.number, ComplaintRow.organisation)
        .join(ComplaintRow, ComplaintRow.id == ExtensionRow.complaint)
        .where(IS_NOTICE_PENDING, IS_OPEN)
        .order_by(ExtensionRow.tell_by, ExtensionRow.id)
    )
    found = []
    for row, number, organisation in await session.execute(query):
        assert row.decided_at is not None  # only a granted extension is announced
        assert row.tell_by is not None
        after = tell_by(row.decided_at, calendar)
        if after != row.tell_by:
            found.append(
                NoticeRedating(
                    extension=row.id,
                    complaint=row.complaint,
                    number=ComplaintNumber.of(number),
                    organisation=organisation,
                    before=row.tell_by,
                    after=after,
                )
            )
    return found


async def redate_notice(session: AsyncSession, one: NoticeRedating, version: int, now: datetime) -> bool:
    """Set the day and log the reason; `version` is the calendar's. The caller commits.

    Returns False and changes nothing if the citizen was notified, or the complaint answered, meanwhile.
    """
    complaint = await ComplaintStore(session).lock(one.complaint)
    if complaint.closed_at is not None:
        return False
    moved = update(ExtensionRow).where(ExtensionRow.id == one.extension, IS_NOTICE_PENDING)
    values = {"tell_by": one.after, "tell_version": ExtensionRow.tell_version + 1}
    if await session.scalar(moved.values(values).returning(ExtensionRow.id)) is None:
        return False
    what: dict[str, AuditValue] = {
        "reason": "calendar",
        "calendar": version,
        "extension": one.extension,
        "tell_before": one.before,
        "tell_by": one.after,
    }
    await AuditLog(session).add(complaint, LifecycleStep.REDATE, BY_SYSTEM, now, what)
    return True
