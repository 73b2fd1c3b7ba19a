"""Notices of complaints as they are when they are sent; one that no longer holds is not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from complaints.approvals.store import ApprovalStore
from complaints.assignment import ComplaintStaff, StaffQueries
from complaints.citizen_dates import CitizenDates, CitizenDue
from complaints.lifecycle import OPEN, ComplaintState
from complaints.notifier import ComplaintNotification, NotificationRenderer, NotificationTopic
from complaints.requests.rules import RequestKind
from complaints.requests.store import RequestStore
from complaints.store import ComplaintStore
from complaints.tables import ComplaintRow, MessageRow, SelfFiledRow
from complaints.thread import MessageKind
from deadlines.store import LiveCalendar
from kernel.clock import almaty_date
from messaging.outbox.hours import Audience
from messaging.outbox.refreshing import Refresh, WaitingNotice
from notifications.notices import NoticeKind

Fields = Mapping[str, Any] | None
_ANNOUNCING: Final = "complaint_extension"  # of notices that older programs wrote
_SAID: Final = {
    NotificationTopic.ASKED: MessageKind.QUESTION,
    NotificationTopic.PRELIMINARY: MessageKind.PRELIMINARY,
    NotificationTopic.PROTOCOL: MessageKind.PROTOCOL,
    NotificationTopic.PASSED_ON: MessageKind.PASSED_ON,
    NotificationTopic.PASSED_OUT: MessageKind.PASSED_ON,
    NotificationTopic.ANSWERED: MessageKind.ANSWER,
    NotificationTopic.RETURNED: MessageKind.RETURNED,
    NotificationTopic.MATERIALS_SHOWN: MessageKind.MATERIALS,
}

_WHILE_OPEN: Final = {
    NotificationTopic.NEW,
    NotificationTopic.ASSIGNED,
    NotificationTopic.ORAL_ASKED,
    NotificationTopic.APPROVAL_ASKED,
    NotificationTopic.ANSWER_RETURNED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintRefresher:
    calendar: LiveCalendar
    renderer: NotificationRenderer

    def by_subject(self) -> Mapping[str, Refresh]:
        """A refresher for each first word of a complaint notice's subject, digests apart."""
        return {
            NoticeKind.COMPLAINT: self.dates,
            NoticeKind.SELF_FILED: self.self_filed,
            NoticeKind.COMPLAINT_EVENT: self.event,
            _ANNOUNCING: _nothing,
        }

    async def dates(self, session: AsyncSession, notice: WaitingNotice, now: datetime) -> Fields:
        dates = await self._dates(session, now)
        mine = ComplaintRow.id == notice.number
        due = [*await dates.of_complaints(mine), *await dates.of_completions(mine)]
        return await self._among(session, notice, due)

    async def self_filed(self, session: AsyncSession, notice: WaitingNotice, now: datetime) -> Fields:
        dates = await self._dates(session, now)
        return await self._among(session, notice, await dates.of_self_filed(SelfFiledRow.id == notice.number))

    async def event(self, session: AsyncSession, notice: WaitingNotice, now: datetime) -> Fields:
        row = await ComplaintStore(session).get(notice.number)
        topic = NotificationTopic(notice.stage.rpartition("_")[0])
        if not await _holds(session, notice, topic, row, now):
            return None
        notification = ComplaintNotification(
            complaint=row.id,
            topic=topic,
            audience=notice.audience or Audience.OFFICIAL,
            recipient=notice.recipient,
            stage=notice.stage,
            message=await _last_message(session, row.id, topic),
        )
        return (await self.renderer(session, [notification]))[0]

    async def _dates(self, session: AsyncSession, now: datetime) -> CitizenDates:
        return CitizenDates(session=session, now=now, calendar=await self.calendar.current(session))

    async def _among(self, session: AsyncSession, notice: WaitingNotice, due: list[CitizenDue]) -> Fields:
        """The notice if it is still due."""
        key = (notice.subject, notice.version, notice.stage, notice.recipient)
        for one in due:
            notification = one.notification
            if (one.subject, one.version, notification.stage, notification.recipient) == key:
                return (await self.renderer(session, [notification]))[0]
        return None


async def _nothing(_session: AsyncSession, _notice: WaitingNotice, _now: datetime) -> Fields:
    """The digest tells of these dates now."""
    return None


async def _holds(
    session: AsyncSession, notice: WaitingNotice, topic: NotificationTopic, row: ComplaintRow, now: datetime
) -> bool:
    """Whether it is still so: what has happened always is, what is to be done may be over."""
    if notice.audience is Audience.CITIZEN:
        return row.person == notice.recipient and _holds_for_citizen(topic, ComplaintState(row.state))
    staff = await StaffQueries(session).of(row.organisation, almaty_date(now))
    is_over = topic in _WHILE_OPEN and ComplaintState(row.state) not in OPEN
    if is_over or notice.recipient not in staff.readers:
        return False  # done, passed on to others, or the recipient has left
    match topic:
        case NotificationTopic.NEW | NotificationTopic.ASSIGNED:
            return _is_theirs(notice, topic, row, staff)
    return await _is_still_asked(session, topic, row.id)


async def _is_still_asked(session: AsyncSession, topic: NotificationTopic, complaint: int) -> bool:
    """Of a notice about something to decide or to show; others tell what has happened."""
    match topic:
        case NotificationTopic.EXTENSION_ASKED:
            return await ComplaintStore(session).pending_extension(complaint) is not None
        case NotificationTopic.APPROVAL_ASKED:
            return await ApprovalStore(session).waiting(complaint) is not None
        case NotificationTopic.MATERIALS_ASKED:
            return await RequestStore(session).row(complaint, RequestKind.MATERIALS) is not None
    return True


def _is_theirs(
    notice: WaitingNotice, topic: NotificationTopic, row: ComplaintRow, staff: ComplaintStaff
) -> bool:
    """A new complaint is everybody's, an assigned one the recipient's."""
    if topic is NotificationTopic.NEW:
        return staff.holder(row.assignee) is None
    return notice.recipient in staff.recipients(row.assignee)


def _holds_for_citizen(topic: NotificationTopic, state: ComplaintState) -> bool:
    match topic:
        case NotificationTopic.TAKEN:
            return state in OPEN
        case NotificationTopic.PRELIMINARY:
            return state in OPEN
        case NotificationTopic.ASKED | NotificationTopic.COMPLETION_ASKED:
            return state is ComplaintState.INFORMATION_ASKED
    return True


async def _last_message(session: AsyncSession, complaint: int, topic: NotificationTopic) -> int | None:
    """The message that the notice shows, if it shows one."""
    kind = _SAID.get(topic)
    if kind is None:
        return None
    mine = (MessageRow.complaint == complaint, MessageRow.kind == kind.value)
    query = select(MessageRow.id).where(*mine).order_by(MessageRow.id.desc()).limit(1)
    return await session.scalar(query)
