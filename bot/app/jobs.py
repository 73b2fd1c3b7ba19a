"""Periodic jobs of the bot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.officials.store import MembershipStore
from accounts.person import PersonStore
from accounts.roles import Role
from bot.app.complaints import ComplaintBackground
from bot.app.reminders import make_reminder_job
from bot.views.accounts.refreshing import AccountRefresher
from bot.views.filings.names import FilingNames
from bot.views.filings.notifier import WaiverRefresher
from bot.views.reports.notifier import CorrectionRefresher
from bot.views.screen import Screen, fields
from database.engine import Database
from deadlines.store import LiveCalendar
from kernel.clock import ALMATY, Clock, almaty_date
from kernel.language import Language
from localisation.translations import Translations
from messaging.outbox.hours import Audience, WorkingDays
from messaging.outbox.refreshing import Refresh, WaitingNotice
from notifications.notices import NoticeKind
from notifications.refreshing import without_personal_data
from notifications.tick import DueEvent, NoticeJob, Tick
from registry_data.days_off import calendar_is_missing, wanted_year
from registry_data.obligations import load_obligations


def make_tick(database: Database, clock: Clock, texts: Translations, more: Sequence[NoticeJob] = ()) -> Tick:
    """The tick with the bot's own jobs and `more`."""
    calendar = LiveCalendar(clock)
    warning = CalendarWarning(calendar=calendar, texts=texts)
    reminding = make_reminder_job(database, clock, texts)
    return Tick(
        database=database,
        clock=clock,
        working_days=WorkingDays(calendar),
        jobs=(warning.as_job(), *more),
        batch_jobs=(reminding.as_batch_job(),),
    )


def make_refreshers(
    complaints: ComplaintBackground, clock: Clock, texts: Translations
) -> Mapping[str, Refresh]:
    """What makes notices anew as they are sent, by the first word of their subjects."""
    calendar = LiveCalendar(clock)
    warning = CalendarWarning(calendar=calendar, texts=texts)
    readers = complaints.readers
    names = FilingNames(texts=texts, obligations={one.code: one for one in load_obligations()})
    found: dict[str, Refresh] = {
        NoticeKind.CALENDAR: warning.refresh,
        NoticeKind.WAIVER: WaiverRefresher(readers=readers, names=names),
        NoticeKind.CORRECTION: CorrectionRefresher(readers=readers),
        **AccountRefresher(readers=readers).by_subject(),
        **complaints.refreshers(calendar),
    }
    return {word: without_personal_data(refresh) for word, refresh in found.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarWarning:
    """Warns the editors monthly from 1 November that next year's working days are unknown."""

    calendar: LiveCalendar
    texts: Translations

    def as_job(self) -> NoticeJob:
        return NoticeJob(
            name="calendar", due_events=self.due_events, recipients=self.recipients, render=self.render
        )

    async def due_events(self, session: AsyncSession, now: datetime) -> Sequence[DueEvent]:
        today = almaty_date(now)
        published_until = (await self.calendar.current(session)).published_until
        if not calendar_is_missing(published_until, today):
            return ()
        month = datetime(today.year, today.month, 1, tzinfo=ALMATY)
        due_event = DueEvent(
            subject=NoticeKind.CALENDAR.of(wanted_year(today)),
            version=1,
            stage=f"missing_in_{today:%Y_%m}",
            audience=Audience.OFFICIAL,
            due_at=month,
        )
        return (due_event,)

    async def recipients(self, session: AsyncSession, _: DueEvent) -> Sequence[int]:
        """The editors; without editors, the administrators."""
        members = MembershipStore(session)
        found = await members.with_role(Role.EDITOR) or await members.with_role(Role.ADMINISTRATOR)
        return sorted({member.telegram_id for member in found})

    async def refresh(
        self, session: AsyncSession, notice: WaitingNotice, now: datetime
    ) -> Mapping[str, Any] | None:
        """None once the calendar is there, or the recipient is no editor any more."""
        for due_event in await self.due_events(session, now):
            is_same = (due_event.subject, due_event.stage) == (notice.subject, notice.stage)
            if is_same and notice.recipient in await self.recipients(session, due_event):
                return await self.render(session, due_event, notice.recipient)
        return None

    async def render(self, session: AsyncSession, due_event: DueEvent, recipient: int) -> Mapping[str, Any]:
        person = await PersonStore(session).find(recipient)
        text = self.texts.html(
            person.reads(Language.KK),
            "editor.calendar_missing",
            year=due_event.subject.rpartition("/")[2],
            until=(await self.calendar.current(session)).published_until,
        )
        return fields(Screen(text=str(text)))
