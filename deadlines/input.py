"""Parse dates and numbers typed by people."""

import re
from datetime import date, datetime, time

from deadlines.counting import LONGEST
from deadlines.due import moment_of
from deadlines.terms import Direction
from kernel.clock import ALMATY

_MARK = r"\s*[./-]\s*"
_DAY = rf"(?P<day>\d{{1,2}}){_MARK}(?P<month>\d{{1,2}}){_MARK}(?P<year>\d{{4}})"
_ISO = r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
_HOUR = r"(?:[\s,T]+(?P<hour>\d{1,2})[:.](?P<minute>\d{2}))?"
_SHAPES = tuple(re.compile(rf"\s*{shape}{_HOUR}\s*", re.ASCII) for shape in (_DAY, _ISO))


def moment_typed(text: str, direction: Direction) -> datetime | None:
    """The moment in Asia/Almaty meant by "19.03.2026" or "2026-03-19 18:45"; None for any other text."""
    for shape in _SHAPES:
        if found := shape.fullmatch(text):
            parts = {name: int(value) for name, value in found.groupdict().items() if value is not None}
            return _moment(parts, direction)
    return None


def length_typed(text: str) -> int | None:
    """A whole number from 1 to the longest length; None for any other text."""
    number = text.strip()
    if not number.isascii() or not number.isdigit() or len(number) > len(str(LONGEST)):
        return None
    return int(number) if 0 < int(number) <= LONGEST else None


def _moment(parts: dict[str, int], direction: Direction) -> datetime | None:
    try:
        day = date(parts["year"], parts["month"], parts["day"])
        if "hour" not in parts:
            return moment_of(day, direction)
        return datetime.combine(day, time(parts["hour"], parts["minute"]), ALMATY)
    except ValueError:
        return None
