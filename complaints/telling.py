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


class Told(StrEnum):
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
class Telling:
    """One thing told to one recipient.

    `complaint` is the complaint's id (the kept case's for SELF_KEPT_…), `message` the id of the message it is
    about, `stage` the notice's own name.
    """

    complaint: int
    told: Told
    audience: Audience
    recipient: int
    stage: str
    message: int | None = None


class ComplaintWords(Protocol):
    """The port of the bot: the fields of sendMessage for each of those told, in his language."""

    async def __call__(
        self, session: AsyncSession, tellings: Sequence[Telling]
    ) -> Sequence[Mapping[str, Any]]:
        """For an official: number, kind, service and date only (PersonalDataError otherwise)."""
        ...


def dates_subject(complaint: int) -> str:
    """What the notices of a due date are about: dropped when the date moves."""
    return f"complaint/{complaint}"


def extension_subject(extension: int) -> str:
    """What the notices of telling an extension are about."""
    return f"complaint_extension/{extension}"


def kept_subject(kept: int) -> str:
    """What the notices of dates that a citizen keeps with us are about."""
    return f"complaint_kept/{kept}"


def events_subject(complaint: int) -> str:
    """What the notices of events are about."""
    return f"complaint_event/{complaint}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """Writes notices in the caller's transaction."""

    session: AsyncSession
    words: ComplaintWords
    is_working: IsWorking
    now: datetime

    async def citizen(self, row: ComplaintRow, told: Told, message: int | None = None) -> None:
        """Nobody is told of a complaint that did not come through the bot."""
        if row.person is not None:
            await self._tell(row, told, Audience.CITIZEN, [row.person], message)

    async def officials(
        self, row: ComplaintRow, told: Told, recipients: Iterable[int], message: int | None = None
    ) -> None:
        await self._tell(row, told, Audience.OFFICIAL, sorted(set(recipients)), message)

    async def date_moved(self, row: ComplaintRow) -> None:
        """Drop what waits about earlier versions of the due date."""
        await self.dropped(dates_subject(row.id), row.due_version)

    async def dropped(self, subject: str, version: int) -> None:
        """The subject's date is another, or over: nothing of versions before `version` is sent any more."""
        await self._notices.move(subject, version, self.now)

    async def _tell(
        self,
        row: ComplaintRow,
        told: Told,
        audience: Audience,
        recipients: Iterable[int],
        message: int | None,
    ) -> None:
        await self.session.flush()  # the words read what was just written
        stage = f"{told.value}_{row.steps}"
        tellings = [
            Telling(
                complaint=row.id,
                told=told,
                audience=audience,
                recipient=recipient,
                stage=stage,
                message=message,
            )
            for recipient in recipients
        ]
        said = await self.words(self.session, tellings)
        notices = [self._notice(telling, payload) for telling, payload in zip(tellings, said, strict=True)]
        await self._notices.write(notices, self.now)

    def _notice(self, telling: Telling, payload: Mapping[str, Any]) -> Notice:
        return Notice(
            subject=events_subject(telling.complaint),
            version=EVENTS,
            stage=telling.stage,
            recipient=telling.recipient,
            audience=telling.audience,
            due_at=self.now,
            payload=payload,
        )

    @property
    def _notices(self) -> Notices:
        return Notices(session=self.session, is_working=self.is_working)
