"""What the bot starts by itself as time passes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.officials.store import MembershipStore
from accounts.roles import Role
from accounts.store import PersonStore
from bot.reminding import make_reminding
from bot.translations import Translations
from bot.views.screen import Screen, fields
from bot.views.when import day
from database.engine import Database
from deadlines.clock import ALMATY, Clock, almaty_date
from deadlines.queries import LiveCalendar
from messaging.outbox.hours import Audience
from messaging.outbox.working_days import WorkingDays
from notifications.tick import Job, Occasion, Tick
from registry_data.days_off import calendar_is_missing, wanted_year
from registry_data.schema import Language


def make_tick(database: Database, clock: Clock, texts: Translations, more: Sequence[Job] = ()) -> Tick:
    """The tick with the jobs of the bot itself and `more`."""
    calendar = LiveCalendar(clock)
    warning = CalendarWarning(calendar=calendar, texts=texts)
    reminding = make_reminding(database, clock, texts)
    return Tick(
        database=database,
        clock=clock,
        working_days=WorkingDays(calendar),
        jobs=(warning.as_job(), *more),
        chores=(reminding.as_chore(),),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarWarning:
    """Tells the editors each month, from 1 November on, that next year's working days are not known."""

    calendar: LiveCalendar
    texts: Translations

    def as_job(self) -> Job:
        return Job(name="calendar", occasions=self.occasions, recipients=self.recipients, words=self.words)

    async def occasions(self, session: AsyncSession, now: datetime) -> Sequence[Occasion]:
        today = almaty_date(now)
        published_until = (await self.calendar.current(session)).published_until
        if not calendar_is_missing(published_until, today):
            return ()
        month = datetime(today.year, today.month, 1, tzinfo=ALMATY)
        occasion = Occasion(
            subject=f"calendar/{wanted_year(today)}",
            version=1,
            stage=f"missing_in_{today:%Y_%m}",
            audience=Audience.OFFICIAL,
            due_at=month,
        )
        return (occasion,)

    async def recipients(self, session: AsyncSession, _: Occasion) -> Sequence[int]:
        """The editors; the administrators where there is no editor."""
        members = MembershipStore(session)
        found = await members.with_role(Role.EDITOR) or await members.with_role(Role.ADMINISTRATOR)
        return sorted({member.telegram_id for member in found})

    async def words(self, session: AsyncSession, occasion: Occasion, recipient: int) -> Mapping[str, Any]:
        person = await PersonStore(session).find(recipient)
        text = self.texts.html(
            person.reads(Language.KK),
            "editor.calendar_missing",
            year=occasion.subject.rpartition("/")[2],
            until=day((await self.calendar.current(session)).published_until),
        )
        return fields(Screen(text=str(text)))
