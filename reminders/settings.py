"""What an organisation and the administrator set: the ladder, and repealed obligations turned on."""

import re
from dataclasses import dataclass
from datetime import time

from accounts.errors import GoneError
from accounts.permissions import Action
from database.atomic import atomic
from reminders.actions import Desk, Obligations
from reminders.errors import ObligationInForceError
from reminders.ladder import OPENS, Ladder, LadderRefusedError
from reminders.making import keep_own_ladders

_HOUR = re.compile(r"(\d{1,2})[:.](\d{2})", re.ASCII)
_DAYS = re.compile(r"\d{1,3}(?:[\s,;]+\d{1,3})*|", re.ASCII)


@dataclass(frozen=True, slots=True)
class SetLadder:
    desk: Desk

    @atomic
    async def __call__(self, by: int, organisation: str, text: str) -> Ladder:
        """The organisation's own ladder, as "10 5 3 1 09:00" says.

        Raises NotAllowedError, GoneError, LadderRefusedError.
        """
        await self.desk.guard.check(by, Action.LEAD_FILINGS, organisation)
        ladder = read_ladder(text)
        await self.desk.settings.set_ladder(organisation, ladder, by, self.desk.clock.now())
        calendar = await self.desk.calendar()
        await keep_own_ladders(self.desk.unit.session, {organisation: ladder}, calendar)
        return ladder


@dataclass(frozen=True, slots=True)
class SwitchObligation:
    desk: Desk
    obligations: Obligations

    @atomic
    async def __call__(self, by: int, code: str, *, is_on: bool) -> None:
        """The filings follow with the next tick.

        Raises NotAllowedError, GoneError, ObligationInForceError.
        """
        await self.desk.guard.check(by, Action.SWITCH_OBLIGATIONS)
        record = self.obligations.get(code)
        if record is None:
            raise GoneError
        if not record.repealed:
            raise ObligationInForceError
        await self.desk.settings.switch(code, is_on=is_on, by=by, at=self.desk.clock.now())


def read_ladder(text: str) -> Ladder:
    """The ladder of "10 5 3 1 09:00"; without an hour that of the opening. Raises LadderRefusedError."""
    hours = _HOUR.findall(text)
    days = _HOUR.sub(" ", text).strip(" ,;\n\t")
    if len(hours) > 1 or not _DAYS.fullmatch(days) or not (days or hours):
        raise LadderRefusedError
    try:
        at = time(int(hours[0][0]), int(hours[0][1])) if hours else OPENS
    except ValueError:
        raise LadderRefusedError from None
    return Ladder(days=tuple(int(day) for day in re.split(r"[\s,;]+", days) if day), at=at)
