"""How much of a question's words stands in each text, each word counted once whatever form of it was met."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

import numpy as np

from knowledge.postings import NOBODY, Ids, Postings, Scores
from knowledge.reading import Token

_COMMON: Final = 50_000
_KEPT_AT_MOST: Final = 2_000_000  # holders, in what is remembered of words

# Texts that earn the same from a word, and how much; a word has one such group for each of its features.
Group = tuple[Ids, float]


class WordIndex:
    """Texts as sets of features (stems and meanings)."""

    def __init__(self, texts: Sequence[Collection[str]]) -> None:
        numbers: dict[str, int] = {}
        documents = [[numbers.setdefault(feature, len(numbers)) for feature in text] for text in texts]
        self._numbers = numbers
        self._postings = Postings(documents, len(numbers), _COMMON)
        self._groups: dict[tuple[tuple[str, float], ...], tuple[Group, ...]] = {}
        self._kept = 0

    def scores(self, tokens: Iterable[Token]) -> Scores:
        """For each text the rarity of the question's words that it holds, in the units of rarity."""
        groups = [group for token in tokens if token.worth for group in self._groups_of(token)]
        if not groups:
            return np.zeros(self._postings.count, dtype=np.float32)
        holders = np.concatenate([holders for holders, _ in groups])
        worth = np.repeat([worth for _, worth in groups], [len(holders) for holders, _ in groups])
        return np.bincount(holders, weights=worth, minlength=self._postings.count).astype(np.float32)

    def _groups_of(self, token: Token) -> tuple[Group, ...]:
        """The texts that hold a feature of the word, each in the group of its best one."""
        groups = self._groups.get(token.worth)
        if groups is None:
            groups = self._grouped(token)
            self._kept += sum(len(holders) for holders, _ in groups)
            if self._kept > _KEPT_AT_MOST:
                self._groups.clear()
                self._kept = sum(len(holders) for holders, _ in groups)
            self._groups[token.worth] = groups
        return groups

    def _grouped(self, token: Token) -> tuple[Group, ...]:
        met = [(holders, worth) for feature, worth in token.worth if len(holders := self.holders(feature))]
        if len(met) < 2:
            return tuple(met)
        seen = np.zeros(self._postings.count, dtype=np.bool_)
        groups = []
        for holders, worth in reversed(met):
            new = holders[~seen[holders]]
            seen[new] = True
            groups.append((new, worth))
        return tuple(groups)

    def holders(self, feature: str) -> Ids:
        """The numbers of the texts that hold `feature`."""
        number = self._numbers.get(feature)
        return NOBODY if number is None else self._postings.holders(number)

    def holds(self, text: int, features: Iterable[str]) -> bool:
        """Whether the text with this number has one of the features."""
        return any(text in self.holders(feature) for feature in features)

    @property
    def memory_bytes(self) -> int:
        return self._postings.memory_bytes + 120 * len(self._numbers) + 4 * self._kept
