"""The vocabulary of the cards and guides: rarity of words, mending of those mistyped or written by ear."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import Final

from rapidfuzz.distance import OSA

from knowledge.stems import root, stems
from knowledge.typed_text import KAZAKH_LETTERS, is_latin, skeleton
from knowledge.word_index import QuestionToken

_SHORTEST_MENDED: Final = 4
_TWO_MISTAKES_FROM: Final = 8
_MENDED_WEIGHT: Final = {0: 1.0, 1: 0.8, 2: 0.6}
_MENDED_AT_MOST: Final = 4
_MEANING: Final = "="
_NOT_MANY: Final = 15


class Lexicon:
    """Built from the features (stems and meanings) of each subject's names, aliases and body."""

    def __init__(self, calling: Sequence[Iterable[str]], bodies: Sequence[Iterable[str]]) -> None:
        self._subjects = max(1, len(calling))
        self._held = Counter(chain.from_iterable(calling))
        self._held_in_body = Counter(chain.from_iterable(bodies))
        self._near: dict[str, list[str]] = {}
        for stem in filter(str.isalpha, self._held):
            if len(stem) >= _SHORTEST_MENDED:
                for key in _shortened(stem):
                    self._near.setdefault(key, []).append(stem)
        self.mended = lru_cache(maxsize=20_000)(self._mended)

    def __contains__(self, stem: str) -> bool:
        return stem in self._held or stem in self._held_in_body

    def rarity(self, feature: str) -> float:
        """The weight of a match of `feature`, in nats; 0.7 for one in every subject."""
        held = self._held.get(feature) or self._held_in_body.get(feature, 0)
        return math.log1p(self._subjects / (1 + held))

    @property
    def utmost_rarity(self) -> float:
        return math.log1p(self._subjects)

    def knows(self, word: str) -> bool:
        return any(stem in self for stem in stems(word))

    def names_a_service(self, token: QuestionToken) -> bool:
        """Whether the word has a meaning that not many subjects are called by."""
        return any(
            feature.startswith(_MEANING) and 0 < self._held[feature] <= _NOT_MANY
            for feature, _ in token.worth
        )

    def _mended(self, word: str) -> tuple[tuple[str, float], ...]:
        """Known stems `word` may be with one mistake, or two if it is long, each with its confidence."""
        found: dict[str, float] = {}
        for typed in dict.fromkeys((*stems(word), skeleton(word))):
            for stem, weight in self._stems_near(typed):
                found[stem] = max(weight, found.get(stem, 0.0))
        best = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        return tuple(best[:_MENDED_AT_MOST])

    def _stems_near(self, typed: str) -> Iterator[tuple[str, float]]:
        if len(typed) < _SHORTEST_MENDED:
            return
        allowed = 2 if len(typed) >= _TWO_MISTAKES_FROM else 1
        for stem in {stem for key in _shortened(typed) for stem in self._near.get(key, ())}:
            distance = OSA.distance(typed, stem, score_cutoff=allowed)
            if distance <= allowed:
                yield stem, _MENDED_WEIGHT[distance]


def _shortened(stem: str) -> set[str]:
    """The stem, and every variant with one letter deleted."""
    return {stem, *(stem[:at] + stem[at + 1 :] for at in range(len(stem)))}


_SOUNDS_FROM: Final = 4  # letters: a shorter word sounds like too many
_ENGLISH_SOUNDS_FROM: Final = 3
_SAME_SOUND: Final = str.maketrans("оебвгдзж", "аипфктсш")
_BY_EAR: Final = frozenset(["ао", "ие", "зс", *map("".join, zip("пфктсш", "бвгдзж", strict=True))])
_VOICELESS: Final = frozenset(["", *"пфктсшхцч"])
_VOICED: Final = frozenset("бгджз")
_SILENT: Final = (("вств", "ств"), ("стн", "сн"), ("здн", "зн"), ("лнц", "нц"), ("чт", "шт"), ("чн", "шн"))
_ENDINGS: Final = (("тса", "ца"), ("тсиа", "ца"), ("дсиа", "ца"), ("его", "ево"), ("ого", "ово"))
_ENGLISH_SOUNDS: Final = (
    ("wh", "w"),
    ("ph", "f"),
    ("ce", "se"),
    ("ci", "si"),
    ("c", "k"),
    ("q", "k"),
    ("z", "s"),
)
_WITHOUT_VOWELS_FROM: Final = 6
_ENGLISH_VOWELS: Final = re.compile(r"(?<=.)[aeiouy]")
_DOUBLE: Final = re.compile(r"(.)\1+")


