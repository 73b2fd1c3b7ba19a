"""What one official is told of complaints in one message: all that are due, or all whose date moved."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from complaints.notifier import NotificationRenderer, NotificationTopic
from notifications.notices import NoticeKind

VERSION = 1


class DigestKind(StrEnum):
    DUE = "due"  # of a working morning: what is due soon, today or overdue
    MOVED = "moved"  # of a change of the calendar: open complaints with a new date


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestStage:
    """Which digest of a person it is; `day` is that of the morning, or of the change (in Asia/Almaty)."""

    kind: DigestKind
    day: date

    @classmethod
    def read(cls, text: str) -> "DigestStage":
        """Reverse `str`. Raises ValueError."""
        kind, _, day = text.partition("_")
        return cls(kind=DigestKind(kind), day=date.fromisoformat(day))

    def __str__(self) -> str:
        return f"{self.kind}_{self.day:%Y%m%d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueCase:
    """A complaint and its step now; `number` is as stored.

    `due_on` is the day that counts: the due date, or the last day to notify the citizen of the extension.
    `holders` have its work, `others` are told of it too.
    """

    complaint: int
    number: int
    organisation: str
    service: str | None
    kind: str
    topic: NotificationTopic
    stage: str
    at: datetime
    due_on: date
    holders: frozenset[int] = frozenset()
    others: frozenset[int] = frozenset()

    @property
    def recipients(self) -> frozenset[int]:
        return self.holders | self.others


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintDigest:
    """One message: `cases` by due date, oldest first."""

    recipient: int
    stage: DigestStage
    cases: tuple[DueCase, ...]

    @property
    def counts(self) -> Mapping[NotificationTopic, int]:
        """How many complaints stand at each step."""
        return Counter(case.topic for case in self.cases)

    @property
    def days(self) -> Mapping[date, int]:
        """How many are due on each day."""
        return Counter(case.due_on for case in self.cases)


class DigestRenderer(NotificationRenderer, Protocol):
    """Port implemented by the bot: renders notifications, and an official's digest likewise."""

    async def digest(self, session: AsyncSession, digest: ComplaintDigest) -> Mapping[str, Any]: ...


def digest_subject(person: int) -> str:
    return NoticeKind.COMPLAINT_DIGEST.of(person)


def digest_of(
    recipient: int, stage: DigestStage, cases: Sequence[DueCase], given: frozenset[int]
) -> ComplaintDigest | None:
    """The person's digest of `cases`, None if it is empty.

    A complaint of `given` was given to its holder on that day: its own notice named the date.
    """
    mine = [
        case
        for case in cases
        if recipient in case.others or (recipient in case.holders and case.complaint not in given)
    ]
    if not mine:
        return None
    mine.sort(key=lambda case: (case.due_on, case.complaint))
    return ComplaintDigest(recipient=recipient, stage=stage, cases=tuple(mine))
