"""What a decision waits for on a morning: the preliminary decision, the protocol, the head's approval."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import InstrumentedAttribute

from complaints.approvals.tables import IS_WAITING, ApprovalRow
from complaints.hearings.hearing import HearingForm
from complaints.hearings.store import IS_STANDING
from complaints.hearings.tables import HearingRow
from complaints.lifecycle import TRANSITIONS, LifecycleStep
from complaints.notifier import NotificationTopic
from complaints.tables import IS_OPEN, ComplaintRow
from complaints.terms import term
from deadlines.calendar import WorkCalendar

Day = InstrumentedAttribute[date] | ColumnElement[Any]
Step = tuple[NotificationTopic, Day, tuple[ColumnElement[bool], ...]]
_PROTOCOL_STATES = [state.value for state, step in TRANSITIONS if step is LifecycleStep.KEEP_PROTOCOL]


def decision_steps(day: date, calendar: WorkCalendar) -> Iterator[Step]:
    """For each topic, the day that counts and which complaints are at the step on the working day `day`."""
    heard = exists().where(HearingRow.complaint == ComplaintRow.id, IS_STANDING)
    ahead = term("complaint.preliminary").amount or 0
    due_on = ComplaintRow.due_on
    last = (due_on >= calendar.shift(day, ahead), due_on < calendar.shift(day, ahead + 1))
    yield NotificationTopic.PRELIMINARY_LAST, due_on, (IS_OPEN, *last, ~heard)
    untold = exists().where(
        HearingRow.complaint == ComplaintRow.id,
        IS_STANDING,
        HearingRow.form == HearingForm.WRITTEN.value,
        HearingRow.told_on.is_(None),
    )
    yield NotificationTopic.PRELIMINARY_UNTOLD, due_on, (IS_OPEN, untold)
    lacking = (
        HearingRow.complaint == ComplaintRow.id,
        IS_STANDING,
        HearingRow.protocol.is_(None),
        HearingRow.protocol_by <= calendar.shift(day, 1),
    )
    protocol_by = select(HearingRow.protocol_by).where(*lacking).scalar_subquery()
    yield (
        NotificationTopic.PROTOCOL_DUE,
        protocol_by,
        (ComplaintRow.state.in_(_PROTOCOL_STATES), exists().where(*lacking)),
    )
    waits = exists().where(ApprovalRow.complaint == ComplaintRow.id, IS_WAITING)
    yield NotificationTopic.APPROVAL_WAITS, due_on, (IS_OPEN, waits)
