"""The escalation schedule of a due date: who is notified now; pure.

Only the current step applies: steps missed in an outage are skipped, not sent later.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from complaints.notifier import NotificationTopic
from deadlines.calendar import WorkCalendar
from kernel.clock import ALMATY

OPENS = time(9)
AHEAD = 2  # working days before the due date at which the first step begins


class EscalationLevel(StrEnum):
    """Who is notified at a step, in addition to the earlier levels."""

    HOLDER = "holder"  # the heads where nobody is assigned
    HEADS = "heads"
    COORDINATORS = "coordinators"


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationStep:
    """`stage` is its name, unique within a version of the date; it applies since `at` (aware)."""

    topic: NotificationTopic
    stage: str
    at: datetime
    to: tuple[EscalationLevel, ...] = (EscalationLevel.HOLDER,)


def escalation_step(
    due_on: date, late_after: date, now: datetime, calendar: WorkCalendar
) -> EscalationStep | None:
    """The step that applies at the aware instant `now`, or None while it is too early.

    Nobody is called overdue until `late_after` has passed. Raises OutsideCalendarError.
    """
    day = reached(now, calendar)
    last = calendar.working_on_or_before(due_on)
    late = calendar.working_between(late_after, day)
    if late:
        return _overdue(day, late)
    if day >= last:
        return _at(NotificationTopic.DUE_TODAY, last)
    if day >= calendar.shift(last, -1):
        return _at(NotificationTopic.ONE_DAY, calendar.shift(last, -1))
    if day >= calendar.shift(last, -AHEAD):
        return _at(NotificationTopic.TWO_DAYS, calendar.shift(last, -AHEAD))
    return None


def horizon(now: datetime, calendar: WorkCalendar) -> date:
    """The last due date that has a step at `now`."""
    return calendar.shift(reached(now, calendar), AHEAD)


def reached(now: datetime, calendar: WorkCalendar) -> date:
    """The last working day whose nine o'clock has passed."""
    local = now.astimezone(ALMATY)
    if calendar.is_working(local.date()) and local.time() >= OPENS:
        return local.date()
    return calendar.shift(local.date(), -1)


def _overdue(day: date, late: int) -> EscalationStep:
    """The `late`-th working day overdue: heads from the first, coordinators from the third."""
    to = (
        (EscalationLevel.HOLDER, EscalationLevel.HEADS)
        if late < 3
        else (EscalationLevel.HOLDER, EscalationLevel.HEADS, EscalationLevel.COORDINATORS)
    )
    return EscalationStep(
        topic=NotificationTopic.OVERDUE, stage=f"{NotificationTopic.OVERDUE}_{late}", at=at_nine(day), to=to
    )


def _at(topic: NotificationTopic, day: date) -> EscalationStep:
    return EscalationStep(topic=topic, stage=topic.value, at=at_nine(day))


def at_nine(day: date) -> datetime:
    return datetime.combine(day, OPENS, ALMATY)
