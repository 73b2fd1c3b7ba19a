"""The tick's job for complaints: notices that fall due with time alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncSession

from complaints.assignment import ComplaintStaff, StaffQueries
from complaints.notifier import (
    ComplaintNotification,
    NotificationRenderer,
    NotificationTopic,
    dates_subject,
    extension_subject,
    self_filed_subject,
)
from complaints.reminder_schedule import EscalationLevel, EscalationStep, escalation_step, horizon
from complaints.tables import IS_NOTICE_PENDING, IS_OPEN, ComplaintRow, ExtensionRow, SelfFiledRow
from deadlines.calendar import WorkCalendar
from deadlines.store import LiveCalendar
from kernel.clock import almaty_date
from messaging.outbox.hours import Audience, WorkingDays
from notifications.notices import Notices, key_of
from notifications.tick import DueEvent, NoticeJob

CHUNK = 500
REDATED_FOR = timedelta(days=14)  # after which an old calendar change is no longer announced
_SELF_FILED = {
    NotificationTopic.DUE_TODAY: NotificationTopic.SELF_KEPT_DUE,
    NotificationTopic.OVERDUE: NotificationTopic.SELF_KEPT_OVERDUE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DueNotice:
    """A due event, its recipients, and what its text is rendered from."""

    due_event: DueEvent
    recipients: tuple[int, ...]
    about: int
    topic: NotificationTopic

    def names(self) -> Iterator[str]:
        """The keys of its notices."""
        one = self.due_event
        return (key_of(one.subject, one.version, one.stage, recipient) for recipient in self.recipients)


@dataclass(slots=True, kw_only=True)
class ComplaintDatesJob:
    """Steps of due dates, extension notices, and dates that citizens track.

    Sent notices are looked up once and cached for the day: a tick over a hundred thousand open complaints
    queries only what is new.
    """

    calendar: LiveCalendar
    renderer: NotificationRenderer
    _wanted: dict[tuple[str, int, str], DueNotice] = field(default_factory=dict)
    _notified: set[str] = field(default_factory=set)
    _notified_on: object = None

    def as_job(self) -> NoticeJob:
        return NoticeJob(
            name="complaints", due_events=self.due_events, recipients=self.recipients, render=self.tell
        )

    async def due_events(self, session: AsyncSession, now: datetime) -> Sequence[DueEvent]:
        """Everything due now that one of its recipients has not been sent."""
        if self._notified_on != now.date():
            self._notified, self._notified_on = set(), now.date()
        calendar = await self.calendar.current(session)
        reading = _StateReader(session=session, now=now, calendar=calendar)
        found = [*await reading.complaints(), *await reading.extensions(), *await reading.self_filed()]
        unwritten = await self._unwritten(session, [*found, *await reading.redated()])
        self._wanted = {_name(one.due_event): one for one in unwritten}
        return [one.due_event for one in unwritten]

    async def recipients(self, _: AsyncSession, due_event: DueEvent) -> Sequence[int]:
        return self._wanted[_name(due_event)].recipients

    async def tell(self, session: AsyncSession, due_event: DueEvent, recipient: int) -> Mapping[str, Any]:
        wanted = self._wanted[_name(due_event)]
        notification = ComplaintNotification(
            complaint=wanted.about,
            topic=wanted.topic,
            audience=due_event.audience,
            recipient=recipient,
            stage=due_event.stage,
        )
        return (await self.renderer(session, [notification]))[0]

    async def _unwritten(self, session: AsyncSession, wanted: Sequence[DueNotice]) -> list[DueNotice]:
        keys = [key for one in wanted for key in one.names() if key not in self._notified]
        notices = Notices(session=session, is_working=await WorkingDays(self.calendar)(session))
        for start in range(0, len(keys), CHUNK):
            self._notified |= await notices.known(keys[start : start + CHUNK])
        return [one for one in wanted if any(key not in self._notified for key in one.names())]


def make_jobs(calendar: LiveCalendar, renderer: NotificationRenderer) -> tuple[NoticeJob, ...]:
    """The tick's jobs for complaints."""
    return (ComplaintDatesJob(calendar=calendar, renderer=renderer).as_job(),)


