"""The vocabulary of the cards and guides: rarity of words, and corrections of mistyped ones."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

from rapidfuzz.distance import OSA

from knowledge.stems import stems
from knowledge.typed_text import skeleton
from knowledge.word_index import QuestionToken

_SHORTEST_MENDED: Final = 4
_TWO_MISTAKES_FROM: Final = 8
_MENDED_WEIGHT: Final = {0: 1.0, 1: 0.8, 2: 0.6}
_MENDED_AT_MOST: Final = 4
_MEANING: Final = "="
_NOT_MANY: Final = 15


class Lexicon:
    """Built from the features (stems and meanings) of each subject's names, aliases and body."""

    def __init__(self, calling: Sequence[Iterable[str]], bodies: Sequence[Iterable[str]]) -> None:
        self._subjects = max(1, len(calling))
        self._held = Counter(chain.from_iterable(calling))
        self._held_in_body = Counter(chain.from_iterable(bodies))
        self._near: dict[str, list[str]] = {}
        for stem in filter(str.isalpha, self._held):
            if len(stem) >= _SHORTEST_MENDED:
                for key in _shortened(stem):
                    self._near.setdefault(key, []).append(stem)
        self.mended = lru_cache(maxsize=20_000)(self._mended)

    def __contains__(self, stem: str) -> bool:
        return stem in self._held or stem in self._held_in_body

    def rarity(self, feature: str) -> float:
        """The weight of a match of `feature`, in nats; 0.7 for one in every subject."""
        held = self._held.get(feature) or self._held_in_body.get(feature, 0)
        return math.log1p(self._subjects / (1 + held))

    @property
    def utmost_rarity(self) -> float:
        return math.log1p(self._subjects)

    def knows(self, word: str) -> bool:
        return any(stem in self for stem in stems(word))

    def names_a_service(self, token: QuestionToken) -> bool:
        """Whether the word has a meaning that not many subjects are called by."""
        return any(
            feature.startswith(_MEANING) and 0 < self._held[feature] <= _NOT_MANY
            for feature, _ in token.worth
        )

    def _mended(self, word: str) -> tuple[tuple[str, float], ...]:
        """Known stems `word` may be with one mistake, or two if it is long, each with its confidence."""
        found: dict[str, float] = {}
        for typed in dict.fromkeys((*stems(word), skeleton(word))):
            for stem, weight in self._stems_near(typed):
                found[stem] = max(weight, found.get(stem, 0.0))
        best = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        return tuple(best[:_MENDED_AT_MOST])

    def _stems_near(self, typed: str) -> Iterator[tuple[str, float]]:
        if len(typed) < _SHORTEST_MENDED:
            return
        allowed = 2 if len(typed) >= _TWO_MISTAKES_FROM else 1
        for stem in {stem for key in _shortened(typed) for stem in self._near.get(key, ())}:
            distance = OSA.distance(typed, stem, score_cutoff=allowed)
            if distance <= allowed:
                yield stem, _MENDED_WEIGHT[distance]


def _shortened(stem: str) -> set[str]:
    """The stem, and every variant with one letter deleted."""
    return {stem, *(stem[:at] + stem[at + 1 :] for at in range(len(stem)))}
