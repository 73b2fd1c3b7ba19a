"""Analyse a text word by word: possible stems, meanings, stop words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import itemgetter
from typing import Final

from knowledge.cue_words import any_of
from knowledge.stems import stems
from knowledge.typed_text import skeleton, words
from registry_data.synonyms import OppositeLine, Quantities, SynonymLine, Synonyms

MEANING: Final = "="
OUTSIDE: Final = "≈"
NOISE_WEIGHT: Final = 0.2
_NOISE_STEM_FROM: Final = 4
_SHORTEST: Final = 2
_CACHE_SIZE: Final = 200_000
_TEXT_CACHE_SIZE: Final = 10_000  # names and cases of cards


_LONG_ENOUGH: Final = 4
_SHORTEST_STEM: Final = 2  # a one-letter skeleton is meaningless
_AS_WRITTEN: Final = "."  # at the end of a list word: no other form of it
_FIRST: Final = itemgetter(0)

Stems = tuple[str, ...]
Phrase = tuple[frozenset[str], ...]


class Concepts:
    """Lists of synonyms; each list is one meaning, named by its first word."""

    def __init__(self, lines: Iterable[SynonymLine | OppositeLine]) -> None:
        self._alone: dict[str, set[str]] = {}
        self._phrases: dict[str, dict[str, list[tuple[int, Phrase, str]]]] = {}
        self._number = 0
        for line in lines:
            for phrase in line.words:
                roots = (lambda _: ()) if phrase.endswith(_AS_WRITTEN) else stems
                self._add(tuple(_keys(word, roots(word)) for word in words(phrase)), line.words[0])

    def _add(self, phrase: Phrase, name: str) -> None:
        for stem in phrase[0] if phrase else ():
            if len(stem) < _SHORTEST_STEM:
                continue
            if len(phrase) == 1:
                self._alone.setdefault(stem, set()).add(name)
            else:
                self._number += 1
                begun = self._phrases.setdefault(stem, {})
                for second in phrase[1]:
                    begun.setdefault(second, []).append((self._number, phrase, name))

    def of_word(self, roots: Stems) -> set[str]:
        """The meanings of a word by itself."""
        return {name for stem in roots if stem in self._alone for name in self._alone[stem]}

    def may_be(self, roots: Stems) -> bool:
        return bool(self.of_word(roots)) or self.opens_phrase(roots)

    def opens_phrase(self, roots: Stems) -> bool:
        """Whether a multi-word meaning begins with this word."""
        return any(stem in self._phrases for stem in roots)

    def found_phrases(
        self, text: Sequence[Stems], places: Iterable[int] | None = None
    ) -> Iterator[tuple[int, int, str]]:
        """Each multi-word meaning in a text given as stems per word: (first word, word count, name).
        `places`: indices of the possible first words, if known.
        """
        for at in range(len(text) - 1) if places is None else places:
            if at + 1 == len(text):
                continue
            for stem in text[at]:
                if begun := self._phrases.get(stem):
                    seconds = [begun[root] for root in text[at + 1] if root in begun]
                    for _, phrase, name in sorted({one for second in seconds for one in second}, key=_FIRST):
                        if _goes_on(phrase, text, at):
                            yield at, len(phrase), name

    def found(
        self, text: Sequence[Stems], places: Sequence[int] | None = None
    ) -> Iterator[tuple[int, int, str]]:
        """Each meaning, single- or multi-word; `places`: indices of words that may be or begin one."""
        for at in range(len(text)) if places is None else places:
            for name in self.of_word(text[at]):
                yield at, 1, name
        yield from self.found_phrases(text, places)


def _keys(word: str, roots: Stems) -> frozenset[str]:
    """What matches a list word: the word and those of its stems too long to be ambiguous."""
    whole = skeleton(word)
    return frozenset(one for one in (whole, *roots) if len(one) >= _LONG_ENOUGH or one == whole)


def _goes_on(phrase: Phrase, text: Sequence[Stems], at: int) -> bool:
    """Whether a phrase whose first two words match at `at` matches completely."""
    if at + len(phrase) > len(text):
        return False
    for place in range(2, len(phrase)):  # noqa: SIM110  a generator costs more than all it would ask
        if phrase[place].isdisjoint(text[at + place]):
            return False
    return True


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TextWord:
    """One word. `weight` is 1 or less; a multi-word meaning is attached to its first word.

    The next four fields: whether it may begin or be a multi-word meaning, a stop phrase, a marker, or
    something no subject answers. `tells_case`: a stop word that may choose a case.
    """

    word: str
    stems: tuple[str, ...]
    meanings: tuple[str, ...]
    features: tuple[str, ...]
    weight: float
    opens_meaning: bool
    opens_noise: bool
    may_mark: bool
    may_be_outside: bool
    tells_case: bool


class Wording:
    def __init__(self, synonyms: Synonyms) -> None:
        self._meanings = Concepts(synonyms.alike)
        self._noise = Concepts(synonyms.noise)
        self._markers = Concepts(synonyms.markers)
        self._outside = Concepts(synonyms.outside)
        self._of_cases = Concepts(line for line in synonyms.noise if line.tells_case)
        self._opposites = Concepts(synonyms.opposites)
        self._opposite_of = {line.words[0]: line.of for line in synonyms.opposites}
        self.papers = frozenset(MEANING + line.words[0] for line in synonyms.alike if line.paper)
        self.numbers = NumberReader(synonyms.quantities)
        self._alone: dict[str, TextWord] = {}
        self._beside_others: dict[tuple[str, tuple[str, ...], float], TextWord] = {}
        self.features = lru_cache(maxsize=_TEXT_CACHE_SIZE)(self._features)

    def of(self, words: Sequence[str]) -> tuple[TextWord, ...]:
        """Normalised words in their own script, each with its possible meanings."""
        tokens = [self._alone.get(word) or self.alone(word) for word in words]
        if meanings := [at for at, one in enumerate(tokens) if one.opens_meaning]:
            self._attach_meanings(tokens, meanings)
        if noise := [at for at, one in enumerate(tokens) if one.opens_noise]:
            self._mark_noise(tokens, noise)
        return tuple(tokens)

    def _features(self, text: str) -> frozenset[str]:
        """The stems and meanings of the significant words of a card's text."""
        return frozenset(
            feature for one in self.of(words(text)) if one.weight == 1 for feature in one.features
        )

    def alone(self, word: str) -> TextWord:
        """A word without its neighbours."""
        known = self._alone.get(word)
        if known is None:
            roots = tuple(dict.fromkeys((*stems(word), skeleton(word))))
            noisy = self._says_little(word, roots)
            tokens = () if noisy else self._meanings.of_word(roots)
            meanings = tuple(sorted(MEANING + name for name in tokens))
            known = TextWord(
                word=word,
                stems=roots,
                meanings=meanings,
                features=roots + meanings,
                weight=NOISE_WEIGHT if noisy else 1.0,
                opens_meaning=self._meanings.opens_phrase(roots),
                opens_noise=self._noise.opens_phrase(roots),
                may_mark=self._markers.may_be(roots),
                may_be_outside=self._outside.may_be(roots),
                tells_case=noisy and bool(self._of_cases.of_word(roots)),
            )
            if len(self._alone) < _CACHE_SIZE:
                self._alone[word] = known
        return known

    def _says_little(self, word: str, roots: tuple[str, ...]) -> bool:
        """Whether it is a stop word of questions; a short stem may belong to another word."""
        bare = skeleton(word)
        own = tuple(root for root in roots if root == bare or len(root) >= _NOISE_STEM_FROM)
        return len(bare) < _SHORTEST or bool(self._noise.of_word(own))

    def _attach_meanings(self, tokens: list[TextWord], places: Sequence[int]) -> None:
        for at, _, name in self._meanings.found_phrases([one.stems for one in tokens], places):
            tokens[at] = self._with(tokens[at], MEANING + name, tokens[at].weight)

    def _mark_noise(self, tokens: list[TextWord], places: Sequence[int]) -> None:
        for at, length, _ in self._noise.found_phrases([one.stems for one in tokens], places):
            for one in range(at, at + length):
                tokens[one] = self._with(tokens[one], None, NOISE_WEIGHT)

    def _with(self, token: TextWord, meaning: str | None, weight: float) -> TextWord:
        """The word as changed by its neighbours; cached, so equal words are the same object."""
        new = () if meaning is None else (meaning,)
        key = token.word, token.meanings + new, weight
        known = self._beside_others.get(key)
        if known is None:
            known = replace(
                token, meanings=token.meanings + new, features=token.features + new, weight=weight
            )
            if len(self._beside_others) < _CACHE_SIZE:
                self._beside_others[key] = known
        return known

    def markers(self, tokens: Sequence[TextWord]) -> frozenset[str]:
        """The markers that distinguish similar subjects."""
        places = [at for at, one in enumerate(tokens) if one.may_mark]
        if not places:
            return frozenset()
        return frozenset(name for _, _, name in self._markers.found([one.stems for one in tokens], places))

    def opposed(self, tokens: Sequence[TextWord]) -> frozenset[str]:
        """The features of what the words speak against."""
        found = self._opposites.found([one.stems for one in tokens])
        return frozenset(
            feature for _, _, name in found for feature in self.features(self._opposite_of[name])
        )

    def outside(self, tokens: Sequence[TextWord]) -> tuple[tuple[str, ...], ...]:
        """The stems of each word that names what no subject answers. If several words form the name, the
        whole name: a subject with only one of them does not answer it.
        """
        places = [at for at, one in enumerate(tokens) if one.may_be_outside]
        if not places:
            return ()
        named: dict[int, tuple[str, ...]] = {}
        for at, length, name in self._outside.found([one.stems for one in tokens], places):
            if length > 1:
                named[at] = (OUTSIDE + name,)
            elif tokens[at].weight == 1:
                named.setdefault(at, tokens[at].stems)
        return tuple(named[at] for at in sorted(named))

    def names_outside(self, texts: Iterable[Sequence[TextWord]]) -> set[str]:
        """Multi-word names in a subject's own texts: it answers these although others do not."""
        found = set()
        for text in texts:
            if places := [at for at, one in enumerate(text) if one.may_be_outside]:
                tokens = [one.stems for one in text]
                found |= {OUTSIDE + name for _, _, name in self._outside.found_phrases(tokens, places)}
        return found


