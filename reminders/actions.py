"""What officials do with filings. Each action checks permissions again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accounts.errors import GoneError
from accounts.officials.guard import Guard
from accounts.permissions import Action
from database.engine import UnitOfWork, atomic
from deadlines.calendar import WorkCalendar
from deadlines.store import LiveCalendar
from kernel.clock import ALMATY, Clock, almaty_date
from registry_data.obligations import ObligationRecord
from reminders.advancing import advance
from reminders.correcting import check_correctable, correction_dates, occasion_of
from reminders.errors import FilingClosedError, NotWaivedError
from reminders.filing import Filing, SubmittedDocument, check_reason
from reminders.schedule import last_moment, next_reminder, put_off
from reminders.store import FilingAuditEntry, FilingStore, NewFiling, SettingStore
from reminders.submission_day import check_far, check_submission_day, is_far
from reminders.tables import OPEN, SUBMITTED, WAIVED

Obligations = Mapping[str, ObligationRecord]


@dataclass(frozen=True, slots=True)
class FilingContext:
    """What every filing action works with."""

    unit: UnitOfWork
    guard: Guard
    filings: FilingStore
    settings: SettingStore
    live: LiveCalendar
    clock: Clock

    @property
    def today(self) -> date:
        return almaty_date(self.clock.now())

    async def calendar(self) -> WorkCalendar:
        return await self.live.current(self.unit.session)

    async def take(self, by: int, number: int, action: Action) -> Filing:
        """The filing, locked for this transaction. Raises GoneError, NotAllowedError."""
        filing = await self.filings.get(number, lock=True)
        if filing is None:
            raise GoneError
        await self.guard.check(by, action, filing.organisation)
        return filing

    async def take_open(self, by: int, number: int, action: Action = Action.FILE) -> Filing:
        """Like `take`, and raises FilingClosedError for what is submitted or waived already."""
        filing = await self.take(by, number, action)
        if not filing.is_open:
            raise FilingClosedError
        return filing

    async def check_far(self, by: int, organisation: str, day: date, *, confirmed: bool) -> None:
        """Raises FarDayError for a day long past that no head has confirmed."""
        if day == self.today:
            return
        calendar = await self.calendar()
        if is_far(day, self.today, calendar):
            by_head = confirmed and await self.guard.may(by, Action.LEAD_FILINGS, organisation)
            check_far(day, self.today, calendar, by_head=by_head)

    async def write_down(self, filing: Filing, what: str, by: int, **data: Any) -> None:
        await self.filings.write_down(
            filing.number, FilingAuditEntry(what=what, by=by, at=self.clock.now(), data=data)
        )

    async def finish(self, number: int) -> Filing:
        """The filing in its current state."""
        filing = await self.filings.get(number)
        assert filing is not None
        return filing


@dataclass(frozen=True, slots=True)
class SubmitFiling:
    context: FilingContext

    @atomic
    async def __call__(
        self, by: int, number: int, day: date, document: SubmittedDocument, *, confirmed: bool = False
    ) -> Filing:
        """Record that it was submitted on `day`, by `by`, with `document`; a step of a control event needs
        none. `confirmed`: a head has seen the day beside today's.

        Raises GoneError, NotAllowedError, FilingClosedError, FilingDayError, PeriodNotOverError, FarDayError,
        NoDocumentError, WordsTooLongError.
        """
        filing = await self.context.take_open(by, number)
        check_submission_day(day, self.context.today, filing)
        await self.context.check_far(by, filing.organisation, day, confirmed=confirmed)
        if filing.event is None:
            document.check()
        await self.context.filings.change(
            number,
            state=SUBMITTED,
            submitted_on=day,
            number=document.number,
            file_id=document.file_id,
            file_name=document.file_name,
            closed_at=self.context.clock.now(),
            closed_by=by,
            remind_at=None,
            waiver_asked_by=None,
            waiver_why=None,
        )
        on_time = day <= filing.dates.late_after
        await self.context.write_down(filing, "submitted", by, on=day.isoformat(), on_time=on_time)
        if filing.event is not None:
            calendar = await self.context.calendar()
            await advance(self.context.unit.session, filing, day, calendar, self.context.clock.now())
        return await self.context.finish(number)


@dataclass(frozen=True, slots=True)
class SnoozeReminder:
    context: FilingContext

    @atomic
    async def __call__(self, by: int, number: int, days: int) -> datetime:
        """Snooze reminders for `days` days, never past the last working day; returns the day of the next one.

        Raises GoneError, NotAllowedError, FilingClosedError, SnoozeTooLateError.
        """
        filing = await self.context.take_open(by, number)
        day = put_off(filing.dates, self.context.today, days, await self.context.calendar())
        schedule = await self.context.settings.schedule(filing.organisation)
        until = datetime.combine(day, schedule.at, ALMATY)
        await self.context.filings.snooze(filing, by, min(until, last_moment(filing.dates, schedule)))
        await self.context.write_down(filing, "put_off", by, until=day.isoformat())
        return until


@dataclass(frozen=True, slots=True)
class AskWaiver:
    context: FilingContext

    @atomic
    async def __call__(self, by: int, number: int, why: str) -> Filing:
        """Ask the head to waive the filing as not applicable; a head's own request waives it at once.

        Raises GoneError, NotAllowedError, FilingClosedError, WordsTooLongError.
        """
        filing = await self.context.take_open(by, number)
        reason = check_reason(why)
        await self.context.filings.change(number, waiver_asked_by=by, waiver_why=reason)
        await self.context.write_down(filing, "waiver_asked", by)
        if await self.context.guard.may(by, Action.LEAD_FILINGS, filing.organisation):
            return await DecideWaiver(self.context)(by, number, accept=True)
        return await self.context.finish(number)


@dataclass(frozen=True, slots=True)
class DecideWaiver:
    context: FilingContext

    @atomic
    async def __call__(self, by: int, number: int, *, accept: bool) -> Filing:
        """Raises GoneError, NotAllowedError, FilingClosedError, NotWaivedError where no waiver
        was requested.
        """
        filing = await self.context.take_open(by, number, Action.LEAD_FILINGS)
        if filing.waiver_asked_by is None:
            raise NotWaivedError
        if accept:
            closed = {"closed_at": self.context.clock.now(), "closed_by": by, "remind_at": None}
            await self.context.filings.change(number, state=WAIVED, **closed)
        else:
            await self.context.filings.change(number, waiver_asked_by=None, waiver_why=None)
        await self.context.write_down(filing, "waived" if accept else "waiver_refused", by)
        return await self.context.finish(number)


@dataclass(frozen=True, slots=True)
class ReopenFiling:
    context: FilingContext

    @atomic
    async def __call__(self, by: int, number: int) -> Filing:
        """Reopen a filing closed by mistake and resume its reminders; only filings of a period.

        Raises GoneError, NotAllowedError, FilingClosedError where it is a step of a control event or open.
        """
        filing = await self.context.take(by, number, Action.LEAD_FILINGS)
        if filing.is_open or filing.event is not None:
            raise FilingClosedError
        calendar, now = await self.context.calendar(), self.context.clock.now()
        schedule = await self.context.settings.schedule(filing.organisation)
        emptied = ("submitted_on", "number", "file_id", "file_name", "closed_at", "closed_by")
        values = dict.fromkeys((*emptied, "waiver_asked_by", "waiver_why"))
        remind_at = next_reminder(filing.dates, calendar, now, schedule)
        await self.context.filings.change(number, state=OPEN, remind_at=remind_at, **values)
        await self.context.write_down(filing, "reopened", by)
        return await self.context.finish(number)


@dataclass(frozen=True, slots=True)
class AskFilingCorrection:
    context: FilingContext
    obligations: Obligations

    @atomic
    async def __call__(self, by: int, number: int) -> Filing:
        """Plan a request to the Agency to correct a submitted report on internal control (Order 78 ¶63).

        A separate filing linked to the report; a repeated call returns the same one. Raises GoneError,
        NotAllowedError, NotCorrectableError.
        """
        filing = await self.context.take(by, number, Action.FILE)
        record = self.obligations.get(filing.obligation)
        if record is None:
            raise GoneError
        check_correctable(record, filing)
        calendar = await self.context.calendar()
        dates = correction_dates(record, filing, calendar)
        schedule = await self.context.settings.schedule(filing.organisation)
        new = NewFiling(
            organisation=filing.organisation,
            obligation=filing.obligation,
            occasion=occasion_of(filing),
            dates=dates,
            remind_at=next_reminder(dates, calendar, None, schedule),
            corrects=number,
        )
        added = await self.context.filings.add(new)
        if added is not None:
            await self.context.write_down(filing, "correction_asked", by, by_filing=added)
        found = await self.context.filings.find(new.organisation, new.obligation, new.occasion)
        assert found is not None
        return found
