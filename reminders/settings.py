"""What an organisation and the administrator set: the ladder, and repealed obligations turned on."""

import re
from dataclasses import dataclass
from datetime import time

from accounts.errors import GoneError
from accounts.permissions import Action
from database.atomic import atomic
from reminders.actions import FilingContext, Obligations
from reminders.errors import ObligationInForceError
from reminders.generation import keep_own_schedules
from reminders.schedule import OPENS, ReminderSchedule, ScheduleInvalidError

_HOUR = re.compile(r"(\d{1,2})[:.](\d{2})", re.ASCII)
_DAYS = re.compile(r"\d{1,3}(?:[\s,;]+\d{1,3})*|", re.ASCII)


@dataclass(frozen=True, slots=True)
class SetReminderSchedule:
    context: FilingContext

    @atomic
    async def __call__(self, by: int, organisation: str, text: str) -> ReminderSchedule:
        """The organisation's own ladder, as "10 5 3 1 09:00" says.

        Raises NotAllowedError, GoneError, ScheduleInvalidError.
        """
        await self.context.guard.check(by, Action.LEAD_FILINGS, organisation)
        schedule = read_schedule(text)
        await self.context.settings.set_schedule(organisation, schedule, by, self.context.clock.now())
        calendar = await self.context.calendar()
        await keep_own_schedules(self.context.unit.session, {organisation: schedule}, calendar)
        return schedule


@dataclass(frozen=True, slots=True)
class SwitchObligation:
    context: FilingContext
    obligations: Obligations

    @atomic
    async def __call__(self, by: int, code: str, *, is_on: bool) -> None:
        """The filings follow with the next tick.

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
    """The ladder of "10 5 3 1 09:00"; without an hour that of the opening. Raises ScheduleInvalidError."""
    hours = _HOUR.findall(text)
    days = _HOUR.sub(" ", text).strip(" ,;\n\t")
    if len(hours) > 1 or not _DAYS.fullmatch(days) or not (days or hours):
        raise ScheduleInvalidError
    try:
        at = time(int(hours[0][0]), int(hours[0][1])) if hours else OPENS
    except ValueError:
        raise ScheduleInvalidError from None
    return ReminderSchedule(days=tuple(int(day) for day in re.split(r"[\s,;]+", days) if day), at=at)
