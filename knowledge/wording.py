"""What a text says, word by word: the stems each word may have, its meanings, and whether it says little."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from knowledge.concepts import Concepts
from knowledge.letters import skeleton, words
from knowledge.stems import stems
from registry_data.synonyms import Synonyms

MEANING: Final = "="
OUTSIDE: Final = "≈"
_NOISE_WEIGHT: Final = 0.2
_NOISE_STEM_FROM: Final = 4
_SHORTEST: Final = 2
_REMEMBERED: Final = 200_000
_TEXTS_REMEMBERED: Final = 10_000  # names and cases of cards


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TextWord:
    """One word: `weight` is how much it counts, 1 or less; a meaning of several words stands at its first.

    The last four say what it may begin or be: a meaning of several words, a phrase that says little, a mark,
    what no subject answers.
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


class Wording:
    def __init__(self, synonyms: Synonyms) -> None:
        self._meanings = Concepts(synonyms.alike)
        self._noise = Concepts(synonyms.noise)
        self._markers = Concepts(synonyms.markers)
        self._outside = Concepts(synonyms.outside)
        self._alone: dict[str, TextWord] = {}
        self._beside_others: dict[tuple[str, tuple[str, ...], float], TextWord] = {}
        self.features = lru_cache(maxsize=_TEXTS_REMEMBERED)(self._features)

    def of(self, words: Sequence[str]) -> tuple[TextWord, ...]:
        """Normalised words in the script of their language, each with what it may mean."""
        said = [self._alone.get(word) or self.alone(word) for word in words]
        if meanings := [at for at, one in enumerate(said) if one.opens_meaning]:
            self._hear_meanings(said, meanings)
        if noise := [at for at, one in enumerate(said) if one.opens_noise]:
            self._hear_noise(said, noise)
        return tuple(said)

    def _features(self, text: str) -> frozenset[str]:
        """The stems and meanings of a card's text, of its words that say something."""
        return frozenset(
            feature for one in self.of(words(text)) if one.weight == 1 for feature in one.features
        )

    def alone(self, word: str) -> TextWord:
        """A word without its neighbours."""
        known = self._alone.get(word)
        if known is None:
            roots = tuple(dict.fromkeys((*stems(word), skeleton(word))))
            noisy = self._says_little(word, roots)
            said = () if noisy else self._meanings.of_word(roots)
            meanings = tuple(sorted(MEANING + name for name in said))
            known = TextWord(
                word=word,
                stems=roots,
                meanings=meanings,
                features=roots + meanings,
                weight=_NOISE_WEIGHT if noisy else 1.0,
                opens_meaning=self._meanings.opens_phrase(roots),
                opens_noise=self._noise.opens_phrase(roots),
                may_mark=_may_be(self._markers, roots),
                may_be_outside=_may_be(self._outside, roots),
            )
            if len(self._alone) < _REMEMBERED:
                self._alone[word] = known
        return known

    def _says_little(self, word: str, roots: tuple[str, ...]) -> bool:
        """Whether it is one of the words that come with any question; a short stem may be another word's."""
        bare = skeleton(word)
        own = tuple(root for root in roots if root == bare or len(root) >= _NOISE_STEM_FROM)
        return len(bare) < _SHORTEST or bool(self._noise.of_word(own))

    def _hear_meanings(self, said: list[TextWord], places: Sequence[int]) -> None:
        for at, _, name in self._meanings.found_phrases([one.stems for one in said], places):
            said[at] = self._with(said[at], MEANING + name, said[at].weight)

    def _hear_noise(self, said: list[TextWord], places: Sequence[int]) -> None:
        for at, length, _ in self._noise.found_phrases([one.stems for one in said], places):
            for one in range(at, at + length):
                said[one] = self._with(said[one], None, _NOISE_WEIGHT)

    def _with(self, said: TextWord, meaning: str | None, weight: float) -> TextWord:
        """A word as its neighbours make it, always the same object."""
        new = () if meaning is None else (meaning,)
        key = said.word, said.meanings + new, weight
        known = self._beside_others.get(key)
        if known is None:
            known = replace(said, meanings=said.meanings + new, features=said.features + new, weight=weight)
            if len(self._beside_others) < _REMEMBERED:
                self._beside_others[key] = known
        return known

    def markers(self, said: Sequence[TextWord]) -> frozenset[str]:
        """The marks that tell near subjects apart."""
        places = [at for at, one in enumerate(said) if one.may_mark]
        if not places:
            return frozenset()
        return frozenset(name for _, _, name in self._markers.found([one.stems for one in said], places))

    def outside(self, said: Sequence[TextWord]) -> tuple[tuple[str, ...], ...]:
        """The stems of each word that names what no subject answers; where several words name it together,
        that name: a subject that has only one of the words does not answer it.
        """
        places = [at for at, one in enumerate(said) if one.may_be_outside]
        if not places:
            return ()
        named: dict[int, tuple[str, ...]] = {}
        for at, length, name in self._outside.found([one.stems for one in said], places):
            if length > 1:
                named[at] = (OUTSIDE + name,)
            elif said[at].weight == 1:
                named.setdefault(at, said[at].stems)
        return tuple(named[at] for at in sorted(named))

    def names_outside(self, texts: Iterable[Sequence[TextWord]]) -> set[str]:
        """The names of several words in a subject's own texts: what it answers though others do not."""
        found = set()
        for text in texts:
            if places := [at for at, one in enumerate(text) if one.may_be_outside]:
                said = [one.stems for one in text]
                found |= {OUTSIDE + name for _, _, name in self._outside.found_phrases(said, places)}
        return found


def _may_be(lists: Concepts, roots: tuple[str, ...]) -> bool:
    """Whether a word is, or begins, one of the names of `lists`."""
    return bool(lists.of_word(roots)) or lists.opens_phrase(roots)
