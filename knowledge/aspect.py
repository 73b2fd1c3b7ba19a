"""Which part of a card a question asks for: papers, term, fee, place, refusal, progress, complaint, or
everything.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from knowledge.cue_words import CueWords, Matches, parts_of
from knowledge.sentences import Weights
from knowledge.word_index import QuestionReading
from registry_data.synonyms import AspectName, Cues, WordKind


class Aspect(StrEnum):
    HOW = "how"
    DOCUMENTS = "documents"
    TERM = "term"
    FEE = "fee"
    WHERE = "where"
    REFUSAL = "refusal"
    STATUS = "status"
    COMPLAINT = "complaint"


_DEFAULT: Final = 0.4
_REFUSAL_AT_LEAST: Final = 0.75  # a story mentions the refusal first and asks what to do at the end
_EACH_MORE_WORD: Final = 0.1
_EACH_WORD_BETWEEN: Final = 0.06
_ASKED_FIRST: Final = 0.12
_A_QUESTION_FROM: Final = 1.0
_CACHE_SIZE: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cue:
    """A sequence of patterns and word kinds; if it contains a kind, other words may come in between."""

    parts: tuple[str, ...]
    aspect: Aspect
    worth: float
    between: int


class AspectDetector:
    """Detects aspects by cues: word prefixes and word kinds, each with an aspect and a strength."""

    def __init__(
        self,
        cues: Mapping[AspectName, Sequence[Cues]],
        kinds: Mapping[str, WordKind],
        known: Callable[[str], bool],
    ) -> None:
        """`known`: whether a normalised word is spelled correctly, and so is not a mistyped cue."""
        every = [
            _cue(parts_of(cue), Aspect(name), tier)
            for name, tiers in cues.items()
            for tier in tiers
            for cue in tier.cues
        ]
        self._cues: dict[str, list[_Cue]] = {}
        for cue in every:
            self._cues.setdefault(cue.parts[0], []).append(cue)
        self._words = CueWords([cue.parts for cue in every], kinds, known)
        self._first = frozenset(self._cues)
        self._furthest = max((cue.between for cue in every), default=0)
        self._begun = lru_cache(maxsize=_CACHE_SIZE)(self._beginning_with)

    def aspect(self, tokens: Sequence[str], weights: Weights = ()) -> Aspect:
        """The aspect that normalised words ask for; `weights` per word, all 1 if empty."""
        matches = [self._words.matches(word) for word in tokens]
        unweighed = len(tokens) - len(
            weights
        )  # another keyboard layout may split words differently, so align from the end
        scores = {Aspect.HOW: _DEFAULT}
        asked = False
        for at, beginnings in enumerate(matches):
            weight = weights[at - unweighed] if weights and at >= unweighed else 1.0
            best = self._best(matches, at, beginnings)
            first = weight == 1 and not asked and any(value >= _A_QUESTION_FROM for value in best.values())
            for aspect, value in best.items():
                counts = max(weight, _REFUSAL_AT_LEAST) if aspect is Aspect.REFUSAL else weight
                worth = value * counts + (_ASKED_FIRST if first else 0.0)
                scores[aspect] = max(worth, scores.get(aspect, 0.0))
            asked = asked or first
        return max(scores, key=lambda aspect: (scores[aspect], aspect.value))

    def is_cue(self, word: str) -> bool:
        """Whether a normalised word is part of some cue."""
        return self._words.asks(word)

    def _best(self, matches: Sequence[Matches], at: int, beginnings: Matches) -> dict[Aspect, float]:
        """Scores by aspect of the cues that begin at the word `at`."""
        alone, longer = self._begun(beginnings)
        if not longer:
            return alone
        best = dict(alone)
        near = frozenset().union(*matches[at + 1 : at + 2 + self._furthest])
        for second in near & longer.keys():
            for cue in longer[second]:
                if cue.worth > best.get(cue.aspect, 0.0):
                    best[cue.aspect] = max(self._value(cue, matches, at), best.get(cue.aspect, 0.0))
        return best

    def _beginning_with(self, beginnings: Matches) -> tuple[dict[Aspect, float], dict[str, list[_Cue]]]:
        """Scores by aspect of the single-word cues, and the longer cues by their second part."""
        cues = [cue for one in beginnings & self._first for cue in self._cues[one]]
        alone: dict[Aspect, float] = {}
        for cue in cues:
            if len(cue.parts) == 1:
                alone[cue.aspect] = max(cue.worth, alone.get(cue.aspect, 0.0))
        longer: dict[str, list[_Cue]] = {}
        for cue in cues:
            if len(cue.parts) > 1:
                longer.setdefault(cue.parts[1], []).append(cue)
        return alone, longer

    def _value(self, cue: _Cue, matches: Sequence[Matches], at: int) -> float:
        """The cue's score at this position; 0 if it does not match."""
        between = 0
        for part in cue.parts[1:]:
            at += 1
            while at < len(matches) and part not in matches[at]:
                if between == cue.between or matches[at] & self._words.firm:
                    return 0.0
                between, at = between + 1, at + 1
            if at >= len(matches):
                return 0.0
        return cue.worth - _EACH_WORD_BETWEEN * between


def _cue(parts: tuple[str, ...], aspect: Aspect, tier: Cues) -> _Cue:
    loose = any(part.startswith("{") for part in parts)
    return _Cue(
        parts=parts,
        aspect=aspect,
        worth=tier.strength + _EACH_MORE_WORD * (len(parts) - 1),
        between=tier.apart if loose else 0,
    )


_LONGEST: Final = 8


def leans_on_last(reading: QuestionReading, aspects: AspectDetector) -> bool:
    """True for a short question that asks for a part of a card and names no service.

    Stop words and the words that ask for the part do not name anything.
    """
    if len(reading.words) > _LONGEST or reading.outside:
        return False
    asks = [token.word for token in reading.tokens if aspects.is_cue(token.word)]
    names = [token.word for token in reading.tokens if token.weight == 1 and token.word not in asks]
    return bool(asks) and not names
