"""Personal data in texts: masked when stored, rejected in notices to officials; pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from notifications.names import hide_names

# An IIN or BIN has twelve digits, a bank card sixteen; both may be grouped.
_LONG_NUMBER = re.compile(
    r"(?<!\d)(?:\d{12}|\d{16}|\d{6}[ \u00a0-]\d{6}"
    r"|\d{3}(?:[ \u00a0-]\d{3}){3}|\d{4}(?:[ \u00a0-]\d{4}){2,3})(?!\d)"
)
# +7 701 123-45-67, 8(701)1234567, 7011234567: codes of Kazakhstan start with 6 or 7.
_TELEPHONE = re.compile(r"(?<!\d)(?:\+?[78][\s().\-–]{0,3})?[67]\d\d(?:[\s().\-–]{0,2}\d){7}(?!\d)")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w[\w.-]*|tg://user[\w?=]*|(?<![\w/])@[a-z]\w{4,}", re.IGNORECASE)
# Masks hide more than is rejected: any ten digits. Masking too much barely hurts a question, while a wrongly
# rejected notice is never sent.
_TEN_DIGITS = re.compile(r"(?<!\d)(?:\+?\d[\s().\-–]{0,2}){9,18}\d(?!\d)")
_DIGIT = re.compile(r"\d")
_MASK = "█"
_PATTERNS = {"long number": _LONG_NUMBER, "telephone": _TELEPHONE, "address": _ADDRESS}


class PersonalDataError(ValueError):
    """A notice to an official contains personal data. Names the kind of data, never the data."""


def mask(text: str) -> str:
    """`text` with what tells who wrote it hidden: numbers, names, birth dates and addresses of every kind.

    Short numbers (an article of a law, a year, a fee) stay: the question needs them.
    """
    text = text.replace("\0", "")  # PostgreSQL's text cannot hold NUL
    without_numbers = _TEN_DIGITS.sub(lambda match: _DIGIT.sub(_MASK, match.group()), text)
    return hide_names(_ADDRESS.sub(_MASK * 3, without_numbers))


def reject_personal_data(payload: Mapping[str, Any]) -> None:
    """Raise PersonalDataError if any text in the payload contains an IIN, telephone number or address."""
    for text in _texts(payload):
        for kind, pattern in _PATTERNS.items():
            if pattern.search(text):
                raise PersonalDataError(kind)


def _texts(value: Any) -> Iterator[str]:
    """All texts of the payload, including buttons. Numbers are skipped: they are recipients."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, Sequence):
        for part in value:
            yield from _texts(part)
