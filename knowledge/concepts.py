"""Which meanings of the synonym lists stand in a text, wherever and in whatever form of the word."""

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Final

from knowledge.letters import skeleton, words
from knowledge.stems import stems
from registry_data.synonyms import SynonymLine

_LONG_ENOUGH: Final = 4
_SHORTEST: Final = 2  # a skeleton of one letter is what is left of nothing in particular

_FIRST: Final = itemgetter(0)

Stems = tuple[str, ...]
Phrase = tuple[frozenset[str], ...]


class Concepts:
    """Lines of words, each line one meaning, named by its first word."""

    def __init__(self, lines: Iterable[SynonymLine]) -> None:
        self._alone: dict[str, set[str]] = {}
        self._phrases: dict[str, dict[str, list[tuple[int, Phrase, str]]]] = {}
        self._number = 0
        for line in lines:
            for phrase in line.words:
                self._add(tuple(map(_keys, words(phrase))), line.words[0])

    def _add(self, phrase: Phrase, name: str) -> None:
        for stem in phrase[0] if phrase else ():
            if len(stem) < _SHORTEST:
                continue
            if len(phrase) == 1:
                self._alone.setdefault(stem, set()).add(name)
            else:
                self._number += 1
                begun = self._phrases.setdefault(stem, {})
                for second in phrase[1]:
                    begun.setdefault(second, []).append((self._number, phrase, name))

    def of_word(self, roots: Stems) -> set[str]:
        """The meanings that a word has by itself."""
        return {name for stem in roots if stem in self._alone for name in self._alone[stem]}

    def opens_phrase(self, roots: Stems) -> bool:
        """Whether some meaning of several words begins with this one."""
        return any(stem in self._phrases for stem in roots)

    def found_phrases(
        self, said: Sequence[Stems], places: Iterable[int] | None = None
    ) -> Iterator[tuple[int, int, str]]:
        """Each meaning of several words in a text given as the stems of each word: first word, words in
        all, name. `places` are those of words that may begin one, where they are known.
        """
        for at in range(len(said) - 1) if places is None else places:
            if at + 1 == len(said):
                continue
            for stem in said[at]:
                if begun := self._phrases.get(stem):
                    seconds = [begun[root] for root in said[at + 1] if root in begun]
                    for _, phrase, name in sorted({one for second in seconds for one in second}, key=_FIRST):
                        if _goes_on(phrase, said, at):
                            yield at, len(phrase), name

    def found(
        self, said: Sequence[Stems], places: Sequence[int] | None = None
    ) -> Iterator[tuple[int, int, str]]:
        """Each meaning, of one word or several; `places` are those of words that may be or begin one."""
        for at in range(len(said)) if places is None else places:
            for name in self.of_word(said[at]):
                yield at, 1, name
        yield from self.found_phrases(said, places)


def _keys(word: str) -> frozenset[str]:
    """What a word of a list is met by: itself, and those of its stems that are long enough not to be other
    words'.
    """
    whole = skeleton(word)
    return frozenset(one for one in (whole, *stems(word)) if len(one) >= _LONG_ENOUGH or one == whole)


def _goes_on(phrase: Phrase, said: Sequence[Stems], at: int) -> bool:
    """Whether a phrase whose first two words stand at `at` stands there as a whole."""
    if at + len(phrase) > len(said):
        return False
    for place in range(2, len(phrase)):  # noqa: SIM110  a generator costs more than all it would ask
        if phrase[place].isdisjoint(said[at + place]):
            return False
    return True
