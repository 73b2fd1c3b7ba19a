"""A filing: one obligation of one organisation for one occasion, and the rules of its changes. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from deadlines.calendar import WorkCalendar
from reminders.errors import FilingDayError, NoDocumentError, WordsTooLongError
from reminders.plan import DueDates
from reminders.schedule import DEFAULT_SCHEDULE, DueStage, DueStatus, ReminderSchedule, due_status

LONGEST_TEXT = 500
EARLIEST = date(2016, 1, 1)  # no submission predates the calendar
CORRECTION = "correction"
EVENT = "event"


class FilingState(StrEnum):
    NOT_YET = "not_yet"
    DUE = "due"
    LATE = "late"
    SUBMITTED = "submitted"
    SUBMITTED_LATE = "submitted_late"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmittedDocument:
    """What was submitted: a number or address, a Telegram file, or both."""

    number: str | None = None
    file_id: str | None = None
    file_name: str | None = None

    def check(self) -> None:
        """Raises NoDocumentError, WordsTooLongError."""
        if not self.number and not self.file_id:
            raise NoDocumentError
        if len(self.number or "") > LONGEST_TEXT:
            raise WordsTooLongError(up_to=LONGEST_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """`submitted_on` and `document` are set on submission, which was recorded at `closed_at`;
    `waiver_asked_by` while the head decides.

    `occasion` is a period's code, "event/12" or "correction/345".
    """

    number: int
    organisation: str
    obligation: str
    occasion: str
    dates: DueDates
    version: int
    is_open: bool
    is_waived: bool = False
    told_at: datetime | None = None
    event: int | None = None
    corrects: int | None = None
    submitted_on: date | None = None
    closed_at: datetime | None = None
    document: SubmittedDocument | None = None
    waiver_asked_by: int | None = None
    waiver_why: str | None = None

    @property
    def obligation_and_occasion(self) -> tuple[str, str]:
        return self.obligation, self.occasion

    @property
    def on_time(self) -> bool | None:
        """Whether it was submitted in time on at least one reading of the acts; None until it
        is submitted.
        """
        return None if self.submitted_on is None else self.submitted_on <= self.dates.late_after

    def due_status(
        self, today: date, calendar: WorkCalendar, schedule: ReminderSchedule = DEFAULT_SCHEDULE
    ) -> DueStatus:
        return due_status(self.dates, today, calendar, schedule)

    def state(
        self, today: date, calendar: WorkCalendar, schedule: ReminderSchedule = DEFAULT_SCHEDULE
    ) -> FilingState:
        if self.is_waived:
            return FilingState.WAIVED
        if not self.is_open:
            return FilingState.SUBMITTED if self.on_time else FilingState.SUBMITTED_LATE
        stage = self.due_status(today, calendar, schedule).stage
        if stage is DueStage.LATE:
            return FilingState.LATE
        return FilingState.NOT_YET if stage is DueStage.NOT_YET else FilingState.DUE


def check_day(day: date, today: date) -> date:
    """A day on which something was done. Raises FilingDayError."""
    if not EARLIEST <= day <= today:
        raise FilingDayError
    return day


def check_reason(text: str) -> str:
    """The reason an official gives. Raises WordsTooLongError for an empty or too long one."""
    found = " ".join(text.split())
    if not 0 < len(found) <= LONGEST_TEXT:
        raise WordsTooLongError(up_to=LONGEST_TEXT)
    return found
