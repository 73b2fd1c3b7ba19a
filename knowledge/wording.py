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


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One word: `weight` is how much it counts, 1 or less; a meaning of several words stands at its first.

    The last three say what it may be or begin: a meaning of several words, a mark, what no subject answers.
    """

    word: str
    stems: tuple[str, ...]
    meanings: tuple[str, ...]
    features: tuple[str, ...]
    weight: float
    opens_phrase: bool
    may_mark: bool
    may_be_outside: bool


class Wording:
    def __init__(self, synonyms: Synonyms) -> None:
        self._meanings = Concepts(synonyms.alike)
        self._noise = Concepts(synonyms.noise)
        self._markers = Concepts(synonyms.markers)
        self._outside = Concepts(synonyms.outside)
        self._alone: dict[str, Said] = {}
        self.features = lru_cache(maxsize=_TEXTS_REMEMBERED)(self._features)

    def of(self, words: Sequence[str]) -> tuple[Said, ...]:
        """Normalised words in the script of their language, each with what it may mean."""
        said = [self._alone.get(word) or self.alone(word) for word in words]
        if any(one.opens_phrase for one in said):
            self._hear_phrases(said)
        return tuple(said)

    def _features(self, text: str) -> frozenset[str]:
        """The stems and meanings of a card's text, of its words that say something."""
        return frozenset(
            feature for one in self.of(words(text)) if one.weight == 1 for feature in one.features
        )

    def alone(self, word: str) -> Said:
        """A word without its neighbours."""
        known = self._alone.get(word)
        if known is None:
            roots = tuple(dict.fromkeys((*stems(word), skeleton(word))))
            noisy = self._says_little(word, roots)
            said = () if noisy else self._meanings.of_word(roots)
            meanings = tuple(sorted(MEANING + name for name in said))
            known = Said(
                word=word,
                stems=roots,
                meanings=meanings,
                features=roots + meanings,
                weight=_NOISE_WEIGHT if noisy else 1.0,
                opens_phrase=any(lists.opens_phrase(roots) for lists in (self._meanings, self._noise)),
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

    def _hear_phrases(self, said: list[Said]) -> None:
        roots = [one.stems for one in said]
        for at, _, name in self._meanings.found_phrases(roots):
            meaning = MEANING + name
            meanings, features = (*said[at].meanings, meaning), (*said[at].features, meaning)
            said[at] = replace(said[at], meanings=meanings, features=features)
        for at, length, _ in self._noise.found_phrases(roots):
            for one in range(at, at + length):
                said[one] = replace(said[one], weight=_NOISE_WEIGHT)

    def markers(self, said: Sequence[Said]) -> frozenset[str]:
        """The marks that tell near subjects apart."""
        if not any(one.may_mark for one in said):
            return frozenset()
        return frozenset(name for _, _, name in self._markers.found([one.stems for one in said]))

    def outside(self, said: Sequence[Said]) -> tuple[tuple[str, ...], ...]:
        """The stems of each word that names what no subject answers; where several words name it together,
        that name: a subject that has only one of the words does not answer it.
        """
        if not any(one.may_be_outside for one in said):
            return ()
        named: dict[int, tuple[str, ...]] = {}
        for at, length, name in self._outside.found([one.stems for one in said]):
            if length > 1:
                named[at] = (OUTSIDE + name,)
            elif said[at].weight == 1:
                named.setdefault(at, said[at].stems)
        return tuple(named[at] for at in sorted(named))

    def names_outside(self, texts: Iterable[Sequence[Said]]) -> set[str]:
        """The names of several words in a subject's own texts: what it answers though others do not."""
        said = ([one.stems for one in text] for text in texts)
        return {OUTSIDE + name for text in said for _, _, name in self._outside.found_phrases(text)}


def _may_be(lists: Concepts, roots: tuple[str, ...]) -> bool:
    """Whether a word is, or begins, one of the names of `lists`."""
    return bool(lists.of_word(roots)) or lists.opens_phrase(roots)
