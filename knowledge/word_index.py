"""How much of a question's words stands in each text, each word counted once whatever form of it was met."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

import numpy as np

from knowledge.postings import NOBODY, Ids, Postings, Scores
from knowledge.reading import Token

_COMMON: Final = 50_000


class WordIndex:
    """Texts as sets of features (stems and meanings)."""

    def __init__(self, texts: Sequence[Collection[str]]) -> None:
        numbers: dict[str, int] = {}
        documents = [[numbers.setdefault(feature, len(numbers)) for feature in text] for text in texts]
        self._numbers = numbers
        self._postings = Postings(documents, len(numbers), _COMMON)

    def scores(self, tokens: Iterable[Token]) -> Scores:
        """For each text the rarity of the question's words that it holds, in the units of rarity."""
        total = np.zeros(self._postings.count, dtype=np.float32)
        best = np.zeros(self._postings.count, dtype=np.float32)
        for token in tokens:
            met = [
                (self._postings.holders(number), worth)
                for feature, worth in token.worth
                if (number := self._numbers.get(feature)) is not None
            ]
            if len(met) == 1:
                total[met[0][0]] += met[0][1]
                continue
            for holders, worth in met:
                best[holders] = worth
            for holders, _ in met:
                total[holders] += best[holders]
                best[holders] = 0.0
        return total

    def holds(self, text: int, features: Iterable[str]) -> bool:
        """Whether the text with this number has one of the features."""
        return any(text in self._holders(feature) for feature in features)

    def _holders(self, feature: str) -> Ids:
        number = self._numbers.get(feature)
        return NOBODY if number is None else self._postings.holders(number)

    @property
    def memory_bytes(self) -> int:
        return self._postings.memory_bytes + 120 * len(self._numbers)