@lru_cache(maxsize=100_000)
def sound(bare: str) -> str:
    """How a skeleton sounds, the same for all ways to write it by ear; a long English word by consonants."""
    if is_latin(bare):
        for written, heard in _ENGLISH_SOUNDS:
            bare = bare.replace(written, heard)
        bare = _ENGLISH_VOWELS.sub("", bare) if len(bare) >= _WITHOUT_VOWELS_FROM else bare
        return _DOUBLE.sub(r"\1", bare)
    return _spoken(bare).translate(_SAME_SOUND)


@lru_cache(maxsize=100_000)
def _spoken(bare: str) -> str:
    """Without the letters that are not spoken; vowels and voice as they are written."""
    for written, heard in _SILENT:
        bare = bare.replace(written, heard)
    for written, heard in _ENDINGS:
        if bare.endswith(written):
            bare = bare.removesuffix(written) + heard
    return _DOUBLE.sub(r"\1", bare)


def _by_ear(typed: str, right: str) -> bool:
    """Whether a skeleton is how `right` is heard: "а" for an "о", "к" for a last "г", but not the reverse."""
    if is_latin(typed):
        return OSA.distance(typed, right) <= (1 if len(typed) < _TWO_MISTAKES_FROM else 2)
    followed = pairwise((*zip(_spoken(typed), _spoken(right), strict=True), ("", "")))
    return all(one == other or _is_heard(one, other, after) for (one, other), (after, _) in followed)


def _is_heard(typed: str, right: str, after: str) -> bool:
    """Whether a letter is heard as typed before the letter `after`, "" for the end of the word."""
    if typed + right not in _BY_EAR or (typed == "и" and not after):  # the ending may be meant
        return False
    if typed == "з":
        return after in _VOICED
    return typed in "аи" or after in _VOICELESS


class Ear:
    """Reads words written by ear ("удаставерение", "хачу") as the words they sound like."""

    def __init__(self, spelled: Iterable[str]) -> None:
        """`spelled`: normalised words, the commonest first. Kazakh ones are written as they sound."""
        self._words: dict[str, list[str]] = {}
        self._roots: dict[str, list[str]] = {}
        self._spelled: set[str] = set()
        for word in dict.fromkeys(spelled):
            bare, stem = skeleton(word), root(word)
            self._spelled |= {bare, _as_root(stem)}
            if KAZAKH_LETTERS.isdisjoint(word):
                self._words.setdefault(sound(bare), []).append(word)
                if len(stem) >= _SOUNDS_FROM and word.startswith(stem):
                    self._roots.setdefault(sound(skeleton(stem)), []).append(stem)
        self.heard = lru_cache(maxsize=20_000)(self._heard)

    def _heard(self, word: str) -> str:
        """`word`, or the word that it sounds like if none is written so."""
        bare, stem = skeleton(word), root(word)
        shortest = _ENGLISH_SOUNDS_FROM if is_latin(word) else _SOUNDS_FROM
        if len(bare) < shortest or not bare.isalpha() or bare in self._spelled:
            return word
        if not KAZAKH_LETTERS.isdisjoint(word):
            return word
        if (alike := self._alike(word, self._words)) is not None:
            return alike
        if len(stem) < _SOUNDS_FROM or _as_root(stem) in self._spelled or not word.startswith(stem):
            return word
        alike = self._alike(stem, self._roots)
        return word if alike is None else alike + word[len(stem) :]

    def _alike(self, typed: str, known: Mapping[str, Sequence[str]]) -> str | None:
        """The nearest of those that sound the same; the commonest of several."""
        bare = skeleton(typed)
        alike = [one for one in known.get(sound(bare), ()) if _by_ear(bare, skeleton(one))]
        return min(alike, key=lambda one: OSA.distance(typed, one), default=None)


def _as_root(stem: str) -> str:
    return f"{skeleton(stem)}-"
