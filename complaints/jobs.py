"""What time alone makes due about complaints, as a job of the tick."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncSession

from complaints.ladder import Rung, To, horizon, rung
from complaints.tables import IS_OPEN, IS_UNTOLD, ComplaintRow, ExtensionRow, SelfKeptRow
from complaints.telling import ComplaintWords, Telling, Told, dates_subject, extension_subject, kept_subject
from complaints.whose import Staff, StaffQueries
from deadlines.calendar import WorkCalendar
from deadlines.clock import almaty_date
from deadlines.queries import LiveCalendar
from messaging.outbox.hours import Audience
from messaging.outbox.working_days import WorkingDays
from notifications.notices import Notices, key_of
from notifications.tick import Job, Occasion

CHUNK = 500
REDATED_FOR = timedelta(days=14)  # after which nobody is told of an old change of the calendar any more
_KEPT = {Told.DUE_TODAY: Told.SELF_KEPT_DUE, Told.OVERDUE: Told.SELF_KEPT_OVERDUE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An occasion, whom it concerns, and what the words are about."""

    occasion: Occasion
    recipients: tuple[int, ...]
    about: int
    told: Told

    def names(self) -> Iterator[str]:
        """The keys of its notices."""
        one = self.occasion
        return (key_of(one.subject, one.version, one.stage, recipient) for recipient in self.recipients)


@dataclass(slots=True, kw_only=True)
class ComplaintDates:
    """Rungs of due dates, of telling an extension, and of dates that citizens keep with us.

    What was told already is looked up once and remembered for the day: a tick over a hundred thousand open
    complaints asks only for what is new.
    """

    calendar: LiveCalendar
    words: ComplaintWords
    _wanted: dict[tuple[str, int, str], Wanted] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)
    _told_on: object = None

    def as_job(self) -> Job:
        return Job(name="complaints", occasions=self.occasions, recipients=self.recipients, words=self.tell)

    async def occasions(self, session: AsyncSession, now: datetime) -> Sequence[Occasion]:
        """All that holds now and was not told to somebody whom it concerns."""
        if self._told_on != now.date():
            self._told, self._told_on = set(), now.date()
        calendar = await self.calendar.current(session)
        reading = _Reading(session=session, now=now, calendar=calendar)
        found = [*await reading.complaints(), *await reading.extensions(), *await reading.kept()]
        untold = await self._untold(session, [*found, *await reading.redated()])
        self._wanted = {_name(one.occasion): one for one in untold}
        return [one.occasion for one in untold]

    async def recipients(self, _: AsyncSession, occasion: Occasion) -> Sequence[int]:
        return self._wanted[_name(occasion)].recipients

    async def tell(self, session: AsyncSession, occasion: Occasion, recipient: int) -> Mapping[str, Any]:
        wanted = self._wanted[_name(occasion)]
        telling = Telling(
            complaint=wanted.about,
            told=wanted.told,
            audience=occasion.audience,
            recipient=recipient,
            stage=occasion.stage,
        )
        return (await self.words(session, [telling]))[0]

    async def _untold(self, session: AsyncSession, wanted: Sequence[Wanted]) -> list[Wanted]:
        keys = [key for one in wanted for key in one.names() if key not in self._told]
        notices = Notices(session=session, is_working=await WorkingDays(self.calendar)(session))
        for start in range(0, len(keys), CHUNK):
            self._told |= await notices.known(keys[start : start + CHUNK])
        return [one for one in wanted if any(key not in self._told for key in one.names())]


def make_jobs(calendar: LiveCalendar, words: ComplaintWords) -> tuple[Job, ...]:
    """What the tick does for complaints."""
    return (ComplaintDates(calendar=calendar, words=words).as_job(),)


