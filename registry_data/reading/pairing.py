"""The tables of an act's two languages, set side by side: the same service, then the same items."""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from registry_data.reading.letters import fold

A = TypeVar("A")
B = TypeVar("B")

_FIGURE = re.compile(r"\d+(?:[.,]\d+)?")
_GAP = 0.36  # how alike two entries must be to be taken for the same one


def aligned_pairs(
    one: Sequence[A], other: Sequence[B], alike: Callable[[A, B], float], gap: float = _GAP
) -> list[tuple[A | None, B | None]]:
    """Both sequences in their order, each entry beside the one it is most alike to, or beside nothing."""
    score = [[0.0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for row in range(len(one) - 1, -1, -1):
        for column in range(len(other) - 1, -1, -1):
            both = alike(one[row], other[column]) - gap + score[row + 1][column + 1]
            score[row][column] = max(both, score[row + 1][column], score[row][column + 1])
    return _walk(one, other, score, lambda left, right: alike(left, right) - gap)


def _walk(
    one: Sequence[A], other: Sequence[B], score: list[list[float]], worth: Callable[[A, B], float]
) -> list[tuple[A | None, B | None]]:
    row = column = 0
    pairs: list[tuple[A | None, B | None]] = []
    while row < len(one) and column < len(other):
        both = worth(one[row], other[column]) + score[row + 1][column + 1]
        if both >= score[row][column] - 1e-9:
            pairs.append((one[row], other[column]))
            row, column = row + 1, column + 1
        elif score[row + 1][column] >= score[row][column + 1]:
            pairs.append((one[row], None))
            row += 1
        else:
            pairs.append((None, other[column]))
            column += 1
    pairs += [(left, None) for left in one[row:]]
    return pairs + [(None, right) for right in other[column:]]


def likeness(one: str, other: str) -> float:
    """How alike texts of two languages are, from 0 to 1: by their figures, Latin words and lengths."""
    left, right = _marks(one), _marks(other)
    length = min(len(one), len(other)) / max(len(one), len(other), 1)
    if not left and not right:
        return 0.3 + 0.5 * length
    shared = len(left & right) / len(left | right)
    return 0.65 * shared + 0.35 * length


def _marks(text: str) -> set[str]:
    folded = fold(text)
    return {*_FIGURE.findall(folded), *re.findall(r"[a-z]{3,}", folded)}