@dataclass(slots=True, kw_only=True)
class _StateReader:
    """One pass over the state, reading each organisation's staff once."""

    session: AsyncSession
    now: datetime
    calendar: WorkCalendar
    _staff: dict[str, ComplaintStaff] = field(default_factory=dict)

    async def complaints(self) -> list[DueNotice]:
        row = ComplaintRow
        query = select(
            row.id, row.organisation, row.assignee, row.person, row.due_on, row.late_after, row.due_version
        ).where(IS_OPEN, row.due_on <= horizon(self.now, self.calendar))
        found: list[DueNotice] = []
        for one in await self.session.execute(query):
            step = escalation_step(one.due_on, one.late_after, self.now, self.calendar)
            if step is not None:
                found += await self._of_complaint(one, step)
        return found

    async def extensions(self) -> list[DueNotice]:
        """Extensions whose notice to the citizen is due and not given."""
        row = ComplaintRow
        query = (
            select(
                ExtensionRow.id,
                ExtensionRow.tell_by,
                ExtensionRow.tell_version,
                row.id.label("complaint"),
                row.organisation,
                row.assignee,
            )
            .join(row, row.id == ExtensionRow.complaint)
            .where(IS_NOTICE_PENDING, ExtensionRow.tell_by <= horizon(self.now, self.calendar))
        )
        found = []
        for one in await self.session.execute(query):
            step = escalation_step(one.tell_by, one.tell_by, self.now, self.calendar)
            if step is not None and step.topic is not NotificationTopic.TWO_DAYS:
                to = await self._recipients(one.organisation, one.assignee, step.to)
                subject = extension_subject(one.id)
                due_event = _due_event(subject, one.tell_version, step.stage, Audience.OFFICIAL, step.at)
                found.append(
                    DueNotice(
                        due_event=due_event,
                        recipients=to,
                        about=one.complaint,
                        topic=NotificationTopic.EXTENSION_UNTOLD,
                    )
                )
        return found

    async def self_filed(self) -> list[DueNotice]:
        """Dates that citizens track: on the day itself, and once after it."""
        row = SelfFiledRow
        query = select(row).where(row.closed_at.is_(None), row.due_on <= almaty_date(self.now))
        found = []
        for one in await self.session.scalars(query):
            step = escalation_step(one.due_on, one.late_after, self.now, self.calendar)
            topic = _SELF_FILED.get(step.topic) if step is not None else None
            if step is not None and topic is not None:
                subject = self_filed_subject(one.id)
                due_event = _due_event(subject, one.due_version, topic.value, Audience.CITIZEN, step.at)
                found.append(
                    DueNotice(due_event=due_event, recipients=(one.person,), about=one.id, topic=topic)
                )
        return found

    async def redated(self) -> list[DueNotice]:
        """Open complaints whose due date a recent calendar change moved."""
        row = ComplaintRow
        query = select(
            row.id, row.organisation, row.assignee, row.person, row.due_version, row.redated_at
        ).where(IS_OPEN, row.redated_at > self.now - REDATED_FOR)
        found = []
        for one in await self.session.execute(query):
            step = EscalationStep(
                topic=NotificationTopic.REDATED, stage=NotificationTopic.REDATED.value, at=one.redated_at
            )
            found += await self._of_complaint(one, step)
        return found

    async def _of_complaint(self, one: Row[*tuple[Any, ...]], step: EscalationStep) -> list[DueNotice]:
        """The officials' notice, and the citizen's if there is one."""
        subject = dates_subject(one.id)
        to = await self._recipients(one.organisation, one.assignee, step.to)
        due_event = _due_event(subject, one.due_version, step.stage, Audience.OFFICIAL, step.at)
        found = [DueNotice(due_event=due_event, recipients=to, about=one.id, topic=step.topic)]
        if one.person is not None and step.topic in {NotificationTopic.OVERDUE, NotificationTopic.REDATED}:
            stage = f"{step.topic}_citizen"  # once, however late
            due_event = _due_event(subject, one.due_version, stage, Audience.CITIZEN, step.at)
            found.append(
                DueNotice(due_event=due_event, recipients=(one.person,), about=one.id, topic=step.topic)
            )
        return found

    async def _recipients(
        self, organisation: str, assignee: int | None, to: Sequence[EscalationLevel]
    ) -> tuple[int, ...]:
        staff = self._staff.get(organisation)
        if staff is None:
            today = almaty_date(self.now)
            staff = self._staff[organisation] = await StaffQueries(self.session).of(organisation, today)
        by_level = {
            EscalationLevel.HOLDER: staff.recipients(assignee),
            EscalationLevel.HEADS: staff.heads,
            EscalationLevel.COORDINATORS: staff.coordinators,
        }
        return tuple(sorted(frozenset().union(*(by_level[one] for one in to))))


def _due_event(subject: str, version: int, stage: str, audience: Audience, at: datetime) -> DueEvent:
    return DueEvent(subject=subject, version=version, stage=stage, audience=audience, due_at=at)


def _name(due_event: DueEvent) -> tuple[str, int, str]:
    return due_event.subject, due_event.version, due_event.stage
