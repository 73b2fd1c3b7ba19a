"""Count a body's control events for rows 1 to 9.2 of forms 1-мқ and 2-мқ: pure.

An event, its objects, its breaches and the late answers that it found count in the month in which it ended:
an event that has not ended counts nowhere. What follows (rights restored, penalties, recommendations) counts
in the month of its own day. The acts name no day, so this is our reading; so is that every event outside the
plan is in row 1.2, since row 1 is 1.1 and 1.2 (annex 1 ¶5). Of the recommendations of a month, 9.1 and 9.2
are those done and not done by now.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kernel.period import Period
from oversight.control.entries import ControlEntry, EntryKind
from registry_data.report_forms import ControlMeasure, FormRow
from reminders.chain import ControlEvent, EventFact

_BY_THE_EVENT = frozenset({EntryKind.OBJECT, EntryKind.BREACH, EntryKind.LATE_ANSWERS})


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlCount:
    """`number` of one event in one `month` of the quarter (1 to 3); `row` where the measure has several."""

    event: int
    what: ControlMeasure
    row: str = ""
    month: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEvent:
    event: ControlEvent
    entries: tuple[ControlEntry, ...] = ()


def counts_of(events: Iterable[KnownEvent], quarter: Period, as_of: date) -> Iterator[ControlCount]:
    """What the events come to in the quarter, as known at the end of `as_of`."""
    for known in events:
        ended = ended_on(known.event)
        if ended is not None and (month := _month(ended, quarter)):
            what = ControlMeasure.PLANNED if known.event.planned else ControlMeasure.UNPLANNED
            yield ControlCount(event=known.event.number, what=what, month=month, number=1)
        for entry in known.entries:
            day = ended if entry.kind in _BY_THE_EVENT else entry.day
            if day is not None and (month := _month(day, quarter)):
                for what, row, number in _measures(entry, as_of):
                    if number:
                        yield ControlCount(event=entry.event, what=what, row=row, month=month, number=number)


def ended_on(event: ControlEvent) -> date | None:
    return event.facts.get(EventFact.ENDED_ON)


def is_in(one: ControlCount, row: FormRow) -> bool:
    """Whether the row counts it; a row filled by hand counts nothing."""
    return row.is_computed and row.events is one.what and one.row in {"", row.number}


def _measures(entry: ControlEntry, as_of: date) -> tuple[tuple[ControlMeasure, str, int], ...]:
    done = entry.done_on is not None and entry.done_on <= as_of
    found: dict[EntryKind, tuple[tuple[ControlMeasure, str, int], ...]] = {
        EntryKind.OBJECT: ((ControlMeasure.OBJECTS, entry.code, entry.count),),
        EntryKind.BREACH: ((ControlMeasure.BREACHES, entry.code, entry.count),),
        EntryKind.LATE_ANSWERS: ((ControlMeasure.LATE_ANSWERS, "", entry.count),),
        EntryKind.RESTORED: (
            (ControlMeasure.RESTORED_BREACHES, "", entry.count),
            (ControlMeasure.RESTORED_PEOPLE, "", entry.people),
        ),
        EntryKind.PENALTY: (
            (ControlMeasure.PENALTIES, entry.code, entry.count),
            (ControlMeasure.PUNISHED, entry.who, entry.people),
        ),
        EntryKind.RECOMMENDATION: ((ControlMeasure.DONE if done else ControlMeasure.NOT_DONE, "", 1),),
    }
    return found.get(entry.kind, ())


def _month(day: date, quarter: Period) -> int:
    """1 to 3; 0 outside the quarter."""
    return day.month - quarter.first.month + 1 if quarter.first <= day <= quarter.last else 0
