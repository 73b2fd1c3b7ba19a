"""What points to a person: masked in what is stored, refused in notices to officials; pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

# An IIN (or BIN) is twelve digits, a card sixteen; both are also written in groups.
_LONG_NUMBER = re.compile(
    r"(?<!\d)(?:\d{12}|\d{16}|\d{6}[ \u00a0-]\d{6}"
    r"|\d{3}(?:[ \u00a0-]\d{3}){3}|\d{4}(?:[ \u00a0-]\d{4}){2,3})(?!\d)"
)
# +7 701 123-45-67, 8(701)1234567, 7011234567: codes of Kazakhstan begin with 6 or 7.
_TELEPHONE = re.compile(r"(?<!\d)(?:\+?[78][\s().\-–]{0,3})?[67]\d\d(?:[\s().\-–]{0,2}\d){7}(?!\d)")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w[\w.-]*|tg://user[\w?=]*|(?<![\w/])@[a-z]\w{4,}", re.IGNORECASE)
# A mask covers more than is refused: any ten digits, for a number too many costs a question little, while a
# notice that is refused without need is not sent.
_TEN_DIGITS = re.compile(r"(?<!\d)(?:\+?\d[\s().\-–]{0,2}){9,18}\d(?!\d)")
_DIGIT = re.compile(r"\d")
_MASK = "█"
_PATTERNS = {"long number": _LONG_NUMBER, "telephone": _TELEPHONE, "address": _ADDRESS}


class PersonalDataError(ValueError):
    """A notice to an official was to carry personal data; says of what kind, never the data."""


def mask(text: str) -> str:
    """`text` with every number of ten digits or more, and every address, made unreadable.

    Shorter numbers (an article of law, a year, a fee) stay: without them the question means nothing.
    """
    text = text.replace("\0", "")  # which PostgreSQL's text cannot hold
    without_numbers = _TEN_DIGITS.sub(lambda found: _DIGIT.sub(_MASK, found.group()), text)
    return _ADDRESS.sub(_MASK * 3, without_numbers)


def reject_personal_data(payload: Mapping[str, Any]) -> None:
    """Raise PersonalDataError where any words of the call hold an IIN, a telephone or an address."""
    for words in _texts(payload):
        for kind, pattern in _PATTERNS.items():
            if pattern.search(words):
                raise PersonalDataError(kind)


def _texts(value: Any) -> Iterator[str]:
    """Every text of the payload, those on buttons too; numbers in it are who is written to."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, Sequence):
        for part in value:
            yield from _texts(part)
