"""Dates of birth: dates with a word of birth beside them, or a name; pure."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from notifications.masking.ordinary import DATE, MONTHS, dates
from notifications.masking.plain_text import Span, found

_WORD: Final = (
    r"(?:туған|туыл[ғг]ан|туганн?|туылды|туды|дүниеге\s+кел|родил|рожден|рожд\.|\bд\s?[./]?\s?р\b\.?|\bb\.(?=\s*\d)|\bдр\b|\bг\s?\.?\s?р\b|"
    r"\bborn\b|\bbirth|\bdob\b|\bd\.o\.b|\bbday\b|\bb-day\b)\w*"
)
_YEAR: Final = r"(?:19[2-9]\d|20[0-2]\d)"
_LOOSE: Final = (
    r"(?<!\d)(?:\d{1,2}[ ./\-]{1,2}\d{1,2}[ ./\-]{1,2}(?:\d{4}|\d\d)|\d{6}|\d{8}"
    rf"|{_YEAR}[ ./\-]\d\d[ ./\-]\d\d"
    rf"|\d{{1,2}}(?:-?[^\W\d]{{1,2}})?\s+{MONTHS}(?:,?\s+(?:{_YEAR}|\d\d))?"
    rf"|{_YEAR}\s*(?:жылдың|жылғы|жылы|жыл|ж\.?|г\.?)?,?\s+\d{{1,2}}(?:-?\w{{1,3}})?\s+{MONTHS}"
    rf"|{MONTHS}\s+(?:{_YEAR}|\d{{1,2}}(?:,?\s+{_YEAR})?))(?!\d)"
)
_AFTER_WORD: Final = re.compile(rf"{_WORD}[^\d!?\n]{{0,28}}?(?P<date>{DATE}|{_LOOSE})", re.IGNORECASE)
_BEFORE_WORD: Final = re.compile(
    rf"(?P<date>{DATE}|{_LOOSE}|(?<!\d){_YEAR}(?!\d))\s*(?:[-,(]\s*)?(?:жылы|жылғы|ж\.|г(?:од[ау]?)?\.?|күні|да|де|та|те|ы|і|-?шы|-?ші|дың|дің|[\s,.\-]){{0,4}}\s*"
    r"(?:г\s?\.?\s?р\b|года?\s+рожд|рожд|ж\.?\s?т\b|ту[ғг]ан|туыл[ғг]ан|туылды[мқ]?|туды[мқ]?|дүниеге\s+кел|д\.\s?р|was\s+born|is\s+(?:my|his|her)\s+(?:date\s+of\s+birth|dob\b|birth)|родил)",
    re.IGNORECASE,
)
_YEAR_AFTER: Final = re.compile(
    rf"(?:родил(?:ся|ась|ись|сь)|рожд[её]н\w*|\bг\.?\s?р\.?|год\w*\s+рождения|born(?:\s+(?:in|on))?|year\s+of\s+birth|birth\s+year|"
    rf"(?:туған|туыл[ғг]ан)\w*(?:\s+жыл\w*)?)[\s:\-]*(?:в|in|is|-)?\s*(?P<year>{_YEAR})(?!\d)",
    re.IGNORECASE,
)
_OF_YEAR: Final = re.compile(
    rf"\bя\s+(?P<year>{_YEAR})\s*(?:-?го\s*)?(?:г\b\.?|года\b)|\bмен\s+(?P<born>{_YEAR})\s+жыл"
    rf"|(?<!\d)(?P<own>{_YEAR})\s*(?:жыл)?ғы(?:мын|мыз)\b|(?<!\d)(?P<short>\d\d)\s?(?:-?го\s+)?г\.?\s?р\b",
    re.IGNORECASE,
)
_NEAR: Final = 12  # signs between a name or an IIN and the date that belongs to it


def births(plain: str) -> Iterator[Span]:
    for pattern in (_AFTER_WORD, _BEFORE_WORD):
        yield from found(pattern, plain, "date")
    yield from found(_YEAR_AFTER, plain, "year")
    for group in ("year", "born", "own", "short"):
        yield from found(_OF_YEAR, plain, group)


def births_beside(plain: str, names: Iterable[Span]) -> Iterator[Span]:
    """Dates right after or before a name: 'Ахметов Нурлан, 03.04.1990'."""
    people = list(names)
    for start, end in dates(plain):
        if any(_gap((start, end), one) <= _NEAR for one in people):
            yield start, end


def _gap(one: Span, other: Span) -> int:
    return max(one[0] - other[1], other[0] - one[1])
