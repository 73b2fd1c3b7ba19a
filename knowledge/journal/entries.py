"""Entries of the journal: unanswered questions, and verdicts on answers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kernel import retention

RETENTION = retention.QUESTIONS


class AnswerOutcome(StrEnum):
    UNANSWERED = "unanswered"  # nothing similar was found
    OFFERED = "offered"  # several services were offered, and none rejected so far
    REFUSED = "refused"  # the person chose "none of these"


class Verdict(StrEnum):
    YES = "yes"
    NO = "no"
    WRONG = "wrong"  # the facts are wrong; the text says which


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionGroup:
    """Questions worded alike: their count, one of them as written, and the time of the last.

    `numbers` are the questions' numbers, in order.
    """

    numbers: tuple[int, ...]
    text: str
    language: str
    count: int
    refused: int
    last_asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongFact:
    number: int
    slug: str
    text: str
    given_at: datetime
