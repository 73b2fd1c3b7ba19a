"""Reads which dates a citizen is told of: an overdue or moved complaint, and dates that they track."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from complaints.due import REDATED_FOR
from complaints.lifecycle import ComplaintState
from complaints.notifier import ComplaintNotification, NotificationTopic, dates_subject, self_filed_subject
from complaints.reminder_schedule import escalation_step, horizon
from complaints.requests.rules import RequestKind
from complaints.requests.tables import IS_PENDING, RequestRow
from complaints.tables import IS_OPEN, ComplaintRow, SelfFiledRow
from deadlines.calendar import WorkCalendar
from kernel.clock import almaty_date
from messaging.outbox.hours import Audience

_SELF_FILED: Final = {
    NotificationTopic.DUE_TODAY: NotificationTopic.SELF_KEPT_DUE,
    NotificationTopic.OVERDUE: NotificationTopic.SELF_KEPT_OVERDUE,
}
_LAST_DAYS: Final = {NotificationTopic.ONE_DAY, NotificationTopic.DUE_TODAY}


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenDue:
    """A notice that is due since `at` (aware)."""

    subject: str
    version: int
    at: datetime
    notification: ComplaintNotification


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenDates:
    """One pass over the state at `now` (aware)."""

    session: AsyncSession
    now: datetime
    calendar: WorkCalendar

    async def everything(self) -> list[CitizenDue]:
        return [*await self.of_complaints(), *await self.of_completions(), *await self.of_self_filed()]

    async def of_complaints(self, *which: ColumnElement[bool]) -> list[CitizenDue]:
        """Open complaints that are overdue, or that a recent calendar change moved: once, however late."""
        row = ComplaintRow
        query = select(row.id, row.person, row.due_on, row.late_after, row.due_version, row.redated_at)
        bots = (IS_OPEN, row.person.is_not(None), *which)
        found: list[CitizenDue] = []
        for one in await self.session.execute(query.where(row.due_on < almaty_date(self.now), *bots)):
            step = escalation_step(one.due_on, one.late_after, self.now, self.calendar)
            if step is not None and step.topic is NotificationTopic.OVERDUE:
                found.append(_of_complaint(one.id, one.due_version, one.person, step.topic, step.at))
        for one in await self.session.execute(query.where(row.redated_at > self.now - REDATED_FOR, *bots)):
            topic = NotificationTopic.REDATED
            found.append(_of_complaint(one.id, one.due_version, one.person, topic, one.redated_at))
        return found

    async def of_completions(self, *which: ColumnElement[bool]) -> list[CitizenDue]:
        """Incomplete complaints, once before their last day to be completed: on the working day before it, or
        on the day itself where that was too late to ask.
        """
        row, topic = ComplaintRow, NotificationTopic.COMPLETION_DUE
        query = select(
            row.id, row.person, row.due_version, RequestRow.id.label("request"), RequestRow.asked_at,
            RequestRow.complete_by,
        ).join(RequestRow, RequestRow.complaint == row.id)  # fmt: skip
        waits = (
            IS_PENDING,
            RequestRow.kind == RequestKind.COMPLETION.value,
            row.state == ComplaintState.INFORMATION_ASKED.value,
            row.person.is_not(None),
            RequestRow.complete_by.between(almaty_date(self.now), horizon(self.now, self.calendar)),
        )
        found: list[CitizenDue] = []
        for one in await self.session.execute(query.where(*waits, *which)):
            step = escalation_step(one.complete_by, one.complete_by, self.now, self.calendar)
            if step is not None and step.topic in _LAST_DAYS and one.asked_at < step.at:
                notification = _notification(one.id, one.person, topic, f"{topic}_{one.request}")
                subject = dates_subject(one.id)
                found.append(
                    CitizenDue(
                        subject=subject, version=one.due_version, at=step.at, notification=notification
                    )
                )
        return found

    async def of_self_filed(self, *which: ColumnElement[bool]) -> list[CitizenDue]:
        """Dates that citizens track: on the day itself, and once after it."""
        row = SelfFiledRow
        waited_for = (row.closed_at.is_(None), row.answered_on.is_(None))
        query = select(row).where(*waited_for, row.due_on <= almaty_date(self.now), *which)
        found: list[CitizenDue] = []
        for one in await self.session.scalars(query):
            step = escalation_step(one.due_on, one.late_after, self.now, self.calendar)
            topic = _SELF_FILED.get(step.topic) if step is not None else None
            if step is not None and topic is not None:
                notification = _notification(one.id, one.person, topic, topic.value)
                subject, version = self_filed_subject(one.id), one.due_version
                found.append(
                    CitizenDue(subject=subject, version=version, at=step.at, notification=notification)
                )
        return found


def _of_complaint(
    complaint: int, version: int, person: int, topic: NotificationTopic, at: datetime
) -> CitizenDue:
    notification = _notification(complaint, person, topic, f"{topic}_citizen")
    return CitizenDue(subject=dates_subject(complaint), version=version, at=at, notification=notification)


def _notification(about: int, person: int, topic: NotificationTopic, stage: str) -> ComplaintNotification:
    return ComplaintNotification(
        complaint=about, topic=topic, audience=Audience.CITIZEN, recipient=person, stage=stage
    )
