"""A sparse index of features per document with weights, in three flat arrays."""

from array import array
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Part = TypeVar("Part", bound=Hashable)
Sums = NDArray[np.float64]
Positions = NDArray[np.integer[Any]]
Ids = NDArray[np.int32]

NOBODY: Final = np.empty(0, dtype=np.int32)
NOTHING: Final = np.empty(0, dtype=np.float32)


def summed(holders: Sequence[Positions], earned: Sequence[Scores], count: int) -> Sums:
    """The total score of each of `count` documents; `holders` score `earned`, part by part."""
    # Parts have small types and are widened while being concatenated.
    positions, weights = np.concatenate(holders, dtype=np.intp), np.concatenate(earned, dtype=np.float64)
    return np.bincount(positions, weights=weights, minlength=count).astype(np.float64, copy=False)


def spread(
    documents: Sequence[Sequence[Part]], features_of: Callable[[Part], Sequence[int]]
) -> tuple[Ids, Ids]:
    """The features of documents made of parts, concatenated, and the number per document.

    Documents share many parts, so the features of each part are computed once.
    """
    numbers: dict[Part, int] = {}
    numbered = array(
        "i", [numbers.setdefault(part, len(numbers)) for document in documents for part in document]
    )
    of_each = [features_of(part) for part in numbers]
    flat = array("i")
    for features in of_each:
        flat.extend(features)
    sizes = np.array([len(features) for features in of_each], dtype=np.int64)
    begin = np.cumsum(sizes) - sizes
    parts = np.array(numbered, dtype=np.intp)
    counts = sizes[parts]
    after = np.cumsum(counts)
    places = np.repeat(begin[parts] - after + counts, counts)
    places += np.arange(len(places))
    ends = np.concatenate([[0], after])[np.cumsum([0, *map(len, documents)])]
    return np.array(flat, dtype=np.int32)[places], np.diff(ends)


class Postings:
    """Features by number; documents by number, from 0 in the given order.

    A feature in `common` or more documents is left out: it is uninformative and expensive.
    """

    def __init__(self, flat: Ids, lengths: Ids, features: int, common: int) -> None:
        """`flat`: features of all documents, concatenated; `lengths`: how many each has."""
        self.count = len(lengths)
        # Sorting (feature, document) pairs as single numbers is several times faster than an argsort.
        pairs = flat.astype(np.min_scalar_type(max(1, features * self.count)))
        pairs *= pairs.dtype.type(self.count)
        pairs += np.repeat(np.arange(self.count, dtype=pairs.dtype), lengths)
        pairs.sort()
        new = np.flatnonzero(np.concatenate([[True], pairs[1:] != pairs[:-1]])[: len(pairs)])
        self.times: Ids = np.diff(new, append=len(pairs)).astype(np.int32)
        self.feature, self.holder = (
            part.astype(np.int32) for part in np.divmod(pairs[new], max(1, self.count))
        )
        self.held: Ids = np.bincount(self.feature, minlength=features).astype(np.int32)
        self._start = np.concatenate([[0], np.cumsum(self.held)])
        self._end = np.where(self.held < common, self._start[1:], self._start[:-1])

    def holders(self, feature: int) -> Ids:
        """The documents containing `feature`, ascending; none if it is common."""
        return self.holder[self._start[feature] : self._end[feature]]

    def spans(self, features: Ids) -> tuple[list[int], list[int], Ids]:
        """Start and end of each feature's entries in `holder` and its parallel arrays, and their number."""
        starts, ends = self._start[features], self._end[features]
        return starts.tolist(), ends.tolist(), ends - starts

    @property
    def memory_bytes(self) -> int:
        arrays = (self.times, self.feature, self.holder, self.held, self._start, self._end)
        return sum(one.nbytes for one in arrays)
