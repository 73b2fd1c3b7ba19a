"""Complaint numbers: a year, eight digits and a Damm check digit; pure.

The check digit catches every single wrong digit and every swap of two neighbours, so a mistyped number never
opens another person's complaint.
"""

import re
from dataclasses import dataclass
from typing import Self

from complaints.errors import ComplaintNumberError
from kernel.check_digits import damm_digit

LINK = "c"  # in links: c26000000017 with the check digit at the end
MOST = 10**8 - 1  # complaints a year
_WRITTEN = re.compile(r"[cC№#\s]{0,4}(\d{2})[\s\-–]?(\d{8})[\s\-–]?(\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintNumber:
    """The `serial`-th complaint of `year`, counted from 1."""

    year: int
    serial: int

    def __post_init__(self) -> None:
        if not 2000 <= self.year <= 2099 or not 1 <= self.serial <= MOST:
            raise ValueError(f"no number of a complaint: {self.year}, {self.serial}")

    def __str__(self) -> str:
        """As people read it: 26-00000017-5."""
        digits = self._digits
        return f"{digits[:2]}-{digits[2:]}-{damm_digit(digits)}"

    @property
    def stored(self) -> int:
        """All eleven digits, as stored."""
        return int(f"{self._digits}{damm_digit(self._digits)}")

    @property
    def link(self) -> str:
        """As written in a deep link."""
        return f"{LINK}{self.stored:011}"

    @classmethod
    def of(cls, stored: int) -> Self:
        """Parse `stored`. Raises ComplaintNumberError."""
        return cls.read(f"{stored:011}")

    @classmethod
    def read(cls, text: str) -> Self:
        """Parse a number from a link or typed by hand. Raises ComplaintNumberError."""
        found = _WRITTEN.fullmatch(text.strip()) if text.isascii() or "№" in text or "–" in text else None
        if found is None or not "".join(found.groups()).isascii():
            raise ComplaintNumberError
        digits = found[1] + found[2]
        if damm_digit(digits) != int(found[3]) or int(found[2]) == 0:
            raise ComplaintNumberError
        return cls(year=2000 + int(found[1]), serial=int(found[2]))

    @property
    def _digits(self) -> str:
        return f"{self.year % 100:02}{self.serial:08}"
