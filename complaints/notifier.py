"""Who is told what about a complaint; the words are the bot's."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from complaints.tables import ComplaintRow
from messaging.outbox.hours import Audience, IsWorking
from notifications.notices import Notice, Notices

EVENTS = 1  # the one version of what is told of events: they are never dropped


class NotificationTopic(StrEnum):
    """What a notice is about. To citizens and to officials the words differ."""

    NEW = "new"  # official: it is in the organisation's list
    ASSIGNED = "assigned"  # official: it is his now
    ADDED = "added"  # official: the citizen added or gave something
    WITHDRAWN = "withdrawn"  # official
    NOT_SOLVED = "not_solved"  # official
    EXTENSION_ASKED = "extension_asked"  # head
    EXTENSION_DECIDED = "extension_decided"  # official who asked
    TAKEN = "taken"  # citizen, and so are the next
    ASKED = "asked"
    EXTENDED = "extended"
    PASSED_ON = "passed_on"
    PASSED_OUT = "passed_out"  # to a body that is not connected
    ANSWERED = "answered"
    REDATED = "redated"  # both: the calendar changed, and the due date with it
    TWO_DAYS = "two_days"  # official: two working days before the due date
    ONE_DAY = "one_day"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"  # both
    EXTENSION_UNTOLD = "extension_untold"  # official: the extension is to be told, today at the latest
    SELF_KEPT_DUE = "self_kept_due"  # citizen, of a complaint that he filed himself
    SELF_KEPT_OVERDUE = "self_kept_overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintNotification:
    """One thing told to one recipient.

    `complaint` is the complaint's id (the kept case's for SELF_KEPT_…), `message` the id of the message it is
    about, `stage` the notice's own name.
    """

    complaint: int
    topic: NotificationTopic
    audience: Audience
    recipient: int
    stage: str
    message: int | None = None


class NotificationRenderer(Protocol):
    """The port of the bot: the fields of sendMessage for each of those told, in his language."""

    async def __call__(
        self, session: AsyncSession, notifications: Sequence[ComplaintNotification]
    ) -> Sequence[Mapping[str, Any]]:
        """For an official: number, kind, service and date only (PersonalDataError otherwise)."""
        ...


def dates_subject(complaint: int) -> str:
    """What the notices of a due date are about: dropped when the date moves."""
    return f"complaint/{complaint}"


def extension_subject(extension: int) -> str:
    """What the notices of telling an extension are about."""
    return f"complaint_extension/{extension}"


def self_filed_subject(self_filed: int) -> str:
    """What the notices of dates that a citizen keeps with us are about."""
    return f"complaint_kept/{self_filed}"


def events_subject(complaint: int) -> str:
    """What the notices of events are about."""
    return f"complaint_event/{complaint}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintNotifier:
    """Writes notices in the caller's transaction."""

    session: AsyncSession
    renderer: NotificationRenderer
    is_working: IsWorking
    now: datetime

    async def citizen(self, row: ComplaintRow, topic: NotificationTopic, message: int | None = None) -> None:
        """Nobody is told of a complaint that did not come through the bot."""
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
        """Drop what waits about earlier versions of the due date."""
        await self.dropped(dates_subject(row.id), row.due_version)

    async def dropped(self, subject: str, version: int) -> None:
        """The subject's date is another, or over: nothing of versions before `version` is sent any more."""
        await self._notices.move(subject, version, self.now)

    async def _notify(
        self,
        row: ComplaintRow,
        topic: NotificationTopic,
        audience: Audience,
        recipients: Iterable[int],
        message: int | None,
    ) -> None:
        await self.session.flush()  # the words read what was just written
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
        said = await self.renderer(self.session, notifications)
        notices = [
            self._notice(notification, payload)
            for notification, payload in zip(notifications, said, strict=True)
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
