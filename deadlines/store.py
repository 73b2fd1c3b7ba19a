"""The working-day calendar in the database, cached by a running process."""

import asyncio
import hashlib
from collections.abc import Iterable
from dataclasses import asdict, astuple, dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from database.types import insert_into
from deadlines.calendar import DayKind, SpecialDay, TrilingualNames, WorkCalendar
from deadlines.tables import CalendarDayRow, CalendarVersionRow
from kernel.clock import Clock

_ONLY = 1  # id of the version's only row


class CalendarNotLoadedError(LookupError):
    """No calendar is loaded in the database."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedVersion:
    """The calendar version in the database; `number` 0 means none."""

    number: int = 0
    digest: str = ""
    checked: date = date.min


class CalendarStore:
    """The calendar: one version, replaced as a whole."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def lock(self) -> None:
        """Serialise loads across processes; blocks until the running load ends."""
        nothing = dict.fromkeys(("first", "last", "published_until", "checked"), date.min)
        first = insert_into(self._session, CalendarVersionRow).values(
            id=_ONLY, number=0, digest="", loaded_at=datetime.min.replace(tzinfo=UTC), **nothing
        )
        await self._session.execute(first.on_conflict_do_nothing(index_elements=["id"]))
        await self._session.execute(select(CalendarVersionRow.id).with_for_update())

    async def version(self) -> LoadedVersion:
        row = await self._head()
        if row is None:
            return LoadedVersion()
        return LoadedVersion(number=row.number, digest=row.digest, checked=row.checked)

    async def read(self) -> WorkCalendar:
        """The loaded calendar. Raises CalendarNotLoadedError."""
        head = await self._head()
        if head is None or head.number == 0:
            raise CalendarNotLoadedError
        rows = await self._session.scalars(select(CalendarDayRow).order_by(CalendarDayRow.day))
        return WorkCalendar(
            first=head.first,
            last=head.last,
            published_until=head.published_until,
            special={row.day: _day(row) for row in rows},
        )

    async def published_until(self) -> date:
        """The last day (inclusive) of the published production calendar. Raises CalendarNotLoadedError."""
        head = await self._head()
        if head is None or head.number == 0:
            raise CalendarNotLoadedError
        return head.published_until

    async def replace(self, calendar: WorkCalendar, number: int, checked: date, at: datetime) -> None:
        """Replace the stored calendar with version `number`; the caller holds the lock."""
        await self._session.execute(delete(CalendarDayRow))
        await self._session.execute(insert(CalendarDayRow), [_row(day) for day in calendar.special.values()])
        values = {
            "number": number,
            "first": calendar.first,
            "last": calendar.last,
            "published_until": calendar.published_until,
            "digest": digest_of(calendar),
            "checked": checked,
            "loaded_at": at,
        }
        await self._session.execute(update(CalendarVersionRow).values(values))

    async def _head(self) -> CalendarVersionRow | None:
        return await self._session.get(CalendarVersionRow, _ONLY, populate_existing=True)


REFRESH = timedelta(seconds=20)  # how long a calendar loaded by another process may go unnoticed


class LiveCalendar:
    """The current calendar, with the database's version checked at most once per `refresh`."""

    def __init__(self, clock: Clock, refresh: timedelta = REFRESH) -> None:
        self._clock = clock
        self._refresh = refresh
        self._held: tuple[int, WorkCalendar] | None = None
        self._asked_at: datetime | None = None
        self._reading = asyncio.Lock()

    async def current(self, session: AsyncSession) -> WorkCalendar:
        """The current calendar. Raises CalendarNotLoadedError if there is none."""
        if self._held is None or not self._is_fresh():
            async with self._reading:
                if self._held is None or not self._is_fresh():
                    self._held = await self._read(session)
                    self._asked_at = self._clock.now()
        return self._held[1]

    def _is_fresh(self) -> bool:
        """False if the clock was set back."""
        return (
            self._asked_at is not None and timedelta() <= self._clock.now() - self._asked_at < self._refresh
        )

    async def _read(self, session: AsyncSession) -> tuple[int, WorkCalendar]:
        store = CalendarStore(session)
        version = await store.version()
        if self._held is not None and self._held[0] == version.number:
            return self._held
        return version.number, await store.read()


def digest_of(calendar: WorkCalendar) -> str:
    """Fingerprint by which an unchanged calendar is recognised."""
    head = (calendar.first, calendar.last, calendar.published_until)
    return hashlib.sha256(repr((head, *_plain(calendar.special.values()))).encode()).hexdigest()


def _plain(days: Iterable[SpecialDay]) -> Iterable[tuple[object, ...]]:
    return (astuple(day) for day in sorted(days, key=lambda day: day.day))


def _row(day: SpecialDay) -> dict[str, object]:
    return {
        "day": day.day,
        "kind": day.kind.value,
        **_columns("name", day.names),
        "other": day.other,
        **_columns("act", day.act),
    }


def _columns(prefix: str, names: TrilingualNames | None) -> dict[str, str]:
    words = asdict(names) if names else dict.fromkeys(("kk", "ru", "en"), "")
    return {f"{prefix}_{language}": word for language, word in words.items()}


def _day(row: CalendarDayRow) -> SpecialDay:
    return SpecialDay(
        day=row.day,
        kind=DayKind(row.kind),
        names=TrilingualNames(kk=row.name_kk, ru=row.name_ru, en=row.name_en) if row.name_kk else None,
        other=row.other,
        act=TrilingualNames(kk=row.act_kk, ru=row.act_ru, en=row.act_en) if row.act_kk else None,
    )
