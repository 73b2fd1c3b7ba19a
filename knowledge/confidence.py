"""How certain an answer is: whether the best subject stands out and covers the question."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final

from knowledge.evidence import CHANNELS, Evidence, EvidenceIndex, best_first
from knowledge.weights import CONFIDENCE_WEIGHTS
from knowledge.word_index import QuestionReading, QuestionToken, Scores

CONFIDENT_FROM: Final = 0.8
NEAR_FROM: Final = 0.25
_CLEAR_LEAD: Final = 0.05  # two equally good subjects: neither is the answer
_FAR_AHEAD: Final = 0.35  # lead with which a little less certainty is enough
_SURE_FAR_AHEAD_FROM: Final = 0.75
_BEST_WORDS: Final = CHANNELS.index("best_words")
_EXACTLY: Final = 0.97
_NOT_EXACTLY: Final = 0.9
_NEARLY: Final = 0.85
_FAR: Final = 0.6
_COVERED_FROM: Final = 0.7
_A_STORY_FROM: Final = 3.2  # of `length`: six or seven meaningful words


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """Evidence for and against the best subject.

    `score` and its `margin` over the second; `coverage`: share of the question's mass found in the subject;
    `grams`: n-gram similarity; `unknown`: share of the mass in words found in no subject; `length`: logarithm
    of the total mass; `strange`: number of words naming what no subject answers, at most 2.
    """

    score: float
    margin: float
    coverage: float
    grams: float
    unknown: float
    length: float
    strange: float


_SIGNS: Final = tuple(field.name for field in fields(Signs))


def signs_of(
    index: EvidenceIndex,
    reading: QuestionReading,
    evidence: Evidence,
    scores: Scores,
    best_two: Sequence[int] | None = None,
) -> Signs:
    """The signs of the best-scoring subject; there must be one. `best_two`: their indices, if known."""
    best, *others = best_first(scores, 2) if best_two is None else best_two
    second = max(0.0, float(scores[others[0]])) if others else 0.0
    return Signs(
        score=float(scores[best]),
        margin=float(scores[best]) - second,
        coverage=float(evidence[CHANNELS.index("words"), best]),
        grams=float(evidence[CHANNELS.index("grams"), best]),
        unknown=sum(token.mass for token in reading.tokens if not token.worth) / reading.mass,
        length=math.log1p(reading.mass),
        strange=float(min(2, index.strange(reading, best))),
    )


def is_confident(signs: Signs) -> bool:
    """Whether to show the best subject right away.

    A story may mention anything in passing; a short question that names something no subject answers is about
    that.
    """
    if signs.strange and signs.length < _A_STORY_FROM:
        return False
    if not signs.strange and signs.margin >= _FAR_AHEAD:
        return probability(signs) >= _SURE_FAR_AHEAD_FROM
    return signs.margin >= _CLEAR_LEAD and probability(signs) >= CONFIDENT_FROM


def calls_exactly(
    evidence: Evidence, tokens: Sequence[QuestionToken], mass: float, best_two: Sequence[int]
) -> bool:
    """Whether the `tokens` that name something are one name or alias of the best subject, and far from one of
    the second; `mass` is the whole question's.
    """
    named = sum(token.mass for token in tokens if token.worth)
    if not named or not all(token.worth for token in tokens):
        return False
    best, *others = (float(evidence[_BEST_WORDS, number]) * mass / named for number in best_two)
    second = max(others, default=0.0)
    return (best >= _EXACTLY and second < _NOT_EXACTLY) or (best >= _NEARLY and second < _FAR)


def is_near(signs: Signs) -> bool:
    """Whether to offer the best subjects: one or two matching words suffice for that."""
    return probability(signs) >= NEAR_FROM or (signs.coverage >= _COVERED_FROM and not signs.strange)


def probability(signs: Signs) -> float:
    """The probability that the best subject is the answer, 0 to 1."""
    weighed = sum(CONFIDENCE_WEIGHTS[name] * getattr(signs, name) for name in _SIGNS)
    return 1 / (1 + math.exp(-CONFIDENCE_WEIGHTS["constant"] - weighed))