_DIGITS: Final = re.compile(r"(\d{1,3})(\D*)$")
_YEARS_OLD: Final = "летн"  # пятилетний
_TEN: Final = 10
_OLDEST: Final = 120


class NumberReader:
    def __init__(self, lists: Quantities) -> None:
        self._numbers = {skeleton(word): int(one) for one, said in lists.numbers.items() for word in said}
        self._both = frozenset(map(skeleton, lists.both))
        self._again = [" ".join(map(skeleton, words(one))) for one in lists.again]
        self._spans = frozenset(map(skeleton, lists.spans))
        self._after, self._before = any_of(lists.aged), any_of(lists.aged_before)

    def ages(self, words: Sequence[str]) -> tuple[int, ...]:
        """How old somebody is: "5 лет", "ребёнку 3 года", "пятилетнему", "16 жаста", "older than 45"."""
        bare = [*map(skeleton, words)]
        said = []
        for at, word in enumerate(words):
            number = self._number(word, words[at - 1] if at else "")
            before, after = bare[max(0, at - 2) : at], bare[at + 1 : at + 3]
            is_span = not self._spans.isdisjoint([*before[-1:], *after[1:]])
            if number is None or number > _OLDEST or is_span or (after and after[0] in self._numbers):
                continue
            if _YEARS_OLD in bare[at] or any(map(self._before, before)) or any(map(self._after, after)):
                said.append(number)
        return tuple(said)

    def counts(self, tokens: Sequence[TextWord]) -> tuple[tuple[int, frozenset[str]], ...]:
        """The numbers, each with the features of the two words after it; "both" counts anything."""
        found: list[tuple[int, frozenset[str]]] = []
        for at, one in enumerate(tokens):
            if skeleton(one.word) in self._both:
                found.append((2, frozenset()))
            elif (number := self._number(one.word)) is not None:
                near = tokens[at + 1 : at + 3]
                found.append((number, frozenset(feature for word in near for feature in word.features)))
        return tuple(found)

    def again(self, words: Sequence[str]) -> bool:
        """Whether something is said to happen more than once: "опять потерял", "үшінші рет"."""
        return any(f" {one} " in f" {' '.join(map(skeleton, words))} " for one in self._again)

    def _number(self, word: str, before: str = "") -> int | None:
        """The number of "5", "61ге", "пять", "пятилетнему", and of "алты" after "он"."""
        if found := _DIGITS.match(word):
            return int(found[1])
        number = self._numbers.get(skeleton(word).partition(_YEARS_OLD)[0])
        tens = self._numbers.get(skeleton(before), 0)
        return number + tens if number and number < _TEN <= tens and tens % _TEN == 0 else number
