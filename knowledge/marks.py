"""Markers that distinguish similar subjects: "abroad", "legal entity", "duplicate"."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from knowledge.word_index import Scores
from knowledge.wording import TextWord, Wording

_CACHE_SIZE: Final = 200  # sets of markers

Texts = Sequence[Sequence[TextWord]]


class SubjectMarkers:
    """A subject's own markers are those in its names; those in its aliases are accepted too."""

    def __init__(self, names: Sequence[Texts], calling: Sequence[Texts], wording: Wording) -> None:
        own = [_marks(texts, wording) for texts in names]
        known = [_marks(texts, wording) for texts in calling]
        self._numbers = {name: number for number, name in enumerate(sorted(frozenset().union(*known)))}
        self._own = self._table(own)
        self._own_in_all: Scores = self._own.sum(axis=1)
        self._known = self._table(known)
        self.columns = lru_cache(maxsize=_CACHE_SIZE)(self._columns)

    def _columns(self, asked: frozenset[str]) -> tuple[Scores, Scores]:
        """For each subject: how many of its own markers the question lacks, and how many of the question's it
        lacks.
        """
        columns = [self._numbers[name] for name in asked if name in self._numbers]
        unasked: Scores = self._own_in_all - self._own[:, columns].sum(axis=1)
        missed: Scores = len(columns) - self._known[:, columns].sum(axis=1)
        return unasked, missed

    def _table(self, marks: Sequence[frozenset[str]]) -> Scores:
        table = np.zeros((len(marks), len(self._numbers)), dtype=np.float32)
        for row, names in enumerate(marks):
            table[row, [self._numbers[name] for name in names]] = 1
        return table


def _marks(texts: Texts, wording: Wording) -> frozenset[str]:
    return frozenset(mark for text in texts for mark in wording.markers(text))
