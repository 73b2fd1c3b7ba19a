"""What people type to choose from a numbered list, and the time of day at the end of a date."""

import re
from datetime import time
from typing import Final

_CHOICE: Final = re.compile(
    r"\W*(?:номер|нөмір|number|the|вариант)?\s*([1-9])"
    r"\s?-?(?:й|я|е|ое|ый|ой|ші|шісі|нші|st|nd|rd)?\W*",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(
    r"[\s,]+(?:в\s+|сағат\s+|at\s+)?([01]?[0-9]|2[0-3]):([0-5][0-9])(?:-?\w{1,3})?\s*$"
)


def typed_choice(text: str) -> int | None:
    """The number of "2", "№2", "2-ші", "номер 2"; None for any other text."""
    found = _CHOICE.fullmatch(text)
    return int(found[1]) if found else None


def without_clock(text: str) -> tuple[str, time | None]:
    """The text without the time of day at its end, and that time."""
    found = _CLOCK.search(text)
    if found is None:
        return text, None
    return text[: found.start()], time(int(found[1]), int(found[2]))
