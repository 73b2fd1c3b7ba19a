"""Short runs of letters: they meet where words differ by an ending, a typing mistake or a lost letter."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np

from knowledge.letters import KAZAKH_LETTERS, skeleton
from knowledge.postings import Postings, Scores

_SHORTEST: Final = 3
_LONGEST: Final = 5
# A run that so many texts hold is passed over; only very large registries have such.
_COMMON: Final = 20_000


class Runs:
    """Numbers for the runs of three to five letters of words, their edges marked by spaces.

    A word gives the runs of its skeleton; if it has Kazakh letters, its own runs as well, so that a word
    typed with them comes nearer to itself than one typed without.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._of_word: dict[str, array[int]] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def learn(self, word: str) -> "array[int]":
        """The numbers of the word's runs; new runs get new numbers."""
        known = self._of_word.get(word)
        if known is None:
            number = self._numbers
            known = array("i", [number.setdefault(run, len(number)) for run in _runs(word)])
            self._of_word[word] = known
        return known

    def weighed(self, words: Mapping[str, float]) -> dict[int, float]:
        """The known runs of words, each with the greatest weight of a word that has it."""
        found: dict[int, float] = {}
        for word, weight in words.items():
            for number in self._known(word):
                if weight > found.get(number, 0.0):
                    found[number] = weight
        return found

    def _known(self, word: str) -> Iterable[int]:
        """The numbers of the word's known runs; a word of the documents has no others."""
        learnt = self._of_word.get(word)
        if learnt is not None:
            return learnt
        return [number for run in _runs(word) if (number := self._numbers.get(run)) is not None]

    def familiar(self, word: str) -> float:
        """The part of the word's runs that are known, 0 to 1."""
        runs = _runs(word)
        return sum(run in self._numbers for run in runs) / len(runs) if runs else 0.0

    @property
    def memory_bytes(self) -> int:
        return 110 * len(self._numbers) + sum(120 + 4 * len(runs) for runs in self._of_word.values())


class GramIndex:
    """Documents as bags of words; a score is the cosine of TF-IDF weights, 0 to 1."""

    def __init__(self, documents: Iterable[Sequence[str]], runs: Runs) -> None:
        numbers = [_joined(runs, document) for document in documents]
        self._postings = Postings(numbers, len(runs), _COMMON)
        held = self._postings.held.astype(np.float32)
        self._rarity = np.log((1 + len(numbers)) / (1 + held)) + 1
        weights = (1 + np.log(self._postings.times)) * self._rarity[self._postings.feature]
        lengths = np.sqrt(np.bincount(self._postings.holder, weights=weights**2, minlength=len(numbers)))
        self._weights = (weights / lengths[self._postings.holder]).astype(np.float32)

    def scores(self, weighed: Mapping[int, float]) -> Scores:
        """The cosine with each document of runs by number, each with its weight."""
        if not weighed:
            return np.zeros(self._postings.count, dtype=np.float32)
        runs = np.fromiter(weighed, dtype=np.int64, count=len(weighed))
        worth = np.fromiter(weighed.values(), dtype=np.float32, count=len(weighed)) * self._rarity[runs]
        worth /= np.sqrt(np.sum(worth**2))
        places, lengths = self._postings.places(runs)
        parts = self._weights[places] * np.repeat(worth, lengths)
        holders = self._postings.holder[places]
        return np.bincount(holders, weights=parts, minlength=self._postings.count).astype(np.float32)

    @property
    def memory_bytes(self) -> int:
        own: int = self._rarity.nbytes + self._weights.nbytes
        return self._postings.memory_bytes + own


def _joined(runs: Runs, words: Iterable[str]) -> "array[int]":
    joined = array("i")
    for word in words:
        joined.extend(runs.learn(word))
    return joined


def _runs(word: str) -> list[str]:
    bare = skeleton(word)
    forms = (bare, word) if not KAZAKH_LETTERS.isdisjoint(word) else (bare,)
    return [run for form in forms for run in _of_form(f" {form} ")]


def _of_form(padded: str) -> list[str]:
    sizes = range(_SHORTEST, min(_LONGEST, len(padded)) + 1)
    return [padded[at : at + size] for size in sizes for at in range(len(padded) - size + 1)]
