"""Short runs of letters: they meet where words differ by an ending, a typing mistake or a lost letter."""

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Final

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from knowledge.letters import KAZAKH_LETTERS, skeleton
from knowledge.postings import Positions, Postings, Scores, Sums, spread, summed

_SHORTEST: Final = 3
_LONGEST: Final = 5
# A run that so many texts hold is passed over; only very large registries have such.
_COMMON: Final = 20_000
_REMEMBERED: Final = 20_000
_REMEMBERED_UP_TO: Final = 60_000  # entries; what a word with more of them gives is not remembered
_KEPT_AT_ONCE_UP_TO: Final = 20_000  # documents in the index
_MET_ONCE_AT_MOST: Final = 20_000  # words
_KEPT_AT_MOST: Final = 8_000_000  # documents, in what is remembered of words: some 50 MB
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

    def _known_of_unlearnt(self, word: str) -> "tuple[array[int], float]":
        runs = _runs(word)
        known = array("i", [number for run in runs if (number := self._numbers.get(run)) is not None])
        return known, len(known) / len(runs) if runs else 0.0

    def known(self, word: str) -> "array[int]":
        """The numbers of the word's known runs; a word of the documents has no others."""
        learnt = self._of_word.get(word)
        return self._of_unlearnt(word)[0] if learnt is None else learnt

    def familiar(self, word: str) -> float:
        """The part of the word's runs that are known, 0 to 1."""
        return self._of_unlearnt(word)[1]

    @property
    def memory_bytes(self) -> int:
        return 110 * len(self._numbers) + sum(120 + 4 * len(runs) for runs in self._of_word.values())


# A word, and what it counts.
Weighed = tuple[str, float]


@dataclass(frozen=True, slots=True)
class _Word:
    """What a word with its weight gives: its runs, the sum of their squares on each shelf, the documents that
    hold them, and what each earns.
    """

    runs: frozenset[int]
    squares: tuple[float, ...]
    holders: Positions
    earned: Scores


