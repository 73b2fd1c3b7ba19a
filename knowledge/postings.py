"""Which documents hold a feature and how much it weighs there: a sparse index in three flat arrays."""

from array import array
from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Sums = NDArray[np.float64]
Positions = NDArray[np.integer[Any]]
Ids = NDArray[np.int32]

NOBODY: Final = np.empty(0, dtype=np.int32)
NOTHING: Final = np.empty(0, dtype=np.float32)


def summed(holders: Sequence[Positions], earned: Sequence[Scores], count: int) -> Sums:
    """What each of `count` documents earns in all, where `holders` earn `earned`, part by part."""
    # Parts are kept in small types: they are made as wide as the sum asks while they are joined.
    positions, weights = np.concatenate(holders, dtype=np.intp), np.concatenate(earned, dtype=np.float64)
    return np.bincount(positions, weights=weights, minlength=count).astype(np.float64, copy=False)


class Postings:
    """Features by number; documents by number, from 0 in the order they were given.

    A feature that `common` documents or more hold is left out: it tells nothing and costs most.
    """

    def __init__(self, documents: Iterable[Sequence[int]], features: int, common: int) -> None:
        flat, lengths = array("i"), array("i")
        for document in documents:
            flat.extend(document)
            lengths.append(len(document))
        self.count = len(lengths)
        of_feature = np.frombuffer(flat, dtype=np.int32) if flat else NOBODY
        # One sort of pairs (feature, document) as single numbers is several times faster than an argsort.
        pairs = of_feature.astype(np.int64) * self.count
        pairs += np.repeat(np.arange(self.count, dtype=np.int64), lengths)
        pairs.sort()
        new = np.flatnonzero(np.diff(pairs, prepend=-1))
        self.times: Ids = np.diff(new, append=len(pairs)).astype(np.int32)
        self.feature, self.holder = (
            part.astype(np.int32) for part in np.divmod(pairs[new], max(1, self.count))
        )
        self.held: Ids = np.bincount(self.feature, minlength=features).astype(np.int32)
        self._start = np.concatenate([[0], np.cumsum(self.held)])
        self._end = np.where(self.held < common, self._start[1:], self._start[:-1])

    def holders(self, feature: int) -> Ids:
        """The documents that hold `feature`, ascending; none if it is common."""
        return self.holder[self._start[feature] : self._end[feature]]

    def spans(self, features: Ids) -> tuple[list[int], list[int], Ids]:
        """Where the entries of each of `features` begin and end in `holder` and in what goes beside it, and
        how many they are.
        """
        starts, ends = self._start[features], self._end[features]
        return starts.tolist(), ends.tolist(), ends - starts

    @property
    def memory_bytes(self) -> int:
        arrays = (self.times, self.feature, self.holder, self.held, self._start, self._end)
        return sum(one.nbytes for one in arrays)
