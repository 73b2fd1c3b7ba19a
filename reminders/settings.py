"""Settings of organisations and administrators: reminder schedules, and repealed obligations turned on."""

import re
from dataclasses import dataclass
from datetime import time

from accounts.errors import GoneError
from accounts.permissions import Action
from database.engine import atomic
from reminders.actions import FilingContext, Obligations
from reminders.errors import ObligationInForceError
from reminders.generation import apply_own_schedules
from reminders.schedule import OPENS, ReminderSchedule, ScheduleInvalidError

_HOUR = re.compile(r"(\d{1,2})[:.](\d{2})", re.ASCII)
_DAYS = re.compile(r"\d{1,3}(?:[\s,;]+\d{1,3})*|", re.ASCII)


@dataclass(frozen=True, slots=True)
class SetReminderSchedule:
    context: FilingContext

    @atomic
    async def __call__(self, by: int, organisation: str, text: str) -> ReminderSchedule:
        """Set the organisation's own schedule, such as "10 5 3 1 09:00".

        Raises NotAllowedError, GoneError, ScheduleInvalidError.
        """
        await self.context.guard.check(by, Action.LEAD_FILINGS, organisation)
        schedule = read_schedule(text)
        await self.context.settings.set_schedule(organisation, schedule, by, self.context.clock.now())
        calendar = await self.context.calendar()
        await apply_own_schedules(self.context.unit.session, {organisation: schedule}, calendar)
        return schedule


@dataclass(frozen=True, slots=True)
class SwitchObligation:
    context: FilingContext
    obligations: Obligations

    @atomic
    async def __call__(self, by: int, code: str, *, is_on: bool) -> None:
        """The next tick updates the filings.

        Raises NotAllowedError, GoneError, ObligationInForceError.
        """
        await self.context.guard.check(by, Action.SWITCH_OBLIGATIONS)
        record = self.obligations.get(code)
        if record is None:
            raise GoneError
        if not record.repealed:
            raise ObligationInForceError
        await self.context.settings.switch(code, is_on=is_on, by=by, at=self.context.clock.now())


def read_schedule(text: str) -> ReminderSchedule:
    """Parse "10 5 3 1 09:00"; the hour defaults to the opening hour. Raises ScheduleInvalidError."""
    hours = _HOUR.findall(text)
    days = _HOUR.sub(" ", text).strip(" ,;\n\t")
    if len(hours) > 1 or not _DAYS.fullmatch(days) or not (days or hours):
        raise ScheduleInvalidError
    try:
        at = time(int(hours[0][0]), int(hours[0][1])) if hours else OPENS
    except ValueError:
        raise ScheduleInvalidError from None
    return ReminderSchedule(days=tuple(int(day) for day in re.split(r"[\s,;]+", days) if day), at=at)
