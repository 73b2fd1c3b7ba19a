"""Evidence for each subject: a matrix with one row per channel, one column per subject."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.grams import GramIndex, Runs
from knowledge.letters import words
from knowledge.lexicon import Lexicon
from knowledge.marks import SubjectMarkers
from knowledge.subject import AnswerSubject
from knowledge.weights import CHANNEL_WEIGHTS
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
        self._starts = np.cumsum([0, *map(len, calling)])[:-1]
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
        touched = sums.nonzero()[0]
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

    def is_called(self, subject: int, token: QuestionToken) -> bool:
        """Whether a name or alias of the subject has the word."""
        return self._words.holds(subject, [feature for feature, _ in token.worth])

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
