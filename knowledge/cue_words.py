"""The words of cues: which patterns and kinds a word matches, typing mistakes included."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final

from rapidfuzz.distance import OSA

from knowledge.typed_text import skeleton, words
from registry_data.synonyms import WordKind

_WHOLE_WORD_UP_TO: Final = 3
_ANY_ENDING: Final = "*"
_WHOLE: Final = "."
_MENDED_FROM: Final = 4
_MENDED_WITH_AN_ENDING_FROM: Final = 6
_CACHE_SIZE: Final = 20_000

Matches = frozenset[str]


class CueWords:
    """A pattern is a word, or a prefix followed by a star; a kind is a list of patterns, written `{name}` in
    a cue.
    """

    def __init__(
        self, cues: Collection[Sequence[str]], kinds: Mapping[str, WordKind], known: Callable[[str], bool]
    ) -> None:
        """`known`: whether a normalised word is spelled correctly, and so is not a mistyped cue."""
        patterns = {part for cue in cues for part in cue if not part.startswith("{")}
        self._alone = frozenset(cue[0] for cue in cues if len(cue) == 1)
        self._known = known
        self._kinds: dict[str, set[str]] = {}
        self._endings: list[tuple[str, str]] = []
        for name, kind in kinds.items():
            self._add(in_braces(name), kind)
        self.firm = frozenset(in_braces(name) for name, kind in kinds.items() if kind.firm)
        self._things = frozenset(in_braces(name) for name, kind in kinds.items() if kind.things)
        self._patterns = frozenset(patterns)
        self._all = frozenset({*self._patterns, *self._kinds})
        self._longest = max(map(len, self._all), default=0)
        self._by_key: dict[str, set[str]] = {}
        for pattern in self._all:
            for key in _keys(pattern.rstrip(_ANY_ENDING)):
                self._by_key.setdefault(key, set()).add(pattern)
        self._cache: dict[str, Matches] = {}

    def _add(self, name: str, kind: WordKind) -> None:
        for word in kind.words:
            if word.startswith(_ANY_ENDING):
                self._endings.append((skeleton(word[1:]), name))
            else:
                self._kinds.setdefault(pattern_of(word), set()).add(name)

    def matches(self, word: str) -> Matches:
        """The patterns and kinds a normalised word matches."""
        found = self._cache.get(word)
        if found is None:
            found = self._match(word)
            if len(self._cache) < _CACHE_SIZE:
                self._cache[word] = found
        return found

    def asks(self, word: str) -> bool:
        """Whether a normalised word belongs to some cue. A thing that cues are about counts only if it is a
        cue by itself: "документы", but not "пособие".
        """
        found = self.matches(word)
        return bool(found) and (found.isdisjoint(self._things) or not found.isdisjoint(self._alone))

    def _match(self, word: str) -> Matches:
        bare = skeleton(word)
        matched = self._begun_with(bare)
        if not matched and len(bare) >= _MENDED_FROM and not self._known(word):
            alike = {one for key in _keys(bare) for one in self._by_key.get(key, ())}
            matched = frozenset(one for one in alike if _nearly_begins(bare, one))
        kinds = {name for pattern in matched for name in self._kinds.get(pattern, ())}
        kinds |= {name for ending, name in self._endings if bare.endswith(ending) and bare != ending}
        return frozenset((matched & self._patterns) | kinds)

    def _begun_with(self, bare: str) -> Matches:
        """The patterns that are prefixes of a skeleton, by lookup instead of trying all."""
        ends = range(1, min(len(bare), self._longest) + 1)
        return self._all.intersection([bare, *[bare[:end] + _ANY_ENDING for end in ends]])


def in_braces(name: str) -> str:
    return f"{{{name}}}"


def parts_of(cue: str) -> tuple[str, ...]:
    """The patterns and kinds of a cue. A word matches exactly if it has up to three letters and begins the
    cue, or has fewer than three.
    """
    first, *others = cue.split()
    return (
        *_part(first, _WHOLE_WORD_UP_TO + 1),
        *(part for one in others for part in _part(one, _WHOLE_WORD_UP_TO)),
    )


def pattern_of(word: str, any_ending_from: int = _WHOLE_WORD_UP_TO + 1) -> str:
    """What matches a list word: its prefix, if it is long enough or ends in a star, and does not end in a
    full stop.
    """
    bare = skeleton("".join(words(word)))
    if word.endswith(_WHOLE) or (bare.isascii() and len(bare) <= _WHOLE_WORD_UP_TO and bare == word):
        return bare
    return bare + _ANY_ENDING if word.endswith(_ANY_ENDING) or len(bare) >= any_ending_from else bare


def _part(word: str, any_ending_from: int) -> tuple[str, ...]:
    if word.startswith("{"):
        return (word,)
    if word.endswith((_WHOLE, _ANY_ENDING)):
        return (pattern_of(word),)
    return tuple(pattern_of(one, any_ending_from) for one in words(word))


def _keys(word: str) -> tuple[str, ...]:
    """Lookup keys: the first letter plus two of the next three; none for a short word. A single mistake after
    the first letter leaves one key intact.
    """
    if len(word) < _MENDED_FROM:
        return ()
    return (word[:3], word[:2] + word[3], word[0] + word[2:4])


def _nearly_begins(word: str, pattern: str) -> bool:
    """Prefix match with one typing mistake after the first letter; a short one must match the whole word."""
    beginning = pattern.rstrip(_ANY_ENDING)
    if min(len(beginning), len(word)) < _MENDED_FROM:
        return False
    if len(beginning) < _MENDED_WITH_AN_ENDING_FROM:
        return OSA.distance(word, beginning, score_cutoff=1) <= 1
    lengths = (len(beginning), len(beginning) + 1)
    return any(OSA.distance(word[:length], beginning, score_cutoff=1) <= 1 for length in lengths)


def any_of(listed: Iterable[str]) -> Callable[[str], object]:
    """Tells whether a skeleton is one of the words, or begins with one that ends in a star."""
    patterns = (skeleton(word.rstrip("*")) + ("" if word.endswith("*") else "$") for word in listed)
    return re.compile("|".join(patterns) or "(?!)").match
