"""Who is notified of what about a complaint; the bot renders the text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from complaints.tables import ComplaintRow
from messaging.outbox.hours import Audience, IsWorking
from notifications.notices import Notice, NoticeKind, Notices

EVENTS = 1  # version of event notices, which are never dropped


class NotificationTopic(StrEnum):
    """What a notice is about. Citizens and officials get different texts."""

    NEW = "new"  # official: unassigned in the organisation
    ASSIGNED = "assigned"  # official: assigned to the recipient
    ADDED = "added"  # official: the citizen added or answered something
    WITHDRAWN = "withdrawn"  # official
    MATERIALS_ASKED = "materials_asked"  # official: the citizen asks to see the file of the case
    NOT_SOLVED = "not_solved"  # official
    EXTENSION_ASKED = "extension_asked"  # head
    EXTENSION_DECIDED = "extension_decided"  # official who asked
    TAKEN_AWAY = "taken_away"  # official who had it: a colleague has it now
    ORAL_ASKED = "oral_asked"  # official: the citizen wants an oral hearing
    APPROVAL_ASKED = "approval_asked"  # head: an answer waits
    ANSWER_APPROVED = "answer_approved"  # official whose answer it is
    ANSWER_RETURNED = "answer_returned"  # official whose answer it is
    VOIDED = "voided"  # official
    TAKEN = "taken"  # citizen, as are the next ones
    ASKED = "asked"
    EXTENDED = "extended"
    COMPLETION_ASKED = "completion_asked"  # what the complaint lacks, and until when to add it
    COMPLETION_DUE = "completion_due"  # the working day before the last to add it, or that day
    RETURNED = "returned"
    MATERIALS_SHOWN = "materials_shown"
    PRELIMINARY = "preliminary"
    PROTOCOL = "protocol"
    PASSED_ON = "passed_on"  # and the official who had it
    PASSED_OUT = "passed_out"  # to a body that is not connected
    ANSWERED = "answered"
    JOINED = "joined"  # to another complaint of the citizen's, which goes on
    REDATED = "redated"  # both: a calendar change moved the due date
    TWO_DAYS = "two_days"  # official: two working days before the due date
    ONE_DAY = "one_day"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"  # both
    EXTENSION_UNTOLD = "extension_untold"  # official: the citizen must be notified of the extension by today
    RETURN_DUE = "return_due"  # official: return what was not completed, by today
    MATERIALS_DUE = "materials_due"  # official: show the materials, by today
    PRELIMINARY_LAST = "preliminary_last"  # official: last day to tell the preliminary decision
    PRELIMINARY_UNTOLD = "preliminary_untold"  # official: it reached nobody, and is told in another way
    PROTOCOL_DUE = "protocol_due"  # official: of an oral hearing
    APPROVAL_WAITS = "approval_waits"  # head: an answer still waits
    SELF_KEPT_DUE = "self_kept_due"  # citizen, about a complaint filed outside the bot
    SELF_KEPT_OVERDUE = "self_kept_overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintNotification:
    """One notification for one recipient.

    `complaint` is the complaint's id (the tracked date's for SELF_KEPT_…), `message` the id of the message it
    is about, `stage` the notice's own name.
    """

    complaint: int
    topic: NotificationTopic
    audience: Audience
    recipient: int
    stage: str
    message: int | None = None


class NotificationRenderer(Protocol):
    """Port implemented by the bot: the sendMessage fields of a notification, in the recipient's language."""

    async def __call__(
        self, session: AsyncSession, notifications: Sequence[ComplaintNotification]
    ) -> Sequence[Mapping[str, Any]]:
        """Officials get number, kind, service and date only (PersonalDataError otherwise)."""
        ...


def dates_subject(complaint: int) -> str:
    """Subject of the notices of a due date, dropped when the date moves."""
    return NoticeKind.COMPLAINT.of(complaint)


def self_filed_subject(self_filed: int) -> str:
    """Subject of the notices of dates that a citizen tracks."""
    return NoticeKind.SELF_FILED.of(self_filed)


def events_subject(complaint: int) -> str:
    """Subject of the notices of events."""
    return NoticeKind.COMPLAINT_EVENT.of(complaint)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintNotifier:
    """Writes notices in the caller's transaction."""

    session: AsyncSession
    renderer: NotificationRenderer
    is_working: IsWorking
    now: datetime

    async def citizen(self, row: ComplaintRow, topic: NotificationTopic, message: int | None = None) -> None:
        """Skips complaints that did not come through the bot."""
        if row.person is not None:
            await self._notify(row, topic, Audience.CITIZEN, [row.person], message)

    async def officials(
        self,
        row: ComplaintRow,
        topic: NotificationTopic,
        recipients: Iterable[int],
        message: int | None = None,
    ) -> None:
        await self._notify(row, topic, Audience.OFFICIAL, sorted(set(recipients)), message)

    async def date_moved(self, row: ComplaintRow) -> None:
        """Drop pending notices of earlier versions of the due date."""
        await self.dropped(dates_subject(row.id), row.due_version)

    async def dropped(self, subject: str, version: int) -> None:
        """Drop unsent notices of the subject older than `version`: its date has moved or passed."""
        await self._notices.move(subject, version, self.now)

    async def _notify(
        self,
        row: ComplaintRow,
        topic: NotificationTopic,
        audience: Audience,
        recipients: Iterable[int],
        message: int | None,
    ) -> None:
        await self.session.flush()  # rendering reads what was just written
        stage = f"{topic.value}_{row.steps}"
        notifications = [
            ComplaintNotification(
                complaint=row.id,
                topic=topic,
                audience=audience,
                recipient=recipient,
                stage=stage,
                message=message,
            )
            for recipient in recipients
        ]
        payloads = await self.renderer(self.session, notifications)
        notices = [
            self._notice(notification, payload)
            for notification, payload in zip(notifications, payloads, strict=True)
        ]
        await self._notices.write(notices, self.now)

    def _notice(self, notification: ComplaintNotification, payload: Mapping[str, Any]) -> Notice:
        return Notice(
            subject=events_subject(notification.complaint),
            version=EVENTS,
            stage=notification.stage,
            recipient=notification.recipient,
            audience=notification.audience,
            due_at=self.now,
            payload=payload,
        )

    @property
    def _notices(self) -> Notices:
        return Notices(session=self.session, is_working=self.is_working)
