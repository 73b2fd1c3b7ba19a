"""Which part of a card a question asks for: papers, term, fee, place, refusal, progress, complaint, or all
of it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final

from rapidfuzz.distance import OSA

from knowledge.letters import skeleton, words
from registry_data.synonyms import Asked, Cues


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
_EARLIER_SENTENCE: Final = 0.55
_EARLIER_REFUSAL: Final = 0.75  # a story tells the refusal first and asks what to do about it in the end
_EACH_MORE_WORD: Final = 0.1
_SENTENCES: Final = re.compile(r"(?<=[.?!…])\s+|\n+")
_WHOLE_WORD_UP_TO: Final = 3
_ANY_ENDING: Final = "*"
_FILED_BY: Final = 1
_MENDED_FROM: Final = 4
_MENDED_WITH_AN_ENDING_FROM: Final = 6
_REMEMBERED: Final = 20_000

Cue = tuple[tuple[str, ...], Aspect, float]


class AspectTeller:
    """Knows the cues: beginnings of words, each for an aspect with its strength."""

    def __init__(self, cues: Mapping[Asked, Sequence[Cues]], known: Callable[[str], bool]) -> None:
        """`known` tells whether a normalised word is spelt right: such a word is no mistyped cue."""
        self._known = known
        self._cues: dict[str, list[Cue]] = {}
        for name, tiers in cues.items():
            for tier in tiers:
                for cue in tier.cues:
                    self._add(_patterns(cue), Aspect(name), tier.strength)
        self._beginnings: dict[str, list[str]] = {}
        for pattern in sorted({word for cues in self._cues.values() for cue, _, _ in cues for word in cue}):
            self._beginnings.setdefault(pattern[:_FILED_BY], []).append(pattern)
        self._heard: dict[str, frozenset[str]] = {}

    def _add(self, cue: tuple[str, ...], aspect: Aspect, strength: float) -> None:
        worth = strength + _EACH_MORE_WORD * (len(cue) - 1)
        self._cues.setdefault(cue[0], []).append((cue, aspect, worth))

    def aspect(self, said: Sequence[str], last: int) -> Aspect:
        """The part that normalised words ask for; the last `last` words, its last sentence, count more."""
        heard = [self._beginnings_of(word) for word in said]
        scores = {Aspect.HOW: _DEFAULT}
        for at, beginnings in enumerate(heard):
            earlier = at < len(said) - last
            for cue, aspect, worth in self._beginning_with(beginnings):
                value = worth * _nearness(aspect) if earlier else worth
                if value > scores.get(aspect, 0.0) and _stands(cue, heard[at : at + len(cue)]):
                    scores[aspect] = value
        return max(scores, key=lambda aspect: (scores[aspect], aspect.value))

    def hears(self, word: str) -> bool:
        """Whether a normalised word belongs to some cue."""
        return bool(self._beginnings_of(word))

    def _beginning_with(self, beginnings: Iterable[str]) -> Iterator[Cue]:
        return (cue for beginning in beginnings for cue in self._cues.get(beginning, ()))

    def _beginnings_of(self, word: str) -> frozenset[str]:
        heard = self._heard.get(word)
        if heard is None:
            bare = skeleton(word)
            filed = self._beginnings.get(bare[:_FILED_BY], ())
            heard = frozenset(one for one in filed if _begins(bare, one))
            if not heard and not self._known(word):
                heard = frozenset(one for one in filed if _nearly_begins(bare, one))
            if len(self._heard) < _REMEMBERED:
                self._heard[word] = heard
        return heard


def words_of_last_sentence(text: str) -> int:
    """How many words the last sentence of `text` has."""
    sentences = [count for part in _SENTENCES.split(text) if (count := len(words(part)))]
    return sentences[-1] if sentences else 0


def _nearness(aspect: Aspect) -> float:
    return _EARLIER_REFUSAL if aspect is Aspect.REFUSAL else _EARLIER_SENTENCE


def _stands(cue: Sequence[str], heard: Sequence[frozenset[str]]) -> bool:
    return len(cue) == len(heard) and all(
        word in beginnings for word, beginnings in zip(cue, heard, strict=True)
    )


def _patterns(cue: str) -> tuple[str, ...]:
    """A word of up to three letters stands for itself where it begins a cue, or where it is shorter than
    three.
    """
    first, *others = map(skeleton, words(cue))
    return (_pattern(first, _WHOLE_WORD_UP_TO + 1), *(_pattern(word, _WHOLE_WORD_UP_TO) for word in others))


def _pattern(word: str, any_ending_from: int) -> str:
    return word + _ANY_ENDING if len(word) >= any_ending_from else word


def _begins(word: str, pattern: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith(_ANY_ENDING) else word == pattern


def _nearly_begins(word: str, pattern: str) -> bool:
    """With one typing mistake after the first letter; a short beginning has to be the whole word then."""
    beginning = pattern.rstrip(_ANY_ENDING)
    if len(beginning) < _MENDED_FROM:
        return False
    if len(beginning) < _MENDED_WITH_AN_ENDING_FROM:
        return OSA.distance(word, beginning, score_cutoff=1) <= 1
    lengths = (len(beginning), len(beginning) + 1)
    return any(OSA.distance(word[:length], beginning, score_cutoff=1) <= 1 for length in lengths)
