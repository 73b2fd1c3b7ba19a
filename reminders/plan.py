"""Due dates of an obligation: the act's date, the reminder date, and when it becomes late; pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from deadlines.calendar import WorkCalendar
from kernel.period import Period, periods_of_years
from registry_data.obligations import DueDayRule, DueWord, ObligationRecord

_DAY = timedelta(days=1)
_YEARS = {"before": -1, "same": 0, "after": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDates:
    """All days are in Asia/Almaty and inclusive.

    `named_on` is the date fixed by the act, not moved on a day off. `lead_on` is the last working day in time
    on every reading of the acts; nobody is late until the latest reading, `late_after`, has passed.
    `expected`: the production calendar of that day is not published yet.
    """

    named_on: date
    lead_on: date
    late_after: date
    expected: bool = False


def named_day(one: ObligationRecord, period: Period) -> date:
    """The date the act fixes for the period, or the period's last day."""
    if one.due == "period_end":
        return period.last
    assert not isinstance(one.due, str)
    return _day(one.due[(period.number - 1) % len(one.due)], period)


def last_day_by(word: DueWord, named_on: date) -> date:
    """The last day in time: the day before for «дейін», the date itself for «кешіктірмей»."""
    return named_on - _DAY if word is DueWord.BEFORE else named_on


def due_dates(one: ObligationRecord, period: Period, calendar: WorkCalendar) -> DueDates:
    """The period's due date. Raises OutsideCalendarError for a day outside the calendar."""
    named_on = named_day(one, period)
    days = [last_day_by(word, named_on) for word in one.words] or [named_on]
    return DueDates(
        named_on=named_on,
        lead_on=calendar.working_on_or_before(min(days)),
        late_after=max(days),
        expected=not calendar.is_decided(named_on),
    )


def in_force(one: ObligationRecord, named_on: date) -> bool:
    until = one.in_force.until
    return one.in_force.since <= named_on and (until is None or named_on <= until)


def periods_due(one: ObligationRecord, first: date, last: date) -> Iterator[Period]:
    """The periods whose named date is between `first` and `last`, both inclusive, in order."""
    for period in periods_of_years(one.every, first.year - 1, last.year + 1):
        if first <= named_day(one, period) <= last:
            yield period


def _day(due: DueDayRule, period: Period) -> date:
    if due.month is None:
        after = period.next().first
        return after.replace(day=due.day)
    return date(period.year + _YEARS[due.year], due.month, due.day)
