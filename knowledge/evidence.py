"""Evidence for each subject, a matrix with one row per channel and one column per subject, and whether it
suffices to answer with one.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.grams import GramIndex, Runs
from knowledge.lexicon import Lexicon
from knowledge.marks import SubjectMarkers
from knowledge.subject import AnswerSubject
from knowledge.typed_text import words
from knowledge.weights import CHANNEL_WEIGHTS, CONFIDENCE_WEIGHTS
from knowledge.word_index import QuestionReading, QuestionToken, Scores, Sums, WordIndex
from knowledge.wording import OUTSIDE, TextWord, Wording

CHANNELS: Final = (
    "grams",
    "best_grams",
    "words",
    "best_words",
    "body",
    "unasked_marks",
    "missed_marks",
    "guide",
)
_CONTAINMENT: Final = 1.2
_FEW: Final = 4  # words
_NAMED_FROM: Final = 0.65  # the share of a name or alias, by rarity
_WEIGHTS: Final = np.array([CHANNEL_WEIGHTS[channel] for channel in CHANNELS], dtype=np.float32)

Evidence = NDArray[np.float32]
Text = tuple[TextWord, ...]


class EvidenceIndex:
    """Everything computed about the subjects in advance."""

    def __init__(self, subjects: Sequence[AnswerSubject], wording: Wording) -> None:
        calling = [_read(wording, subject.names + subject.aliases) for subject in subjects]
        texts = list(chain.from_iterable(calling))
        called = [_features(of_one) | wording.names_outside(of_one) for of_one in calling]
        bodies = _bodies(wording, subjects)
        self.lexicon = Lexicon(called, bodies)
        self._starts, self._ends = (ends := np.cumsum([0, *map(len, calling)]))[:-1], ends[1:]
        self.runs = Runs()
        self._grams = GramIndex(
            [[_words(chain.from_iterable(of_one)) for of_one in calling], [_words(text) for text in texts]],
            self.runs,
        )
        self._words = WordIndex(
            [
                *([tuple(features)] for features in called),
                *([tuple(features)] for features in bodies),
                *([one.features for one in text] for text in texts),
            ]
        )
        mass_of = {one: _mass(one, self.lexicon) for one in set(chain.from_iterable(texts))}
        self._text_mass = np.array([sum(mass_of[one] for one in text) or 1.0 for text in texts], np.float32)
        named = [of_one[: len(subject.names)] for of_one, subject in zip(calling, subjects, strict=True)]
        self._marks = SubjectMarkers(named, calling, wording)
        self._guide = np.array([subject.kind == "guide" for subject in subjects], dtype=np.float32)

    def evidence(self, reading: QuestionReading) -> Evidence:
        """Rows are CHANNELS, columns subjects; all but the last three are 0 to about 1."""
        grams, text_grams = self._grams.scores({token.word: token.weight for token in reading.tokens})
        words = self._words.scores(reading.tokens)
        subjects = len(self._guide)
        rows: Evidence = np.empty((len(CHANNELS), subjects), dtype=np.float32)
        rows[0] = grams
        rows[1] = self._best(text_grams)
        rows[2] = words[:subjects]
        rows[3] = self._best(self._contained(words[2 * subjects :]))
        rows[4] = words[subjects : 2 * subjects]
        rows[2:5] /= reading.mass
        rows[5], rows[6] = self._marks.columns(reading.markers)
        rows[7] = self._guide
        return rows

    def _contained(self, sums: Sums) -> Sums:
        """Scores of each text, weighted up by the share of the text that the question covers."""
        touched = (sums > 0).nonzero()[0]  # several times faster than of the sums themselves
        of_touched = sums[touched].astype(np.float32)
        share = np.minimum(1, of_touched / self._text_mass[touched])
        sums[touched] = of_touched * np.exp(_CONTAINMENT * np.log(share))  # faster than np.power
        return sums

    def strange(self, reading: QuestionReading, subject: int) -> int:
        """How many words of the question name what no subject answers and do not occur in this subject."""
        return sum(not self._words.holds(subject, features) for features in reading.outside)

    def lacks_a_name(self, reading: QuestionReading, subject: int) -> bool:
        """Whether the question has a name of several words that no subject answers, nor this one."""
        names = (features for features in reading.outside if features[0].startswith(OUTSIDE))
        return any(not self._words.holds(subject, features) for features in names)

    def is_half_named(self, reading: QuestionReading, subject: int) -> bool:
        """Whether a few words are only a part of the name or alias that they fit best: "регистрация лекарств"
        lacks what tells the veterinary one from others.
        """
        if sum(token.weight == 1 for token in reading.tokens) > _FEW:
            return False
        own = slice(self._starts[subject], self._ends[subject])
        said = self._words.scores(reading.tokens)[2 * len(self._guide) :][own]
        share = np.minimum(1, said / self._text_mass[own])
        return bool(share[(said * share**_CONTAINMENT).argmax()] < _NAMED_FROM)

    def is_called(self, subject: int, token: QuestionToken) -> bool:
        """Whether a name or alias of the subject has the word."""
        return self._words.holds(subject, [feature for feature, _ in token.worth])

    def has_word_of(self, subject: int, reading: QuestionReading) -> bool:
        return any(token.weight == 1 and self.is_called(subject, token) for token in reading.tokens)

    def lacks_marks(self, reading: QuestionReading, subject: int) -> bool:
        """Whether the question has a marker that neither a name nor an alias of the subject has."""
        return bool(self._marks.columns(reading.markers)[1][subject])

    def mentions(self, subject: int, token: QuestionToken) -> bool:
        """Whether the subject's body has the word: its documents, terms, fees, refusals, result."""
        return self._words.holds(len(self._guide) + subject, [feature for feature, _ in token.worth])

    def _best(self, of_texts: Sums) -> Sums:
        """The score of each subject's best text."""
        best: Sums = np.maximum.reduceat(of_texts, self._starts)
        return best

    @property
    def memory_bytes(self) -> int:
        parts = (self.runs, self._grams, self._words)
        return sum(part.memory_bytes for part in parts) + self._text_mass.nbytes


