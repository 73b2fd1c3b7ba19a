"""Short runs of letters: they meet where words differ by an ending, a typing mistake or a lost letter."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from knowledge.letters import KAZAKH_LETTERS, skeleton
from knowledge.postings import Ids, Postings, Scores

_SHORTEST: Final = 3
_LONGEST: Final = 5
# A run that so many texts hold is passed over; only very large registries have such.
_COMMON: Final = 20_000
_REMEMBERED: Final = 20_000
# Both parts of an entry are copied as one number, and lie beside each other in memory.
_ENTRY: Final = np.dtype([("holder", np.int32), ("weight", np.float32)])


class Runs:
    """Numbers for the runs of three to five letters of words, their edges marked by spaces.

    A word gives the runs of its skeleton; if it has Kazakh letters, its own runs as well, so that a word
    typed with them comes nearer to itself than one typed without.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._of_word: dict[str, array[int]] = {}
        self._of_unlearnt = lru_cache(maxsize=_REMEMBERED)(self._known_of_unlearnt)

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

    def weighed(self, words: Mapping[str, float]) -> tuple[Ids, Scores]:
        """The known runs of words, each once, and the greatest weight of a word that has it."""
        found: dict[int, float] = {}
        for word, weight in sorted(words.items(), key=lambda item: item[1]):
            found.update(dict.fromkeys(self._known(word), weight))
        size = len(found)
        return np.fromiter(found, np.int32, size), np.fromiter(found.values(), np.float32, size)

    def _known_of_unlearnt(self, word: str) -> "array[int]":
        return array("i", [number for run in _runs(word) if (number := self._numbers.get(run)) is not None])

    def _known(self, word: str) -> "array[int]":
        """The numbers of the word's known runs; a word of the documents has no others."""
        learnt = self._of_word.get(word)
        return self._of_unlearnt(word) if learnt is None else learnt

    def familiar(self, word: str) -> float:
        """The part of the word's runs that are known, 0 to 1."""
        runs = _runs(word)
        return sum(run in self._numbers for run in runs) / len(runs) if runs else 0.0

    @property
    def memory_bytes(self) -> int:
        return 110 * len(self._numbers) + sum(120 + 4 * len(runs) for runs in self._of_word.values())


class GramIndex:
    """Shelves of documents, each a bag of words; a score is the cosine of TF-IDF weights, 0 to 1.

    How rare a run is, each shelf knows for itself.
    """

    def __init__(self, shelves: Sequence[Sequence[Sequence[str]]], runs: Runs) -> None:
        numbers = [_joined(runs, document) for shelf in shelves for document in shelf]
        ends = np.cumsum([len(shelf) for shelf in shelves])
        self._shelves = [
            slice(int(end) - len(shelf), int(end)) for end, shelf in zip(ends, shelves, strict=True)
        ]
        self._postings = postings = Postings(numbers, len(runs), _COMMON)
        shelf_of = np.searchsorted(ends, postings.holder, side="right")
        self._rarity = np.stack(
            [
                _rarity(postings.feature[shelf_of == shelf], len(runs), len(documents))
                for shelf, documents in enumerate(shelves)
            ]
        )
        rarity = self._rarity[shelf_of, postings.feature]
        weights = (1 + np.log(postings.times)) * rarity
        lengths = np.sqrt(np.bincount(postings.holder, weights=weights**2, minlength=postings.count))
        entries = np.empty(len(postings.holder), dtype=_ENTRY)
        entries["holder"] = postings.holder
        entries["weight"] = weights * rarity / lengths[postings.holder]
        self._entries = entries.view(np.int64)

    def scores(self, runs: Ids, worth: Scores) -> list[Scores]:
        """For each shelf the cosines of its documents with runs by number, each with its weight."""
        if not len(runs):
            return [np.zeros(one.stop - one.start, dtype=np.float32) for one in self._shelves]
        starts, ends, lengths = self._postings.spans(runs)
        entries = self._entries
        spans = [entries[start:end] for start, end in zip(starts, ends, strict=True)]
        met = np.concatenate(spans).view(_ENTRY)
        parts = met["weight"] * np.repeat(worth, lengths)
        totals = np.bincount(met["holder"], weights=parts, minlength=self._postings.count)
        long = np.sqrt(np.sum((worth * self._rarity[:, runs]) ** 2, axis=1))
        return [
            (totals[shelf] / length).astype(np.float32)
            for shelf, length in zip(self._shelves, long, strict=True)
        ]

    @property
    def memory_bytes(self) -> int:
        own: int = self._rarity.nbytes + self._entries.nbytes
        return self._postings.memory_bytes + own


def _rarity(of_shelf: Ids, runs: int, documents: int) -> Scores:
    """How rare each run is on a shelf, given the run of each of its entries."""
    held = np.bincount(of_shelf, minlength=runs).astype(np.float32)
    rarity: Scores = np.log((1 + documents) / (1 + held)) + 1
    return rarity


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