class GramIndex:
    """Shelves of documents, each a bag of words; a score is the cosine of TF-IDF weights, 0 to 1.

    How rare a run is, each shelf knows for itself. What a word gives to each document is remembered.
    """

    def __init__(self, partitions: Sequence[Sequence[Sequence[str]]], runs: Runs) -> None:
        told = spread([document for partition in partitions for document in partition], runs.learn)
        sizes = [len(partition) for partition in partitions]
        ends = np.cumsum(sizes).tolist()
        self._runs = runs
        self._partitions = [slice(end - size, end) for end, size in zip(ends, sizes, strict=True)]
        self._postings = postings = Postings(*told, len(runs), _COMMON)
        begins = np.repeat(
            np.arange(len(partitions)) * len(runs), sizes
        )  # of a document's shelf in a flat table
        place = begins[postings.holder] + postings.feature
        self._rarity = _rarity(np.bincount(place, minlength=len(partitions) * len(runs)), sizes)
        rarity = self._rarity.ravel()[place]
        said_more = 1 + np.log(np.arange(1, 2 + postings.times.max(initial=0)))
        weights = said_more[postings.times - 1] * rarity
        lengths = np.sqrt(np.bincount(postings.holder, weights=weights**2, minlength=postings.count))
        entries = np.empty(len(postings.holder), dtype=_ENTRY)
        entries["holder"] = postings.holder
        entries["weight"] = weights * rarity / lengths[postings.holder]
        self._entries = entries.view(np.int64)
        self._words: LRUCache[Weighed, _Word] = LRUCache(
            _KEPT_AT_MOST, getsizeof=lambda word: len(word.holders)
        )
        self._met_once: set[Weighed] = set()
        self._short = np.min_scalar_type(postings.count)

    def scores(self, words: Mapping[str, float]) -> list[Sums]:
        """For each shelf the cosines of its documents with words, each with its weight.

        A run of several words counts once, with the greatest weight: it is taken off the lighter ones.
        """
        met: list[_Word] = []
        new: list[tuple[Weighed, frozenset[int]]] = []
        taken_off: list[tuple[int, float]] = []
        seen: set[int] = set()
        for one in sorted(words.items(), key=itemgetter(1), reverse=True):
            if word := self._words.get(one):
                met.append(word)
                runs = word.runs
            elif runs := frozenset(self._runs.known(one[0])):
                new.append((one, runs))
            if not seen.isdisjoint(runs):
                taken_off += [(run, one[1]) for run in seen & runs]
            seen |= runs
        if not seen:
            return [np.zeros(partition.stop - partition.start) for partition in self._partitions]
        if new or taken_off:
            met.append(self._learn(new, taken_off))
        return self._cosines(met)

    def _cosines(self, words: Sequence[_Word]) -> list[Sums]:
        holders, earned = [word.holders for word in words], [word.earned for word in words]
        totals = summed(holders, earned, self._postings.count)
        squares = map(sum, zip(*(word.squares for word in words), strict=True))
        return [
            totals[partition] / math.sqrt(of_partition)
            for partition, of_partition in zip(self._partitions, squares, strict=True)
        ]

    def _learn(
        self, words: Sequence[tuple[Weighed, frozenset[int]]], taken_off: Iterable[tuple[int, float]]
    ) -> _Word:
        """What words not met lately give all together, less what is taken off.

        All at once: to go word by word costs as much as all the rest of a question.
        """
        runs = array("i", [run for run, _ in taken_off])
        weights = array("f", [-weight for _, weight in taken_off])
        ends = [len(runs)]
        for (_, weight), of_word in words:
            runs.extend(of_word)
            weights.extend([weight] * len(of_word))
            ends.append(len(runs))
        numbers, worth = np.frombuffer(runs, dtype=np.int32), np.frombuffer(weights, dtype=np.float32)
        starts, stops, lengths = self._postings.spans(numbers)
        spans = [self._entries[start:stop] for start, stop in zip(starts, stops, strict=True)]
        entries = np.concatenate(spans).view(_ENTRY)
        holders, earned = entries["holder"], entries["weight"] * np.repeat(worth, lengths)
        squares = np.square(worth * self._rarity[:, numbers], dtype=np.float64)
        squares[:, : ends[0]] *= -1
        after = [0, *np.cumsum(lengths).tolist()]
        for (one, of_word), start, end in zip(words, ends, ends[1:], strict=False):
            part = slice(after[start], after[end])
            self._remember(one, of_word, squares[:, start:end], holders[part], earned[part])
        return _Word(frozenset(), _summed(squares), holders, earned)

    def _remember(
        self,
        one: Weighed,
        runs: frozenset[int],
        squares: NDArray[np.float64],
        holders: Positions,
        earned: Scores,
    ) -> None:
        """Keeps what a word gives; where that costs more, from the second time: many are met but once."""
        if len(holders) > _REMEMBERED_UP_TO:
            return
        if self._postings.count > _KEPT_AT_ONCE_UP_TO and one not in self._met_once:
            if len(self._met_once) >= _MET_ONCE_AT_MOST:
                self._met_once.clear()
            self._met_once.add(one)
            return
        self._met_once.discard(one)
        totals = np.bincount(holders, weights=earned, minlength=self._postings.count)
        touched = np.flatnonzero(totals > 0)
        short = touched.astype(self._short)
        self._words[one] = _Word(runs, _summed(squares), short, totals[touched].astype(np.float32))

    @property
    def memory_bytes(self) -> int:
        own: int = self._rarity.nbytes + self._entries.nbytes
        return (
            self._postings.memory_bytes
            + own
            + (4 + self._short.itemsize) * int(self._words.currsize)
            + 2_500 * len(self._words)
        )


def _summed(squares: NDArray[np.float64]) -> tuple[float, ...]:
    return tuple(squares.sum(axis=1).tolist())


def _rarity(held: NDArray[np.intp], sizes: Sequence[int]) -> Scores:
    """How rare each run is on each shelf, given how many documents of it hold the run, shelf after shelf."""
    documents = np.array(sizes)[:, np.newaxis]
    held_on = held.reshape(len(sizes), -1).astype(np.float32)
    return (np.log((1 + documents) / (1 + held_on)) + 1).astype(np.float32)


def _runs(word: str) -> list[str]:
    bare = skeleton(word)
    forms = (bare, word) if not KAZAKH_LETTERS.isdisjoint(word) else (bare,)
    return [run for form in forms for run in _of_form(f" {form} ")]


def _of_form(padded: str) -> list[str]:
    sizes = range(_SHORTEST, min(_LONGEST, len(padded)) + 1)
    return [padded[at : at + size] for size in sizes for at in range(len(padded) - size + 1)]
