"""Read filings, for people who may see them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from accounts.errors import GoneError
from accounts.officials.guard import Guard
from accounts.permissions import RIGHTS, Action, RightScope
from registry_data.organisations import Organisation
from reminders.chain import ControlEvent
from reminders.event_store import EventStore
from reminders.filing import Filing
from reminders.store import FilingStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What organisations owe between two days: `filings` by code, each in date order."""

    organisations: Mapping[str, Organisation]
    filings: Mapping[str, tuple[Filing, ...]]


@dataclass(frozen=True, slots=True)
class FilingQueries:
    guard: Guard
    filings: FilingStore
    events: EventStore

    async def get(self, by: int, number: int) -> Filing:
        """Raises GoneError, NotAllowedError."""
        filing = await self.filings.get(number)
        if filing is None:
            raise GoneError
        await self.guard.check(by, Action.SEE_FILINGS, filing.organisation)
        return filing

    async def of_organisation(self, by: int, code: str, first: date, last: date) -> list[Filing]:
        """What the organisation owes between two days, both inclusive. Raises GoneError, NotAllowedError."""
        await self.guard.check(by, Action.SEE_FILINGS, code)
        return await self.filings.of_organisations([code], first, last)

    async def late(self, by: int, code: str, today: date) -> list[Filing]:
        """Raises GoneError, NotAllowedError."""
        await self.guard.check(by, Action.SEE_FILINGS, code)
        return await self.filings.late([code], today)

    async def own_codes(self, by: int) -> list[str]:
        """The organisations whose filings are the person's own, in the order of joining."""
        held = await self.guard.members.of_person(by)
        seen = [one.organisation for one in held if (Action.SEE_FILINGS, one.role) in RIGHTS]
        return list(dict.fromkeys(seen))

    async def leads(self, by: int) -> list[str]:
        """The organisations in which the person may also see the organisations below."""
        held = await self.guard.members.of_person(by)
        below = [
            one.organisation for one in held if RIGHTS.get((Action.SEE_FILINGS, one.role)) is RightScope.BELOW
        ]
        return list(dict.fromkeys(below))

    async def overview(self, by: int, code: str, first: date, last: date) -> Overview:
        """The organisation and all below it. Raises GoneError, NotAllowedError."""
        await self.guard.check(by, Action.SEE_FILINGS, code)
        under = await self._under(by, code)
        found: dict[str, list[Filing]] = defaultdict(list)
        for filing in await self.filings.of_organisations(under, first, last):
            found[filing.organisation].append(filing)
        return Overview(
            organisations=under, filings={one: tuple(found[one]) for one in under if found.get(one)}
        )

    async def event(self, by: int, number: int) -> tuple[ControlEvent, list[Filing]]:
        """A control event with the filings of its steps. Raises GoneError, NotAllowedError."""
        event = await self.events.get(number)
        if event is None:
            raise GoneError
        await self.guard.check(by, Action.SEE_FILINGS, event.organisation)
        return event, await self.filings.of_event(number)

    async def events_of(self, by: int, code: str) -> list[ControlEvent]:
        """Raises GoneError, NotAllowedError."""
        await self.guard.check(by, Action.SEE_FILINGS, code)
        return await self.events.of_organisation(code)

    async def _under(self, by: int, code: str) -> dict[str, Organisation]:
        """The organisation, then those below it that the person may see; parents before children."""
        every = {one.code: one for one in await self.guard.organisations.all()}
        if code not in await self.leads(by) and not await self._sees_from_above(by, code):
            return {code: every[code]}
        children: dict[str, list[str]] = defaultdict(list)
        for one in every.values():
            if one.parent is not None:
                children[one.parent].append(one.code)
        found: dict[str, Organisation] = {}
        waiting = [code]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found[current] = every[current]
                waiting.extend(sorted(children[current], reverse=True))
        return found

    async def _sees_from_above(self, by: int, code: str) -> bool:
        above = await self.guard.organisations.above(code)
        return any(one in above for one in await self.leads(by))
