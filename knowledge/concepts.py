"""Find the meanings of the synonym lists in a text, in any inflected form."""

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Final

from knowledge.letters import skeleton, words
from knowledge.stems import stems
from registry_data.synonyms import OppositeLine, SynonymLine

_LONG_ENOUGH: Final = 4
_SHORTEST: Final = 2  # a one-letter skeleton is meaningless

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
        """The meanings of a word by itself."""
        return {name for stem in roots if stem in self._alone for name in self._alone[stem]}

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


def _keys(word: str) -> frozenset[str]:
    """What matches a list word: the word and those of its stems too long to be ambiguous."""
    whole = skeleton(word)
    return frozenset(one for one in (whole, *stems(word)) if len(one) >= _LONG_ENOUGH or one == whole)


def _goes_on(phrase: Phrase, text: Sequence[Stems], at: int) -> bool:
    """Whether a phrase whose first two words match at `at` matches completely."""
    if at + len(phrase) > len(text):
        return False
    for place in range(2, len(phrase)):  # noqa: SIM110  a generator costs more than all it would ask
        if phrase[place].isdisjoint(text[at + place]):
            return False
    return True
