"""Days as people write them: "27 ноября", «өткен жұмада», "yesterday", 27.11.

A message becomes a short English phrase, whatever its language, case endings and missing Kazakh letters;
dateparser reads what is relative in it. It is imported on the first such message: it costs time at start-up.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from localisation.day_words import UNKNOWN, fold, meaning_of

_MARK: Final = r"\s*[./\-\s]\s*"
_NUMERIC: Final = re.compile(rf"([0-9]{{1,2}}){_MARK}([0-9]{{1,2}})(?:{_MARK}([0-9]{{4}}|[0-9]{{2}}))?\.?")
_ISO: Final = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})")
_PARTS: Final = re.compile(r"[0-9]+|[^\W_]+?(?=[0-9])|[^\W_]+")
_DAY_OF_MONTH, _YEAR, _SHORT_YEAR = range(1, 32), range(1900, 2101), range(100)
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS: Final = frozenset({"day", "week", "month", "year"})
_DAYS_AWAY: Final = {"today": 0, "yesterday": -1, "daybefore": -2, "tomorrow": 1, "dayafter": 2}
_LONGEST: Final = 60


class Leaning(StrEnum):
    """Which day "27 November" or "Friday" means when no year is said."""

    PAST = "past"  # today at the latest
    FUTURE = "future"  # today at the earliest
    NEAREST = "nearest"


def typed_day(text: str, today: date, leaning: Leaning = Leaning.NEAREST) -> date | None:
    """The day meant by `text`, or None if it names no single day."""
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    if found := _ISO.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMERIC.fullmatch(text):
        return _of_month(int(found[1]), int(found[2]), _year(found[3]), today, leaning)
    return _in_words(tuple(_meanings(text)), today, leaning)


def _meanings(text: str) -> Iterator[str]:
    """The words as English ones or numbers; those that say nothing are left out, unknown ones are "?"."""
    for part in _PARTS.findall(fold(text)):
        meaning = part if part.isdigit() else meaning_of(part)
        if meaning:
            yield from meaning.split()


def _in_words(said: Sequence[str], today: date, leaning: Leaning) -> date | None:
    months = [word for word in said if word in _MONTHS]
    numbers = [int(word) for word in said if word.isdigit()]
    rest = [word for word in said if word not in _MONTHS and not word.isdigit()]
    if len(months) == 1 and not rest:
        return _with_month(_MONTHS.index(months[0]) + 1, numbers, today, leaning)
    if len(months) == 1 and rest in (["last"], ["last", "year"], ["this", "year"]) and len(numbers) == 1:
        year = today.year - (rest[0] == "last")
        return _day(year, _MONTHS.index(months[0]) + 1, numbers[0])
    if months:
        return None
    if len(numbers) == 1 and rest == ["date"] and numbers[0] in _DAY_OF_MONTH:
        return _of_this_month(numbers[0], today, leaning)
    return _relative(said, rest, today, leaning)


def _relative(said: Sequence[str], rest: Sequence[str], today: date, leaning: Leaning) -> date | None:
    if len(said) == 1 and said[0] in _DAYS_AWAY:
        return today + timedelta(days=_DAYS_AWAY[said[0]])
    weekdays = [word for word in said if word in _WEEKDAYS]
    if len(weekdays) == 1 and not any(word.isdigit() for word in said):
        others = [word for word in rest if word not in _WEEKDAYS]
        return _weekday(_WEEKDAYS.index(weekdays[0]), others, today, leaning)
    return _counted(said, today)


def _weekday(weekday: int, others: Sequence[str], today: date, leaning: Leaning) -> date | None:
    """A weekday, alone or with "last", "next", "this", or of a week."""
    monday = today - timedelta(days=today.weekday())
    weeks = {("last", "week"): -1, ("this", "week"): 0, ("next", "week"): 1, ("this",): 0}
    if tuple(others) in weeks:
        return monday + timedelta(days=weekday, weeks=weeks[tuple(others)])
    if tuple(others) in {(), ("last",), ("next",)}:
        back = (today.weekday() - weekday) % 7
        ahead = (weekday - today.weekday()) % 7
        if others and others[0] == "last":
            return today - timedelta(days=back or 7)
        if others or leaning is Leaning.FUTURE:
            return today + timedelta(days=ahead or 7 * bool(others))
        is_past = leaning is Leaning.PAST or back <= ahead
        return today - timedelta(days=back) if is_past else today + timedelta(days=ahead)
    return None


def _counted(said: Sequence[str], today: date) -> date | None:
    """What counts from today: "3 day ago", "in 2 week"."""
    words = list(said)
    units = [word for word in words if word in _UNITS]
    ways = [word for word in words if word in {"ago", "in"}]
    numbers = [word for word in words if word.isdigit()] or ["1"]
    known = len(units) + len(ways) + sum(word.isdigit() for word in words)
    if len(units) != 1 or len(ways) != 1 or len(numbers) != 1 or known != len(words):
        return None
    phrase = f"{numbers[0]} {units[0]} ago" if ways[0] == "ago" else f"in {numbers[0]} {units[0]}"
    return _parsed(phrase, today)


@lru_cache(maxsize=256)
def _parsed(phrase: str, today: date) -> date | None:
    import dateparser  # noqa: PLC0415  a tenth of a second that most processes never need

    base = datetime.combine(today, time(12))
    found: datetime | None = dateparser.parse(phrase, languages=["en"], settings={"RELATIVE_BASE": base})
    return found.date() if found is not None else None


def _with_month(month: int, numbers: Sequence[int], today: date, leaning: Leaning) -> date | None:
    days = [number for number in numbers if number in _DAY_OF_MONTH]
    years = [number for number in numbers if number in _YEAR]
    match numbers:
        case [day] if day in _DAY_OF_MONTH:
            return _of_month(day, month, None, today, leaning)
        case [_, _] if len(days) == 1 and len(years) == 1:
            return _day(years[0], month, days[0])
        case [day, short] if day in _DAY_OF_MONTH and short in _SHORT_YEAR:
            return _day(2000 + short, month, day)
    return None


def _year(typed: str | None) -> int | None:
    if typed is None:
        return None
    return int(typed) if len(typed) > 2 else 2000 + int(typed)


def _of_month(day: int, month: int, year: int | None, today: date, leaning: Leaning) -> date | None:
    if year is not None:
        return _day(year, month, day)
    return _best(
        [_day(one, month, day) for one in (today.year - 1, today.year, today.year + 1)], today, leaning
    )


def _of_this_month(day: int, today: date, leaning: Leaning) -> date | None:
    first = today.replace(day=1)
    before, after = first - timedelta(days=1), first + timedelta(days=31)
    months = [(one.year, one.month) for one in (before, today, after)]
    return _best([_day(year, month, day) for year, month in months], today, leaning)


def _best(days: Sequence[date | None], today: date, leaning: Leaning) -> date | None:
    found = [one for one in days if one is not None and _leans(one, today, leaning)]
    return min(found, key=lambda one: (abs(one - today), one), default=None)


def _leans(day: date, today: date, leaning: Leaning) -> bool:
    if leaning is Leaning.NEAREST:
        return True
    return day <= today if leaning is Leaning.PAST else day >= today


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_CLOCK: Final = re.compile(
    r"[\s,]+(?:в\s+|сағат\s+|at\s+)?([01]?[0-9]|2[0-3]):([0-5][0-9])(?:-?\w{1,3})?\s*$"
)


def without_clock(text: str) -> tuple[str, time | None]:
    """The text without the time of day at its end, and that time."""
    found = _CLOCK.search(text)
    if found is None:
        return text, None
    return text[: found.start()], time(int(found[1]), int(found[2]))


_WORD: Final = re.compile(r"\S+")
_WRITTEN_DAY: Final = re.compile(
    r"[0-9]{1,2}[./-][0-9]{2}(?:[./-](?:[0-9]{4}|[0-9]{2}))?|[0-9]{4}-[0-9]{2}-[0-9]{2}"
)
_NAMES_A_DAY: Final = frozenset({*_MONTHS, *_WEEKDAYS, *_DAYS_AWAY, "ago"})
_LONGEST_PHRASE, _MOST_READ = 4, 600  # words


def days_within(text: str, today: date) -> Iterator[date]:
    """The days that a longer text names, in its order: none later than today, nor ten years old."""
    said = _WORD.findall(text)[:_MOST_READ]
    place = 0
    while place < len(said):
        size, day = _phrase_at(said, place, today)
        if day is not None and today - timedelta(days=3_653) <= day <= today:
            yield day
        place += size


def _phrase_at(said: Sequence[str], place: int, today: date) -> tuple[int, date | None]:
    """The longest phrase that begins there and names a day, in words, and that day."""
    for size in range(min(_LONGEST_PHRASE, len(said) - place), 0, -1):
        phrase = " ".join(said[place : place + size]).strip(".,;:!?()«»\"'")
        if _may_be_day(phrase, size) and (day := typed_day(phrase, today, Leaning.PAST)) is not None:
            return size, day
    return 1, None


def _may_be_day(phrase: str, size: int) -> bool:
    """Digits alone are a day only as 19.03 or 19.03.2026; a phrase begins and ends with words of a day."""
    if size == 1 and _WRITTEN_DAY.fullmatch(phrase):
        return True
    each = [list(_meanings(word)) for word in phrase.split()]
    meanings = {meaning for one in each for meaning in one}
    names = UNKNOWN not in meanings and not _NAMES_A_DAY.isdisjoint(meanings)
    return names and bool(each[0]) and bool(each[-1])
