"""Phrases found among the words of a message.

A Russian or English phrase is found in any form of its words. Kazakh endings change who and what is meant
("шағым" is a complaint, "шағымым" mine), so a Kazakh phrase is found as it is written, but for the ending of
its last word, where the verb is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from knowledge.letters import skeleton
from knowledge.stems import own_stem

MeaningT = TypeVar("MeaningT")
Keys = frozenset[str]  # what a word may be: itself, its stem ("~…"), its beginnings ("…*")

_LONG_ENOUGH: Final = 4  # letters of a stem or a beginning that is not ambiguous
_APART: Final = 2  # other words that may stand between those of a phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseMatch(Generic[MeaningT]):
    """`length` is the number of the phrase's words, found from the word `start` on."""

    meaning: MeaningT
    start: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase(Generic[MeaningT]):
    words: tuple[str, ...]
    meaning: MeaningT
    is_kazakh: bool

    def parts(self) -> tuple[Keys, ...]:
        if not self.is_kazakh:
            return tuple(frozenset({skeleton(word), *_stem_keys(word)}) for word in self.words)
        *others, last = map(skeleton, self.words)
        beginning = {f"{last}*"} if len(last) >= _LONG_ENOUGH else set()
        return (*(frozenset({word}) for word in others), frozenset({last, *beginning}))


class PhraseSet(Generic[MeaningT]):
    """Phrases with their meanings, indexed by the words in them."""

    def __init__(self, phrases: Iterable[Phrase[MeaningT]]) -> None:
        self._phrases = [(phrase.parts(), phrase.meaning) for phrase in phrases]
        self._with: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, (parts, _) in enumerate(self._phrases):
            for place, part in enumerate(parts):
                for key in part:
                    self._with[key].append((number, place))

    @property
    def words(self) -> Iterator[str]:
        """Every word as it is written in a phrase."""
        return (key for key in self._with if key.isalpha())

    def runs(self, tokens: Sequence[Keys]) -> Iterator[PhraseMatch[MeaningT]]:
        """The phrases whose words follow one another in `tokens`."""
        return self._found(tokens, apart=0)

    def near(self, tokens: Sequence[Keys]) -> Iterator[PhraseMatch[MeaningT]]:
        """The phrases whose words stand in order and close together."""
        return self._found(tokens, apart=_APART)

    def _found(self, tokens: Sequence[Keys], apart: int) -> Iterator[PhraseMatch[MeaningT]]:
        for parts, meaning in self._candidates(tokens):
            for start in range(len(tokens) - len(parts) + 1):
                if _goes_on(parts, tokens[start : start + len(parts) + apart]):
                    yield PhraseMatch(meaning=meaning, start=start, length=len(parts))

    def _candidates(self, tokens: Sequence[Keys]) -> list[tuple[tuple[Keys, ...], MeaningT]]:
        """The phrases all of whose words occur somewhere."""
        found: dict[int, set[int]] = defaultdict(set)
        for key in frozenset().union(*tokens):
            for number, place in self._with.get(key, ()):
                found[number].add(place)
        return [
            self._phrases[number]
            for number, places in found.items()
            if len(places) == len(self._phrases[number][0])
        ]


def keys_of(word: str) -> Keys:
    """What a word of a message may be."""
    whole = skeleton(word)
    beginnings = (f"{whole[:size]}*" for size in range(_LONG_ENOUGH, len(whole) + 1))
    return frozenset({whole, *_stem_keys(word), *beginnings})


def _stem_keys(word: str) -> Iterator[str]:
    stem = own_stem(word)
    if len(stem) >= _LONG_ENOUGH:
        yield f"~{stem}"


def _goes_on(parts: Sequence[Keys], window: Sequence[Keys]) -> bool:
    """Whether the first word of the window begins the phrase, and the others follow in order."""
    if parts[0].isdisjoint(window[0]):
        return False
    at = 0
    for part in parts[1:]:
        at = next((place for place in range(at + 1, len(window)) if part & window[place]), 0)
        if not at:
            return False
    return True
