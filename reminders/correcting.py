"""The correction of a report on internal control (Order 78 ¶63): when to request it; pure.

The Agency makes it with the fourth quarter's results, and only where the body submits evidence of the need:
the request is due with the fourth quarter's report.
"""

from deadlines.calendar import WorkCalendar
from kernel.period import Frequency, Period
from registry_data.obligations import ObligationRecord
from reminders.errors import NotCorrectableError
from reminders.filing import CORRECTION, Filing
from reminders.plan import DueDates, due_dates

CORRECTABLE = frozenset({"1-mq", "2-mq"})


def check_correctable(record: ObligationRecord, filing: Filing) -> None:
    """Raises NotCorrectableError."""
    submitted = filing.submitted_on is not None and not filing.is_open
    if record.form not in CORRECTABLE or not submitted or filing.corrects is not None:
        raise NotCorrectableError


def correction_dates(record: ObligationRecord, corrected: Filing, calendar: WorkCalendar) -> DueDates:
    """The fourth quarter's dates in the corrected report's year."""
    year = Period.of_code(corrected.occasion).year
    return due_dates(record, Period(every=Frequency.QUARTER, year=year, number=4), calendar)


def occasion_of(corrected: Filing) -> str:
    return f"{CORRECTION}/{corrected.number}"
