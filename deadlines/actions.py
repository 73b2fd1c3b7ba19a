"""Load the working-day calendar into the database."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from database.engine import UnitOfWork
from deadlines.calendar import WorkCalendar
from deadlines.store import CalendarStore, digest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadCalendar:
    """Store the file's calendar in the database. Idempotent."""

    unit_of_work: Callable[[], UnitOfWork]

    async def __call__(self, calendar: WorkCalendar, *, checked: date, at: datetime) -> bool:
        """True if the calendar was replaced. `checked` is the file's date, `at` the aware instant of the
        change.

        A file older than the loaded one is ignored, so a stale process starting late cannot undo a newer
        load.
        """
        async with self.unit_of_work() as uow:
            store = CalendarStore(uow.session)
            await store.lock()
            present = await store.version()
            if present.digest == digest_of(calendar) or checked < present.checked:
                return False
            await store.replace(calendar, present.number + 1, checked, at)
            await uow.commit()
        return True
