"""What is on paper about a complaint that an official entered: numbers and days of the register; pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from complaints.decision_errors import PaperDayError, PaperNeededError, PaperNumberError

LONGEST_NUMBER = 40


class VoidReason(StrEnum):
    """Why an entry was a mistake."""

    TWICE = "twice"  # entered twice
    NOT_COMPLAINT = "not_complaint"
    OTHER_BODY = "other_body"  # entered for an organisation that did not get it
    TRIAL = "trial"  # entered to try


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperMark:
    """The organisation's own number of a paper that went out, and its day."""

    number: str
    on: date


def read_register_number(text: str) -> str:
    """The number without redundant spaces. Raises PaperNumberError."""
    number = " ".join(text.removeprefix("№").split())
    if not number or len(number) > LONGEST_NUMBER or not number.isprintable():
        raise PaperNumberError(longest=LONGEST_NUMBER)
    return number


def check_mark(mark: PaperMark | None, first: date, today: date) -> PaperMark:
    """The mark with its number read. Raises PaperNeededError, PaperDayError, PaperNumberError."""
    if mark is None:
        raise PaperNeededError
    if not first <= mark.on <= today:
        raise PaperDayError(first=first)
    return PaperMark(number=read_register_number(mark.number), on=mark.on)
