"""Loading the calendar into the database."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from database.unit_of_work import UnitOfWork
from deadlines.calendar import WorkCalendar
from deadlines.store import CalendarStore, digest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadCalendar:
    """Make the database hold the file's calendar; doing it twice changes nothing the second time."""

    unit_of_work: Callable[[], UnitOfWork]

    async def __call__(self, calendar: WorkCalendar, *, checked: date, at: datetime) -> bool:
        """Whether anything was loaded. `checked` is the file's date, `at` the aware instant of the change.

        A file older than the one that was loaded changes nothing: an old process that starts late must not
        undo what a new one brought.
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