def weighed(evidence: Evidence) -> Scores:
    """One score per subject."""
    # A matrix product would start threads, which cost more than they save here.
    scores: Scores = (_WEIGHTS[:, np.newaxis] * evidence).sum(axis=0)
    return scores


def best_first(scores: Scores, most: int) -> list[int]:
    """Indices of up to `most` best-scoring subjects; ties in index order."""
    numbers: Iterable[int] = range(len(scores))
    if len(scores) > most:
        bar = np.partition(scores, -most)[-most]
        numbers = (scores >= bar).nonzero()[0].tolist()
    return sorted(numbers, key=lambda number: -scores[number])[:most]


def _read(wording: Wording, texts: Iterable[str]) -> list[Text]:
    return [wording.of(words(text)) for text in texts]


def _bodies(wording: Wording, subjects: Iterable[AnswerSubject]) -> list[set[str]]:
    """The features of each body; many bodies share lines."""
    of_line: dict[str, frozenset[str]] = {}
    bodies = []
    for subject in subjects:
        for line in subject.body:
            if line not in of_line:
                tokens = map(wording.alone, words(line))
                of_line[line] = frozenset(feature for one in tokens for feature in one.features)
        bodies.append(set().union(*(of_line[line] for line in subject.body)))
    return bodies


def _words(text: Iterable[TextWord]) -> list[str]:
    return [one.word for one in text]


def _features(texts: Iterable[Text]) -> set[str]:
    return {feature for text in texts for one in text for feature in one.features}


def _mass(one: TextWord, lexicon: Lexicon) -> float:
    return one.weight * max(map(lexicon.rarity, one.stems))


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
_COVERED_FROM: Final = 0.55
_STORY_FROM: Final = 0.6
_PIECE_LEAD: Final = 0.1
_PIECE_FROM: Final = 0.4
_STORIES: Final = ((16, 0.15, _STORY_FROM), (12, 0.1, CONFIDENT_FROM))  # words, lead, probability
_BEYOND_DOUBT: Final = 1.5  # of the lead: nothing else comes near
_COVERED_WHOLLY: Final = 0.9
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
        return signs.margin >= _BEYOND_DOUBT and signs.coverage >= _COVERED_WHOLLY
    if not signs.strange and signs.margin >= _FAR_AHEAD:
        return probability(signs) >= _SURE_FAR_AHEAD_FROM
    return signs.margin >= _CLEAR_LEAD and probability(signs) >= CONFIDENT_FROM


def is_told_clearly(signs: Signs, words: int) -> bool:
    """Whether a story of so many words is about the best subject, although much of it says nothing of it."""
    return any(
        words >= least and signs.margin >= lead and _in_story(signs) >= sure for least, lead, sure in _STORIES
    )


def may_be_sure(signs: Signs) -> bool:
    """Whether the best subject is shown if a piece of the story is sure of it by itself."""
    return signs.margin >= _PIECE_LEAD and _in_story(signs) >= _PIECE_FROM


def _in_story(signs: Signs) -> float:
    """The probability, whatever the story mentions in passing."""
    return probability(replace(signs, strange=0.0))


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
