"""Notices: messages the bot starts by itself about something with a due date.

A notice is one outbox row with a key that stays unique forever. An action that changes state writes its
notices in the same transaction; the tick writes those that only time makes due.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from database.types import insert_into
from messaging.outbox import writing as outbox
from messaging.outbox.channel import AttachedFile
from messaging.outbox.hours import Audience, IsWorking, next_moment
from messaging.outbox.message import OutboxMessage
from messaging.outbox.tables import NoticeSubject, OutboxRow
from notifications.personal_data import reject_personal_data

_STAGE = re.compile(r"[a-z0-9_]+")


class NoticeKind(StrEnum):
    """Every kind of notice, the first word of its subject. Each is made anew when it is sent
    (`bot/app/jobs.py`), and tried in `tests/actions/test_every_notice.py`.
    """

    COMPLAINT = "complaint"  # a citizen's dates
    COMPLAINT_EVENT = "complaint_event"
    COMPLAINT_DIGEST = "complaint_digest"
    SELF_FILED = "complaint_kept"
    REMINDERS = "reminders"
    WAIVER = "waiver"
    CORRECTION = "report_correction"
    INVITATION = "invitation"
    MEMBERSHIP = "membership"
    LEAVE = "leave"
    REACH = "reach"
    CALENDAR = "calendar"

    def of(self, number: int) -> str:
        """The subject of the one with this number."""
        return f"{self.value}/{number}"

    @classmethod
    def read(cls, subject: str) -> "NoticeKind":
        """Raises ValueError for a subject of no kind."""
        return cls(subject.partition("/")[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One message to one recipient about one stage of a due date.

    `subject` identifies what has the date ("waiver/17"), `version` counts changes of the date, `stage` is the
    step towards it ("three_days_before"). `due_at` (aware) is when to send; delivery waits for the first
    permitted hour. `payload` holds the fields of `method`. Raises ValueError for a subject of no NoticeKind,
    PersonalDataError if a notice to an official contains personal data.
    """

    subject: str
    version: int
    stage: str
    recipient: int
    audience: Audience
    due_at: datetime
    payload: Mapping[str, Any]
    method: str = "sendMessage"
    files: tuple[AttachedFile, ...] = ()

    def __post_init__(self) -> None:
        if not _STAGE.fullmatch(self.stage):
            raise ValueError(f"not a stage name: {self.stage!r}")
        NoticeKind.read(self.subject)
        if self.audience is Audience.OFFICIAL:
            reject_personal_data(self.payload)

    @property
    def key(self) -> str:
        return key_of(self.subject, self.version, self.stage, self.recipient)


def key_of(subject: str, version: int, stage: str, recipient: int) -> str:
    return f"{subject}/{version}/{stage}/{recipient}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """Writes notices in the caller's transaction; the caller commits."""

    session: AsyncSession
    is_working: IsWorking

    async def write(self, notices: Sequence[Notice], now: datetime) -> int:
        """Write notices to the outbox, oldest first; returns how many were new.

        Skips notices written before and those of an outdated version. The first notice of a newer version
        advances the subject to it.
        """
        versions = await self._versions(notices, now)
        wanted = [notice for notice in notices if notice.version == versions[notice.subject]]
        wanted.sort(key=lambda notice: notice.due_at)
        return await outbox.write(self.session, [self._outbox_message(notice, now) for notice in wanted], now)

    async def move(self, subject: str, version: int, now: datetime) -> None:
        """The subject's date has changed: drop unsent notices of earlier versions.

        A finished subject moves to a version that gets no notices. Waits while one of them is being sent.
        """
        first = insert_into(self.session, NoticeSubject).values(subject=subject, version=version)
        advanced = first.on_conflict_do_update(
            index_elements=["subject"],
            set_={"version": version},
            where=NoticeSubject.version < version,
        )
        await self.session.execute(advanced)
        await outbox.drop(self.session, subject, now, OutboxRow.version < version)

    async def known(self, keys: Collection[str]) -> set[str]:
        """The `keys` of notices that were ever written."""
        return set(await self.session.scalars(select(OutboxRow.key).where(OutboxRow.key.in_(keys))))

    async def sent(self, key: str) -> bool:
        """Whether the notice with this key was sent."""
        query = select(OutboxRow.id).where(OutboxRow.key == key, OutboxRow.sent_at.is_not(None))
        return await self.session.scalar(query) is not None

    async def _versions(self, notices: Sequence[Notice], now: datetime) -> dict[str, int]:
        """Current versions of the subjects, locked in sorted order so that writers wait instead of
        deadlocking.
        """
        newest: dict[str, int] = {}
        for notice in notices:
            newest[notice.subject] = max(notice.version, newest.get(notice.subject, notice.version))
        if not newest:
            return {}
        rows = [{"subject": subject, "version": version} for subject, version in sorted(newest.items())]
        await self.session.execute(
            insert_into(self.session, NoticeSubject).values(rows).on_conflict_do_nothing()
        )
        query = select(NoticeSubject.subject, NoticeSubject.version)
        locked = query.where(NoticeSubject.subject.in_(newest)).order_by(NoticeSubject.subject)
        found = {row.subject: row.version for row in await self.session.execute(locked.with_for_update())}
        for subject, version in sorted(newest.items()):
            if version > found[subject]:
                await self.move(subject, version, now)
                found[subject] = version
        return found

    def _outbox_message(self, notice: Notice, now: datetime) -> OutboxMessage:
        return OutboxMessage(
            chat_id=notice.recipient,
            method=notice.method,
            payload={"chat_id": notice.recipient, **notice.payload},
            files=notice.files,
            send_at=next_moment(notice.audience, max(notice.due_at, now), self.is_working),
            key=notice.key,
            subject=notice.subject,
            version=notice.version,
            audience=notice.audience,
        )
