"""Which part of a card a question asks for: papers, term, fee, place, refusal, progress, complaint, or all
of it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from knowledge.cue_words import CueWords, Heard, parts_of
from knowledge.sentences import Weights
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
_REFUSAL_AT_LEAST: Final = 0.75  # a story tells the refusal first and asks what to do about it in the end
_EACH_MORE_WORD: Final = 0.1
_EACH_WORD_BETWEEN: Final = 0.06
_ASKED_FIRST: Final = 0.12
_A_QUESTION_FROM: Final = 1.0
_REMEMBERED: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cue:
    """Patterns and kinds of words, one after another; with a kind among them others may stand between."""

    parts: tuple[str, ...]
    aspect: Aspect
    worth: float
    between: int


class AspectDetector:
    """Knows the cues: beginnings of words and kinds of words, each for an aspect with its strength."""

    def __init__(
        self,
        cues: Mapping[AspectName, Sequence[Cues]],
        kinds: Mapping[str, WordKind],
        known: Callable[[str], bool],
    ) -> None:
        """`known` tells whether a normalised word is spelt right: such a word is no mistyped cue."""
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
        self._begun = lru_cache(maxsize=_REMEMBERED)(self._beginning_with)

    def aspect(self, said: Sequence[str], weights: Weights = ()) -> Aspect:
        """The part that normalised words ask for; `weights` is what each word counts, 1 where it is empty."""
        heard = [self._words.heard(word) for word in said]
        unweighed = len(said) - len(
            weights
        )  # a layout may part words otherwise: they are counted from the end
        scores = {Aspect.HOW: _DEFAULT}
        asked = False
        for at, beginnings in enumerate(heard):
            weight = weights[at - unweighed] if weights and at >= unweighed else 1.0
            best = self._best(heard, at, beginnings)
            first = weight == 1 and not asked and any(value >= _A_QUESTION_FROM for value in best.values())
            for aspect, value in best.items():
                counts = max(weight, _REFUSAL_AT_LEAST) if aspect is Aspect.REFUSAL else weight
                worth = value * counts + (_ASKED_FIRST if first else 0.0)
                scores[aspect] = max(worth, scores.get(aspect, 0.0))
            asked = asked or first
        return max(scores, key=lambda aspect: (scores[aspect], aspect.value))

    def hears(self, word: str) -> bool:
        """Whether a normalised word asks for a part of a card, or stands beside words that do."""
        return self._words.asks(word)

    def _best(self, heard: Sequence[Heard], at: int, beginnings: Heard) -> dict[Aspect, float]:
        """What the cues that begin with one word are worth, by aspect."""
        alone, longer = self._begun(beginnings)
        if not longer:
            return alone
        best = dict(alone)
        near = frozenset().union(*heard[at + 1 : at + 2 + self._furthest])
        for second in near & longer.keys():
            for cue in longer[second]:
                if cue.worth > best.get(cue.aspect, 0.0):
                    best[cue.aspect] = max(self._value(cue, heard, at), best.get(cue.aspect, 0.0))
        return best

    def _beginning_with(self, beginnings: Heard) -> tuple[dict[Aspect, float], dict[str, list[_Cue]]]:
        """What the cues of this one word are worth, by aspect, and the longer cues that it begins, by what
        comes second.
        """
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

    def _value(self, cue: _Cue, heard: Sequence[Heard], at: int) -> float:
        """What the cue is worth here; 0 if it does not stand here."""
        between = 0
        for part in cue.parts[1:]:
            at += 1
            while at < len(heard) and part not in heard[at]:
                if between == cue.between or heard[at] & self._words.firm:
                    return 0.0
                between, at = between + 1, at + 1
            if at >= len(heard):
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
