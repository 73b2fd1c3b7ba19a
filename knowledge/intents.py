"""Finds what a message wants from the bot itself: a menu, a person, a complaint.

The same letters, stems, spelling and mending of mistakes as in the search for services.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from typing import Final, Generic, TypeVar

from rapidfuzz.distance import OSA

from kernel.language import Language
from knowledge.lexicon import Lexicon
from knowledge.stems import own_stem
from knowledge.typed_text import is_latin, layouts, shortened, skeleton, to_cyrillic, words
from registry_data.intents import Intent, IntentPhrases, PhraseGroup

_MENDED_FROM: Final = 6  # letters
_STORY_FROM: Final = 2  # words besides the phrase
_BESIDE: Final = frozenset({Intent.GREETING, Intent.THANKS})  # "hello, the menu please" wants the menu
_STRONG: Final = (PhraseGroup.WITHIN, PhraseGroup.UNLESS_ASKED)


MeaningT = TypeVar("MeaningT")
Keys = frozenset[str]  # what a word may be: itself, its stem ("~…"), its beginnings ("…*")

_LONG_ENOUGH: Final = 4  # letters of a stem or a beginning that is not ambiguous
_APART: Final = 2  # other words that may stand between those of a phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseMatch(Generic[MeaningT]):
    """`length` is the number of the phrase's words, found from the word `start` on, with `between` others
    among them; `exact` of them stand there in the phrase's own form: "want to file" is not "filed".
    """

    meaning: MeaningT
    start: int
    length: int
    exact: int
    between: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase(Generic[MeaningT]):
    words: tuple[str, ...]
    meaning: MeaningT
    is_kazakh: bool

    def parts(self) -> tuple[Keys, ...]:
        if not self.is_kazakh:
            return tuple(frozenset(_past(word) or {skeleton(word), *_stem_keys(word)}) for word in self.words)
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
                window = tokens[start : start + len(parts) + apart]
                if reached := _goes_on(parts, window):
                    exact = sum(map(_in_own_form, parts, repeat(frozenset().union(*window))))
                    yield PhraseMatch(
                        meaning=meaning,
                        start=start,
                        length=len(parts),
                        exact=exact,
                        between=reached - len(parts),
                    )

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


_PAST: Final = re.compile(r"(?P<verb>\w{2,}[аеиуыя])л[аио]?|(?P<english>\w{3,}ed)")


def _past(word: str) -> set[str]:
    """The forms of what somebody did; its stem is also that of what somebody is going to do."""
    found = _PAST.fullmatch(word)
    if found is None:
        return set()
    verb = found["verb"]
    return {skeleton(verb + ending) for ending in ("л", "ла", "ли", "ло")} if verb else {word}


def _stem_keys(word: str) -> Iterator[str]:
    stem = own_stem(word)
    if len(stem) >= _LONG_ENOUGH:
        yield f"~{stem}"


def _in_own_form(part: Keys, window: Keys) -> bool:
    return any(key in window for key in part if key[0] != "~" and key[-1] != "*")


def _goes_on(parts: Sequence[Keys], window: Sequence[Keys]) -> int:
    """How many words of the window the phrase takes if its first word begins it and the others follow in
    order; 0 if they do not.
    """
    if parts[0].isdisjoint(window[0]):
        return 0
    at = 0
    for part in parts[1:]:
        at = next((place for place in range(at + 1, len(window)) if part & window[place]), 0)
        if not at:
            return 0
    return at + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundIntent:
    """`yields`: a card that answers the message goes first. `tells_more`: the message has a story of its own
    besides the phrase.
    """

    intent: Intent
    yields: bool = False
    tells_more: bool = False


class IntentFinder:
    def __init__(self, phrases: IntentPhrases, is_known: Callable[[str], bool] = lambda _: False) -> None:
        """`is_known`: whether a normalised word is spelled correctly, and so is no mistyped word of ours."""
        self._is_known = is_known
        self._fill = frozenset(skeleton(word) for one in phrases.fill.values() for word in one)
        self._asks = PhraseSet(
            Phrase(words=words(one), meaning=None, is_kazakh=language is Language.KK)
            for language, of_language in phrases.asks.items()
            for one in of_language
        )
        self._whole = PhraseSet(self._phrases(phrases, PhraseGroup.WHOLE, PhraseGroup.WITHIN))
        self._within = {
            group: PhraseSet(self._parts(phrases, group)) for group in (*_STRONG, PhraseGroup.UNLESS_CARD)
        }
        self._in_windows = {
            " ".join(words(phrase)): intent
            for intent in Intent
            for _, phrase in phrases.of(intent).of_group(PhraseGroup.IN_WINDOWS)
        }
        every = (self._whole, *self._within.values())
        self._vocabulary = Lexicon([{word for one in every for word in one.words}], [])
        self._keys_of = lru_cache(maxsize=20_000)(self._keys)

    def in_window(self, text: str) -> Intent | None:
        """The intent that acts even in a window that waits for text: only word for word."""
        return self._in_windows.get(" ".join(words(text)))

    def asks(self, text: str) -> bool:
        """Whether the text has a word or a mark of a question."""
        return "?" in text or self._asks_something(self._tokens(words(shortened(text))))

    def find(self, text: str) -> FoundIntent | None:
        """What `text` wants from the bot, or None if it is a question or a story."""
        typed = words(shortened(text))
        readings = [typed]
        if any(map(is_latin, typed)):
            readings.append(tuple(to_cyrillic(word) for word in typed))
        for read in (self._as_written, self._tokens):
            for reading in readings:
                if (whole := self._as_whole(read(reading))) is not None:
                    return FoundIntent(intent=whole)
        for reading in readings:
            if (found := self._as_part(self._tokens(reading))) is not None:
                return found
        return self._in_other_layout(text)

    def _phrases(self, phrases: IntentPhrases, *groups: PhraseGroup) -> Iterator[Phrase[Intent]]:
        for intent in Intent:
            for group in groups:
                for language, phrase in phrases.of(intent).of_group(group):
                    said = self._without_fill(words(phrase))
                    yield Phrase(words=said, meaning=intent, is_kazakh=language is Language.KK)

    def _parts(self, phrases: IntentPhrases, group: PhraseGroup) -> Iterator[Phrase[Intent]]:
        """The phrases that may be a part of a message: what fill leaves of one must still say enough."""
        for intent in Intent:
            for language, phrase in phrases.of(intent).of_group(group):
                typed = words(phrase)
                said = self._without_fill(typed)
                if len(said) > 1 or len(typed) == 1:
                    yield Phrase(words=said, meaning=intent, is_kazakh=language is Language.KK)

    def _without_fill(self, phrase: Sequence[str]) -> tuple[str, ...]:
        left = tuple(word for word in phrase if skeleton(word) not in self._fill)
        return left or tuple(phrase)

    def _as_written(self, reading: Sequence[str]) -> list[Keys]:
        """Forms tell "I understand nothing" from "you understand nothing"."""
        return [frozenset({skeleton(word)}) for word in self._without_fill(reading)]

    def _tokens(self, reading: Sequence[str]) -> list[Keys]:
        return [self._keys_of(word) for word in self._without_fill(reading)]

    def _keys(self, word: str) -> Keys:
        """What the word may be: itself, or a word of ours with a mistake in it."""
        bare = skeleton(word)
        if len(word) < _MENDED_FROM or bare in self._vocabulary or self._is_known(word):
            return keys_of(word)
        near = (
            one for one, _ in self._vocabulary.mended(word) if OSA.distance(one, bare, score_cutoff=1) <= 1
        )
        return keys_of(word).union(*map(keys_of, near))

    def _as_whole(self, tokens: Sequence[Keys]) -> Intent | None:
        """The intent whose phrases, with greetings and thanks, are all that the message says."""
        matches = list(self._whole.runs(tokens))
        said = {match.meaning for match in matches}
        for intent in sorted(said, key=lambda one: (one in _BESIDE, one is Intent.GREETING)):
            beside = _BESIDE | {intent}
            if _covers(len(tokens), [match for match in matches if match.meaning in beside]):
                return intent
        return None

    def _as_part(self, tokens: Sequence[Keys]) -> FoundIntent | None:
        found = list(self._within[PhraseGroup.WITHIN].near(tokens))
        if not self._asks_something(tokens):
            found += self._within[PhraseGroup.UNLESS_ASKED].runs(tokens)
        if found:
            best = max(found, key=_weight)
            more = len(tokens) - best.length >= _STORY_FROM
            return FoundIntent(intent=best.meaning, tells_more=more)
        weak = list(self._within[PhraseGroup.UNLESS_CARD].runs(tokens))
        return FoundIntent(intent=max(weak, key=_weight).meaning, yields=True) if weak else None

    def _asks_something(self, tokens: Sequence[Keys]) -> bool:
        return next(iter(self._asks.runs(tokens)), None) is not None

    def _in_other_layout(self, text: str) -> FoundIntent | None:
        for other in layouts(text):
            tokens = self._as_written(tuple(other.split()))
            if tokens and (whole := self._as_whole(tokens)) is not None:
                return FoundIntent(intent=whole)
        return None


def _weight(match: PhraseMatch[Intent]) -> tuple[bool, int, int, int, int]:
    """An emergency goes before everything; then the phrase that says most, then the one whose words stand
    closer together, then the one that is more exactly said, then the earlier one.
    """
    return match.meaning is Intent.EMERGENCY, match.length, -match.between, match.exact, -match.start


def _covers(length: int, matches: Iterable[PhraseMatch[Intent]]) -> bool:
    reached = {0}
    for match in sorted(matches, key=lambda one: one.start):
        if match.start in reached:
            reached.add(match.start + match.length)
    return length > 0 and length in reached
