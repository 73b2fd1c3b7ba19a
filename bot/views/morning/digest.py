"""What one official is told in one message a morning: of complaints and of filings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from complaints.digest import ComplaintDigest, DigestKind, DigestStage
from complaints.due import DueReader
from complaints.reminder_schedule import at_nine
from deadlines.calendar import WorkCalendar
from kernel.clock import almaty_date
from messaging.outbox.refreshing import WaitingNotice
from messaging.outbox.sent import PastNotice, past_notices
from notifications.notices import NoticeKind, key_of
from reminders.digest import DigestLine
from reminders.due import ReminderReader, reminded_at, reminded_since


@dataclass(frozen=True, slots=True, kw_only=True)
class MorningDigest:
    """Complaints that are due, and filings of which a reminder was written since `day`."""

    recipient: int
    day: date
    complaints: ComplaintDigest | None
    filings: tuple[DigestLine, ...]

    @property
    def is_empty(self) -> bool:
        return self.complaints is None and not self.filings


@dataclass(frozen=True, slots=True, kw_only=True)
class MorningHistory:
    """The person's notices of mornings, newest first."""

    past: Sequence[PastNotice]

    @classmethod
    async def of(cls, session: AsyncSession, person: int) -> "MorningHistory":
        subjects = [kind.of(person) for kind in (NoticeKind.COMPLAINT_DIGEST, NoticeKind.REMINDERS)]
        past = await past_notices(session, person, subjects)
        moved = f"/{DigestKind.MOVED}_"
        return cls(past=[one for one in past if moved not in one.key])

    def since(self, moment: datetime) -> bool:
        """Whether one was sent at that instant or later."""
        return any(one.sent_at is not None and one.sent_at >= moment for one in self.past)

    def is_followed(self, notice: WaitingNotice, now: datetime) -> bool:
        """Whether a reminder that tells the same and more is waiting behind `notice`."""
        own = self._own(notice)
        return any(
            one.is_open and one.send_at <= now and _of_filings(one.subject)
            for one in self.past
            if own is None or not _of_filings(own.subject) or one.id > own.id
        )

    def moments(self, notice: WaitingNotice) -> frozenset[datetime]:
        """When the reminders were written that `notice` tells of: its own, and those it follows unsent."""
        own = self._own(notice)
        if own is None or not _of_filings(notice.subject):
            return frozenset()
        found = {own.made_at}
        for one in self.past:
            if one.id < own.id and _of_filings(one.subject):
                if one.sent_at is not None:
                    break
                found.add(one.made_at)
        return frozenset(found)

    def _own(self, notice: WaitingNotice) -> PastNotice | None:
        key = key_of(notice.subject, notice.version, notice.stage, notice.recipient)
        return next((one for one in self.past if one.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class MorningReader:
    """One look at the state at `now` (aware)."""

    session: AsyncSession
    now: datetime
    calendar: WorkCalendar

    async def of(self, person: int, day: date) -> MorningDigest:
        """What is due now, with the filings of which the person was reminded since `day`."""
        filings = await self._filings.lines(person, reminded_since(day))
        return MorningDigest(
            recipient=person, day=day, complaints=await self._complaints(person), filings=filings
        )

    async def to_send(self, notice: WaitingNotice) -> MorningDigest | None:
        """What `notice` has to tell, if anything: complaints once a morning, each reminder once."""
        person = notice.recipient
        history = await MorningHistory.of(self.session, person)
        if history.is_followed(notice, self.now):
            return None
        morning = self._due.morning.day
        complaints = None if history.since(at_nine(morning)) else await self._complaints(person)
        moments = history.moments(notice)
        filings = await self._filings.lines(person, reminded_at(moments)) if moments else ()
        day = min((almaty_date(moment) for moment in moments), default=morning)
        found = MorningDigest(recipient=person, day=day, complaints=complaints, filings=filings)
        return None if found.is_empty else found

    async def _complaints(self, person: int) -> ComplaintDigest | None:
        return await self._due.digest(person, self._due.morning)

    @property
    def _due(self) -> DueReader:
        return DueReader(session=self.session, now=self.now, calendar=self.calendar)

    @property
    def _filings(self) -> ReminderReader:
        return ReminderReader(session=self.session, now=self.now, calendar=self.calendar)


def stage_of(notice: WaitingNotice) -> DigestStage:
    """Raises ValueError for a notice of no digest of complaints."""
    return DigestStage.read(notice.stage)


def _of_filings(subject: str) -> bool:
    return NoticeKind.read(subject) is NoticeKind.REMINDERS
