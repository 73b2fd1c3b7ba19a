"""Character n-grams: they match across inflections, typing mistakes and lost letters."""

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

from knowledge.typed_text import KAZAKH_LETTERS, skeleton
from knowledge.word_index import Positions, Postings, Scores, Sums, spread, summed

_SHORTEST: Final = 3
_LONGEST: Final = 5
# An n-gram in this many texts is ignored: it tells little and costs most; only large registries have such.
_COMMON: Final = 2_500
_CACHE_SIZE: Final = 20_000
_MAX_CACHED_ENTRIES: Final = 60_000  # entries; words with more are not cached
_SUMMED_UP_TO: Final = 20_000  # documents in the index: in a larger one summing costs more than it saves
_MAX_CACHED: Final = 8_000_000  # entries over all cached words: about 50 MB
# Both fields are adjacent in memory, so an entry is copied as a single number.
_ENTRY: Final = np.dtype([("holder", np.int32), ("weight", np.float32)])


class Runs:
    """Numbers the n-grams of three to five letters of padded words.

    A word has the n-grams of its skeleton, plus its own if it has Kazakh letters: spelled correctly, it is
    then closer to itself than to its transliteration.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._of_word: dict[str, array[int]] = {}
        self._of_unknown = lru_cache(maxsize=_CACHE_SIZE)(self._known_in)

    def __len__(self) -> int:
        return len(self._numbers)

    def learn(self, word: str) -> "array[int]":
        """The numbers of the word's n-grams, assigning new ones."""
        known = self._of_word.get(word)
        if known is None:
            number = self._numbers
            known = array("i", [number.setdefault(run, len(number)) for run in _runs(word)])
            self._of_word[word] = known
        return known

    def _known_in(self, word: str) -> "tuple[array[int], float]":
        runs = _runs(word)
        known = array("i", [number for run in runs if (number := self._numbers.get(run)) is not None])
        return known, len(known) / len(runs) if runs else 0.0

    def known(self, word: str) -> "array[int]":
        """The numbers of the word's known n-grams; a word of the documents has no others."""
        learnt = self._of_word.get(word)
        return self._of_unknown(word)[0] if learnt is None else learnt

    def familiar(self, word: str) -> float:
        """The share of the word's n-grams that are known, 0 to 1."""
        return self._of_unknown(word)[1]

    @property
    def memory_bytes(self) -> int:
        return 110 * len(self._numbers) + sum(120 + 4 * len(runs) for runs in self._of_word.values())


# A word and its weight.
Weighed = tuple[str, float]


@dataclass(frozen=True, slots=True)
class _Word:
    """The contribution of a weighted word: its n-grams, the sum of their squares per partition, the documents
    containing them, perhaps more than once, and what each scores.
    """

    runs: frozenset[int]
    squares: tuple[float, ...]
    holders: Positions
    earned: Scores


class GramIndex:
    """Partitions of documents, each document a bag of words; scores are cosines of TF-IDF weights, 0 to 1.

    Each partition has its own document frequencies. Scores per word are cached.
    """

    def __init__(self, partitions: Sequence[Sequence[Sequence[str]]], runs: Runs) -> None:
        features = spread([document for partition in partitions for document in partition], runs.learn)
        sizes = [len(partition) for partition in partitions]
        ends = np.cumsum(sizes).tolist()
        self._runs = runs
        self._partitions = [slice(end - size, end) for end, size in zip(ends, sizes, strict=True)]
        self._postings = postings = Postings(*features, len(runs), _COMMON)
        # Offset of each document's partition in a flat table.
        begins = np.repeat(np.arange(len(partitions)) * len(runs), sizes)
        place = begins[postings.holder] + postings.feature
        self._rarity = _rarity(np.bincount(place, minlength=len(partitions) * len(runs)), sizes)
        rarity = self._rarity.ravel()[place]
        frequency = 1 + np.log(np.arange(1, 2 + postings.times.max(initial=0)))
        weights = frequency[postings.times - 1] * rarity
        lengths = np.sqrt(np.bincount(postings.holder, weights=weights**2, minlength=postings.count))
        entries = np.empty(len(postings.holder), dtype=_ENTRY)
        entries["holder"] = postings.holder
        entries["weight"] = weights * rarity / lengths[postings.holder]
        self._entries = entries.view(np.int64)
        self._words: LRUCache[Weighed, _Word] = LRUCache(
            _MAX_CACHED, getsizeof=lambda word: len(word.holders)
        )
        self._short = np.min_scalar_type(postings.count)

    def scores(self, words: Mapping[str, float]) -> list[Sums]:
        """For each partition, the cosines of its documents with weighted words.

        An n-gram shared by several words counts once, with its greatest weight.
        """
        parts: list[_Word] = []
        new: list[tuple[Weighed, frozenset[int]]] = []
        taken_off: list[tuple[int, float]] = []
        seen: set[int] = set()
        for one in sorted(words.items(), key=itemgetter(1), reverse=True):
            if word := self._words.get(one):
                parts.append(word)
                runs = word.runs
            elif runs := frozenset(self._runs.known(one[0])):
                new.append((one, runs))
            if not seen.isdisjoint(runs):
                taken_off += [(run, one[1]) for run in seen & runs]
            seen |= runs
        if not seen:
            return [np.zeros(partition.stop - partition.start) for partition in self._partitions]
        if new or taken_off:
            parts.append(self._learn(new, taken_off))
        return self._cosines(parts)

    def _cosines(self, words: Sequence[_Word]) -> list[Sums]:
        holders, earned = [word.holders for word in words], [word.earned for word in words]
        totals = summed(holders, earned, self._postings.count)
        squares = map(sum, zip(*(word.squares for word in words), strict=True))
        parts = [totals[partition] for partition in self._partitions]
        for part, of_partition in zip(parts, squares, strict=True):
            # In place: new memory costs more than the division.
            np.divide(part, math.sqrt(of_partition), out=part)
        return parts

    def _learn(
        self, words: Sequence[tuple[Weighed, frozenset[int]]], taken_off: Iterable[tuple[int, float]]
    ) -> _Word:
        """The joint contribution of uncached words, minus n-grams already counted.

        Vectorised: a loop over the words would double the time of a question.
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
            self._cache(one, of_word, squares[:, start:end], holders[part], earned[part])
        return _Word(frozenset(), _summed(squares), holders, earned)

    def _cache(
        self,
        one: Weighed,
        runs: frozenset[int],
        squares: NDArray[np.float64],
        holders: Positions,
        earned: Scores,
    ) -> None:
        """Cache a word's contribution, summed by document unless there are very many of these."""
        if len(holders) > _MAX_CACHED_ENTRIES:
            return
        if self._postings.count <= _SUMMED_UP_TO:
            totals = np.bincount(holders, weights=earned, minlength=self._postings.count)
            holders = (totals > 0).nonzero()[0]
            earned = totals[holders].astype(np.float32)
        self._words[one] = _Word(runs, _summed(squares), holders.astype(self._short), earned)

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
    """Inverse document frequency of each n-gram per partition, from document counts laid out by partition."""
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
