"""Converts registry records into the values of the deadline engine.

`registry_data` and `deadlines` do not import each other.
"""

from deadlines.calendar import TrilingualNames
from deadlines.national import CalendarFacts, HolidayFact, MovedDay
from deadlines.terms import DayOne, Direction, Term, TermKind, TermReading, Unit
from kernel.language import Language
from registry_data.days_off import DaysOff
from registry_data.schema import Text
from registry_data.terms import TermRecord


def calendar_facts(days_off: DaysOff) -> CalendarFacts:
    return CalendarFacts(
        published_until=days_off.published_until,
        holidays={
            name: HolidayFact(ru=fact.ru, en=fact.en, carries_over=fact.carries_over)
            for name, fact in days_off.holidays.items()
        },
        moved=tuple(
            MovedDay(worked=pair.worked, day_off=pair.day_off, act=_names(pair.act))
            for pair in days_off.moved
        ),
    )


def _names(text: Text) -> TrilingualNames:
    return TrilingualNames(**{language.value: text.in_language(language) for language in Language})


def term_of(record: TermRecord) -> Term:
    return Term(
        rule=record.rule,
        kind=TermKind(record.kind),
        amount=record.amount,
        unit=Unit(record.unit),
        direction=Direction(record.direction),
        day_one=DayOne(record.day_one),
        leans_on=frozenset(map(TermReading, record.readings)),
        extension_up_to=record.extension.up_to if record.extension else 0,
    )
