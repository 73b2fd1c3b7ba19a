"""What the journal holds: questions without answer, and verdicts on answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

RETENTION = timedelta(days=90)


class AnswerOutcome(StrEnum):
    UNANSWERED = "unanswered"  # nothing near was found
    OFFERED = "offered"  # several services were offered, and none has been refused
    REFUSED = "refused"  # the person said: none of these


class Verdict(StrEnum):
    YES = "yes"
    NO = "no"
    WRONG = "wrong"  # the facts are wrong; the text says which


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionGroup:
    """Questions that read alike: how often they came, one of them as written, and when the last one came.

    `numbers` are those of the questions, the first one first.
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
