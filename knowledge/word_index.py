"""How much of a question's words each text contains, counting each word once in whatever form."""

from array import array
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionToken:
    """A word of the question. `worth`: what a text earns per matching feature. `mass`: the most the word
    could earn. Both in units of rarity.
    """

    word: str
    weight: float
    worth: tuple[tuple[str, float], ...]
    mass: float


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionReading:
    """`outside`: the stems of each word that names what no subject answers, or the name itself if it has
    several words. `sets_aside`: whether it names something only to set it aside for another thing.
    """

    words: tuple[str, ...]
    tokens: tuple[QuestionToken, ...]
    markers: frozenset[str]
    outside: tuple[tuple[str, ...], ...]
    sets_aside: bool = False

    @property
    def mass(self) -> float:
        """How much the question says in total; never 0."""
        return sum(token.mass for token in self.tokens) or 1.0


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
