"""How much of a question's words each text contains, counting each word once in whatever form."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from knowledge.postings import NOBODY, Ids, Postings, Scores, Sums, spread, summed
from knowledge.reading import QuestionToken

_COMMON: Final = 50_000
_MAX_CACHED: Final = 2_000_000  # holders over all cached words

# The texts that score on a word, and how much.
Earning = tuple[Ids, Scores]


class WordIndex:
    """Texts as sets of features (stems and meanings)."""

    def __init__(self, texts: Sequence[Sequence[tuple[str, ...]]]) -> None:
        """Each text as the features of each of its words."""
        numbers: dict[str, int] = {}
        features = spread(texts, lambda word: [numbers.setdefault(one, len(numbers)) for one in word])
        self._numbers = numbers
        self._postings = Postings(*features, len(numbers), _COMMON)
        self._earning: dict[tuple[tuple[str, float], ...], Earning] = {}
        self._cached = 0

    def scores(self, tokens: Iterable[QuestionToken]) -> Sums:
        """For each text, the total rarity of the question's words it contains."""
        earning = [self._earning.get(token.worth) or self._cache(token) for token in tokens if token.worth]
        if not earning:
            return np.zeros(self._postings.count)
        holders, worth = zip(*earning, strict=True)
        return summed(holders, worth, self._postings.count)

    def _cache(self, token: QuestionToken) -> Earning:
        """The texts containing a feature of the word, each with the worth of its best one."""
        of_each = [self.holders(feature) for feature, _ in token.worth]
        holders = np.concatenate(of_each)
        worth = np.repeat(np.array([one for _, one in token.worth], np.float32), list(map(len, of_each)))
        if len(token.worth) > 1:  # assigned in ascending order, so the greatest worth wins
            holders, last = np.unique(holders[::-1], return_index=True)
            worth = worth[::-1][last]
        earning = holders, worth
        self._cached += len(holders)
        if self._cached > _MAX_CACHED:
            self._earning.clear()
            self._cached = len(holders)
        self._earning[token.worth] = earning
        return earning

    def holders(self, feature: str) -> Ids:
        """The numbers of the texts containing `feature`."""
        number = self._numbers.get(feature)
        return NOBODY if number is None else self._postings.holders(number)

    def holds(self, text: int, features: Iterable[str]) -> bool:
        """Whether the text with this number has one of the features."""
        return any(text in self.holders(feature) for feature in features)

    @property
    def memory_bytes(self) -> int:
        return self._postings.memory_bytes + 120 * len(self._numbers) + 8 * self._cached
