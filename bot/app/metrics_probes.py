"""Gauges read from the database whenever metrics are scraped."""

from datetime import datetime, time

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.switches.store import SwitchStore
from accounts.switches.switch import SwitchedJob
from complaints.queries.overdue import overdue
from complaints.terms import Rule
from deadlines.store import CalendarNotLoadedError, CalendarStore
from kernel.clock import ALMATY, almaty_date
from messaging import metrics
from messaging.health import Probe
from messaging.inbox.tables import IS_UNHANDLED, FailedUpdate, InboxRow
from messaging.outbox.tables import IS_OPEN, OutboxRow
from registry_data.queries import read_stale_cards, registry_version
from registry_data.staleness import StaleReason

_HOLDERS = {Rule.PROVIDER: "provider", Rule.AUTHORITY: "agency"}  # the rule tells who has to answer


async def inbox(session: AsyncSession, now: datetime) -> None:
    query = select(func.count(), func.min(InboxRow.received_at)).where(IS_UNHANDLED)
    depth, oldest = (await session.execute(query)).one()
    metrics.INBOX_DEPTH.set(depth)
    metrics.INBOX_AGE.set(_age(oldest, now))
    failed = await session.scalar(select(func.count()).select_from(FailedUpdate))
    metrics.INBOX_FAILED.set(failed or 0)


async def outbox(session: AsyncSession, now: datetime) -> None:
    """Messages scheduled for later do not count as waiting."""
    query = select(func.count(), func.min(OutboxRow.send_at)).where(IS_OPEN, OutboxRow.send_at <= now)
    depth, oldest = (await session.execute(query)).one()
    metrics.OUTBOX_DEPTH.set(depth)
    metrics.OUTBOX_AGE.set(_age(oldest, now))


async def complaints(session: AsyncSession, now: datetime) -> None:
    counted = await overdue(session, almaty_date(now))
    for rule, holder in _HOLDERS.items():
        metrics.OVERDUE.labels(holder).set(counted[rule])


async def calendar(session: AsyncSession, _: datetime) -> None:
    try:
        last = await CalendarStore(session).published_until()
    except CalendarNotLoadedError:
        return
    metrics.CALENDAR_ENDS.set(datetime.combine(last, time.max, ALMATY).timestamp())


async def registry(session: AsyncSession, now: datetime) -> None:
    metrics.REGISTRY_VERSION.set(await registry_version(session))
    stale = await read_stale_cards(session, almaty_date(now))
    for reason in StaleReason:
        metrics.REGISTRY_STALE.labels(reason.value).set(sum(reason in one.reasons for one in stale))


async def switches(session: AsyncSession, _: datetime) -> None:
    latest = await SwitchStore(session).latest()
    for job in SwitchedJob:
        metrics.JOB_OFF.labels(job.value).set(job in latest and latest[job].is_off)


PROBES: tuple[Probe, ...] = (inbox, outbox, complaints, calendar, registry, switches)


def _age(oldest: datetime | None, now: datetime) -> float:
    """Seconds; 0 if nothing waits or a clock was set back."""
    return 0.0 if oldest is None else max(0.0, (now - oldest).total_seconds())