@dataclass(slots=True, kw_only=True)
class _Reading:
    """One look at the state, with the staff of each organisation read once."""

    session: AsyncSession
    now: datetime
    calendar: WorkCalendar
    _staff: dict[str, Staff] = field(default_factory=dict)

    async def complaints(self) -> list[Wanted]:
        row = ComplaintRow
        query = select(
            row.id, row.organisation, row.assignee, row.person, row.due_on, row.late_after, row.due_version
        ).where(IS_OPEN, row.due_on <= horizon(self.now, self.calendar))
        found: list[Wanted] = []
        for one in await self.session.execute(query):
            step = rung(one.due_on, one.late_after, self.now, self.calendar)
            if step is not None:
                found += await self._of_complaint(one, step)
        return found

    async def extensions(self) -> list[Wanted]:
        """Extensions that nobody has told the citizen of, though it is time."""
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
            .where(IS_UNTOLD, ExtensionRow.tell_by <= horizon(self.now, self.calendar))
        )
        found = []
        for one in await self.session.execute(query):
            step = rung(one.tell_by, one.tell_by, self.now, self.calendar)
            if step is not None and step.told is not Told.TWO_DAYS:
                to = await self._recipients(one.organisation, one.assignee, step.to)
                subject = extension_subject(one.id)
                occasion = _occasion(subject, one.tell_version, step.stage, Audience.OFFICIAL, step.at)
                found.append(
                    Wanted(occasion=occasion, recipients=to, about=one.complaint, told=Told.EXTENSION_UNTOLD)
                )
        return found

    async def kept(self) -> list[Wanted]:
        """Dates that citizens keep with us: the day itself, and once when it is over."""
        row = SelfKeptRow
        query = select(row).where(row.closed_at.is_(None), row.due_on <= almaty_date(self.now))
        found = []
        for one in await self.session.scalars(query):
            step = rung(one.due_on, one.late_after, self.now, self.calendar)
            told = _KEPT.get(step.told) if step is not None else None
            if step is not None and told is not None:
                subject = kept_subject(one.id)
                occasion = _occasion(subject, one.due_version, told.value, Audience.CITIZEN, step.at)
                found.append(Wanted(occasion=occasion, recipients=(one.person,), about=one.id, told=told))
        return found

    async def redated(self) -> list[Wanted]:
        """Open complaints whose due date a change of the calendar moved lately."""
        row = ComplaintRow
        query = select(
            row.id, row.organisation, row.assignee, row.person, row.due_version, row.redated_at
        ).where(IS_OPEN, row.redated_at > self.now - REDATED_FOR)
        found = []
        for one in await self.session.execute(query):
            step = Rung(told=Told.REDATED, stage=Told.REDATED.value, at=one.redated_at)
            found += await self._of_complaint(one, step)
        return found

    async def _of_complaint(self, one: Row[*tuple[Any, ...]], step: Rung) -> list[Wanted]:
        """The officials' notice, and the citizen's where there is one."""
        subject = dates_subject(one.id)
        to = await self._recipients(one.organisation, one.assignee, step.to)
        occasion = _occasion(subject, one.due_version, step.stage, Audience.OFFICIAL, step.at)
        found = [Wanted(occasion=occasion, recipients=to, about=one.id, told=step.told)]
        if one.person is not None and step.told in {Told.OVERDUE, Told.REDATED}:
            stage = f"{step.told}_citizen"  # once, however many days late
            occasion = _occasion(subject, one.due_version, stage, Audience.CITIZEN, step.at)
            found.append(Wanted(occasion=occasion, recipients=(one.person,), about=one.id, told=step.told))
        return found

    async def _recipients(self, organisation: str, assignee: int | None, to: Sequence[To]) -> tuple[int, ...]:
        staff = self._staff.get(organisation)
        if staff is None:
            today = almaty_date(self.now)
            staff = self._staff[organisation] = await StaffQueries(self.session).of(organisation, today)
        told = {
            To.HOLDER: staff.told(assignee),
            To.HEADS: staff.heads,
            To.COORDINATORS: staff.coordinators,
        }
        return tuple(sorted(frozenset().union(*(told[one] for one in to))))


def _occasion(subject: str, version: int, stage: str, audience: Audience, at: datetime) -> Occasion:
    return Occasion(subject=subject, version=version, stage=stage, audience=audience, due_at=at)


def _name(occasion: Occasion) -> tuple[str, int, str]:
    return occasion.subject, occasion.version, occasion.stage
