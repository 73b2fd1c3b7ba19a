"""Kazakhstan's calendar: holidays from the `holidays` library, carry-over by law, moved days by decree."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from deadlines.calendar import DayKind, SpecialDay, TrilingualNames, WorkCalendar, is_weekend
from deadlines.errors import CalendarConflictError

FIRST_YEAR = 2016
LAST_YEAR = 2076  # the library does not compute Kurban Ait after that
_DAY = timedelta(days=1)
_AND = ", "


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayFact:
    """What the library lacks about a holiday: its names, and whether its day off carries over."""

    ru: str
    en: str
    carries_over: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedDay:
    """A pair of days swapped by decree: `worked` was a day off, `day_off` a working day."""

    worked: date
    day_off: date
    act: TrilingualNames


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFacts:
    """Facts approved by an editor; `holidays` is keyed by the library's Kazakh name."""

    published_until: date
    holidays: Mapping[str, HolidayFact]
    moved: Sequence[MovedDay]


def national_calendar(facts: CalendarFacts) -> WorkCalendar:
    """The calendar from 2016 to 2076; takes some tenths of a second to compute.

    Raises CalendarConflictError if a decree changes nothing, or no fact describes one of the library's
    holidays.
    """
    special = _holidays(facts.holidays)
    special.update(_carried_over(special, facts.holidays))
    for moved in facts.moved:
        _exchange(special, moved)
    return WorkCalendar(
        first=date(FIRST_YEAR, 1, 1),
        last=date(LAST_YEAR, 12, 31),
        published_until=facts.published_until,
        special=dict(sorted(special.items())),
    )


def _holidays(facts: Mapping[str, HolidayFact]) -> dict[date, SpecialDay]:
    from holidays.countries.kazakhstan import Kazakhstan  # noqa: PLC0415  a fifth of a second to import

    library = Kazakhstan(
        years=range(FIRST_YEAR, LAST_YEAR + 1),
        language="kk",
        observed=False,  # the carry-over is computed below
        islamic_show_estimated=False,
    )
    moved_by_decree = re.compile(re.escape(library.substituted_label).replace("%s", ".+"))
    found: dict[date, SpecialDay] = {}
    for day in sorted(library):
        names = [name for name in library.get_list(day) if not moved_by_decree.fullmatch(name)]
        if names:
            found[day] = SpecialDay(day=day, kind=DayKind.HOLIDAY, names=_names(day, names, facts))
    return found


def _names(day: date, kazakh: Sequence[str], facts: Mapping[str, HolidayFact]) -> TrilingualNames:
    """The day's name; two holidays may fall on one day."""
    for name in kazakh:
        if name not in facts:
            raise CalendarConflictError(day, f"no fact describes the holiday {name!r}")
    return TrilingualNames(
        kk=_AND.join(kazakh),
        ru=_AND.join(facts[name].ru for name in kazakh),
        en=_AND.join(facts[name].en for name in kazakh),
    )


def _carried_over(
    special: Mapping[date, SpecialDay], facts: Mapping[str, HolidayFact]
) -> Iterator[tuple[date, SpecialDay]]:
    """A holiday on a weekend gives the next working day off, except Orthodox Christmas and Kurban Ait."""
    taken = set(special)
    for day, holiday in sorted(special.items()):
        assert holiday.names is not None
        carries = any(facts[name].carries_over for name in holiday.names.kk.split(_AND))
        if not is_weekend(day) or not carries:
            continue
        off = day + _DAY
        while is_weekend(off) or off in taken:
            off += _DAY
        taken.add(off)
        yield off, SpecialDay(day=off, kind=DayKind.CARRIED_OVER, names=holiday.names, other=day)


def _exchange(special: dict[date, SpecialDay], moved: MovedDay) -> None:
    if _is_worked(special, moved.worked):
        raise CalendarConflictError(moved.worked, "it is a working day already")
    if not _is_worked(special, moved.day_off):
        raise CalendarConflictError(moved.day_off, "it is a day off already")
    special[moved.worked] = SpecialDay(
        day=moved.worked, kind=DayKind.WORKED, other=moved.day_off, act=moved.act
    )
    special[moved.day_off] = SpecialDay(
        day=moved.day_off, kind=DayKind.MOVED_OFF, other=moved.worked, act=moved.act
    )


def _is_worked(special: Mapping[date, SpecialDay], day: date) -> bool:
    known = special.get(day)
    return known.is_working if known is not None else not is_weekend(day)
