"""The tick's job for complaints: notices that fall due with time alone.

An official gets one digest each working morning and one of each change of the calendar; a citizen gets a
notice for each complaint.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from complaints.citizen_dates import CitizenDates, CitizenDue
from complaints.digest import (
    VERSION,
    ComplaintDigest,
    DigestKind,
    DigestRenderer,
    DigestStage,
    DueCase,
    digest_of,
    digest_subject,
)
from complaints.due import CHUNK, DueReader
from complaints.notifier import ComplaintNotification
from complaints.reminder_schedule import at_nine
from deadlines.store import LiveCalendar
from kernel.clock import almaty_date
from messaging.outbox.hours import Audience, WorkingDays
from notifications.notices import Notices, key_of
from notifications.tick import DueEvent, NoticeJob

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class DueNotice:
    """A due event of one recipient, and what its text is rendered from."""

    due_event: DueEvent
    recipient: int
    about: ComplaintDigest | ComplaintNotification

    @property
    def key(self) -> str:
        one = self.due_event
        return key_of(one.subject, one.version, one.stage, self.recipient)


@dataclass(slots=True, kw_only=True)
class ComplaintDatesJob:
    """Digests of officials, and dates of citizens.

    Sent notices are looked up once and cached for the day: a tick over a hundred thousand open complaints
    queries only what is new.
    """

    calendar: LiveCalendar
    renderer: DigestRenderer
    _wanted: dict[tuple[str, int, str], DueNotice] = field(default_factory=dict)
    _notified: set[str] = field(default_factory=set)
    _notified_on: object = None

    def as_job(self) -> NoticeJob:
        return NoticeJob(
            name="complaints", due_events=self.due_events, recipients=self.recipients, render=self.tell
        )

    async def due_events(self, session: AsyncSession, now: datetime) -> Sequence[DueEvent]:
        """Everything due now that its recipient has not been sent."""
        if self._notified_on != now.date():
            self._notified, self._notified_on = set(), now.date()
        reader = DueReader(session=session, now=now, calendar=await self.calendar.current(session))
        wanted = [*await self._digests(reader), *await self._of_citizens(reader)]
        self._wanted = {_name(one.due_event): one for one in wanted}
        return [one.due_event for one in wanted]

    async def recipients(self, _: AsyncSession, due_event: DueEvent) -> Sequence[int]:
        return (self._wanted[_name(due_event)].recipient,)

    async def tell(self, session: AsyncSession, due_event: DueEvent, _recipient: int) -> Mapping[str, Any]:
        about = self._wanted[_name(due_event)].about
        if isinstance(about, ComplaintDigest):
            return await self.renderer.digest(session, about)
        return (await self.renderer(session, [about]))[0]

    async def _digests(self, reader: DueReader) -> list[DueNotice]:
        """The digests that their people have not been sent."""
        due, morning = await reader.due(), reader.morning
        cases: dict[tuple[DigestStage, int], list[DueCase]] = defaultdict(list)
        for case in due:
            for person in case.recipients:
                cases[morning, person].append(case)
        for case in await reader.moved():
            moved = DigestStage(kind=DigestKind.MOVED, day=almaty_date(case.at))
            for person in case.recipients:
                cases[moved, person].append(case)
        found = await self._unwritten(reader.session, {_digest_key(*one): one for one in cases})
        given = await reader.given(case.complaint for one in found for case in cases[one])
        digests = [digest_of(person, stage, cases[stage, person], given) for stage, person in found]
        return [_of_digest(digest) for digest in digests if digest is not None]

    async def _of_citizens(self, reader: DueReader) -> list[DueNotice]:
        dates = CitizenDates(session=reader.session, now=reader.now, calendar=reader.calendar)
        found = [_of_citizen(due) for due in await dates.everything()]
        return await self._unwritten(reader.session, {one.key: one for one in found})

    async def _unwritten(self, session: AsyncSession, wanted: Mapping[str, T]) -> list[T]:
        """Those of `wanted`, by the keys of their notices, that were never written."""
        keys = [key for key in wanted if key not in self._notified]
        notices = Notices(session=session, is_working=await WorkingDays(self.calendar)(session))
        for start in range(0, len(keys), CHUNK):
            self._notified |= await notices.known(keys[start : start + CHUNK])
        return [wanted[key] for key in keys if key not in self._notified]


def make_jobs(calendar: LiveCalendar, renderer: DigestRenderer) -> tuple[NoticeJob, ...]:
    """The tick's jobs for complaints."""
    return (ComplaintDatesJob(calendar=calendar, renderer=renderer).as_job(),)


def _digest_key(stage: DigestStage, person: int) -> str:
    return key_of(digest_subject(person), VERSION, str(stage), person)


def _of_digest(digest: ComplaintDigest) -> DueNotice:
    moment = at_nine(digest.stage.day) if digest.stage.kind is DigestKind.DUE else digest.cases[0].at
    due_event = DueEvent(
        subject=digest_subject(digest.recipient),
        version=VERSION,
        stage=str(digest.stage),
        audience=Audience.OFFICIAL,
        due_at=moment,
    )
    return DueNotice(due_event=due_event, recipient=digest.recipient, about=digest)


def _of_citizen(due: CitizenDue) -> DueNotice:
    due_event = DueEvent(
        subject=due.subject,
        version=due.version,
        stage=due.notification.stage,
        audience=Audience.CITIZEN,
        due_at=due.at,
    )
    return DueNotice(due_event=due_event, recipient=due.notification.recipient, about=due.notification)


def _name(due_event: DueEvent) -> tuple[str, int, str]:
    return due_event.subject, due_event.version, due_event.stage
