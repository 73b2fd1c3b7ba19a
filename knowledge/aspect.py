"""Which parts of a card a question asks for: papers, term, fee, place, refusal, progress and others."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from operator import contains
from typing import Final

from knowledge.cue_words import CueWords, Matches, parts_of
from knowledge.lexicon import Lexicon
from knowledge.typed_text import Weights
from knowledge.word_index import QuestionReading, QuestionToken
from registry_data.synonyms import AspectName, Cues, WordKind


class Aspect(StrEnum):
    HOW = "how"
    DOCUMENTS = "documents"
    TERM = "term"
    FEE = "fee"
    WHERE = "where"
    REFUSAL = "refusal"
    STATUS = "status"
    COMPLAINT = "complaint"
    AMOUNT = "amount"  # how much a person is paid
    AGE = "age"
    ELIGIBILITY = "eligibility"


_DEFAULT: Final = 0.4
_REFUSAL_AT_LEAST: Final = 0.75  # a story mentions the refusal first and asks what to do at the end
_EACH_MORE_WORD: Final = 0.1
_EACH_WORD_BETWEEN: Final = 0.06
_ASKED_FIRST: Final = 0.12
_A_QUESTION_FROM: Final = 1.0
_HOW_FROM: Final = 0.7
_MOST_PARTS: Final = 2
_AND: Final = frozenset(["и", "а", "еще", "ещё", "және", "әрі", "тағы", "ал", "плюс", "and", "also", "plus"])
_CHARGED: Final = "{charged}"  # the kind of words that say that the person pays
_CORRECTION: Final = "{correction}"  # the kind of words that take back what was said
_MONEY: Final = "{money}"
_PROGRESS: Final = "{progress}"
_OPEN: Final = frozenset(["{which}", "{what}", "{ne}", "{much}"])  # asks for something, not whether
_NOTHING: Final = (0.0, 0)
_CACHE_SIZE: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedParts:
    """`main`: the part a question asks for most; `every`: up to two, in the order of the text. `corrects`:
    whether it asks for no part by itself and begins by taking back what was said before.
    """

    main: Aspect
    every: tuple[Aspect, ...]
    corrects: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """A cue found in a text, in its words from `start` up to `end`; `first` to ask something."""

    worth: float
    start: int
    end: int
    aspect: Aspect
    first: bool

    def leads_to(self, spans: "Sequence[_Span]") -> bool:
        """Whether it is "how" only around what is asked: "ауыстыру үшін медсправка керек пе"."""
        within = [one for one in spans if self.start < one.start < self.end and one.aspect is not Aspect.HOW]
        asked = any(one.worth >= _A_QUESTION_FROM for one in within)
        return self.first and self.aspect is Aspect.HOW and asked


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cue:
    """A sequence of patterns and word kinds; if it contains a kind, other words may come in between."""

    parts: tuple[str, ...]
    aspect: Aspect
    worth: float
    between: int


class AspectDetector:
    """Detects aspects by cues: word prefixes and word kinds, each with an aspect and a strength."""

    def __init__(
        self,
        cues: Mapping[AspectName, Sequence[Cues]],
        kinds: Mapping[str, WordKind],
        known: Callable[[str], bool],
    ) -> None:
        """`known`: whether a normalised word is spelled correctly, and so is not a mistyped cue."""
        every = [
            _cue(parts_of(cue), Aspect(name), tier)
            for name, tiers in cues.items()
            for tier in tiers
            for cue in tier.cues
        ]
        self._cues: dict[str, list[_Cue]] = {}
        for cue in every:
            self._cues.setdefault(cue.parts[0], []).append(cue)
        self._words = CueWords([cue.parts for cue in every], kinds, known)
        self._first = frozenset(self._cues)
        self._furthest = max((cue.between for cue in every), default=0)
        self._begun = lru_cache(maxsize=_CACHE_SIZE)(self._beginning_with)

    def asked(self, tokens: Sequence[str], weights: Weights = ()) -> AskedParts:
        """What normalised words ask for; `weights` per word, all 1 if empty."""
        matches = [self._words.matches(word) for word in tokens]
        # Another keyboard layout may split words differently, so align from the end.
        unweighed = len(tokens) - len(weights)
        scores = {Aspect.HOW: _DEFAULT}
        spans: list[_Span] = []
        asked = False
        for at, beginnings in enumerate(matches):
            weight = weights[at - unweighed] if weights and at >= unweighed else 1.0
            best = self._best(matches, at, beginnings)
            first = weight == 1 and not asked and any(value >= _A_QUESTION_FROM for value, _ in best.values())
            for aspect, (value, end) in best.items():
                counts = max(weight, _REFUSAL_AT_LEAST) if aspect is Aspect.REFUSAL else weight
                worth = value * counts + (_ASKED_FIRST if first else 0.0)
                spans.append(_Span(worth=worth, start=at, end=end, aspect=aspect, first=first))
            asked = asked or first
        spans = [
            replace(one, worth=one.worth - _ASKED_FIRST) if one.leads_to(spans) else one for one in spans
        ]
        for one in spans:
            scores[one.aspect] = max(one.worth, scores.get(one.aspect, 0.0))
        main = max(scores, key=lambda aspect: (scores[aspect], aspect.value))
        corrects = bool(matches) and _CORRECTION in matches[0] and main is Aspect.HOW
        return AskedParts(main=main, every=_every(main, spans, tokens), corrects=corrects)

    def is_cue(self, word: str) -> bool:
        """Whether a normalised word is part of some cue."""
        return self._words.asks(word)

    def in_cue_phrases(self, words: Sequence[str]) -> frozenset[str]:
        """The words that ask for papers, money or a decision together: "какие справки", "ақшасы қанша"."""
        matches = [self._words.matches(word) for word in words]
        found: set[str] = set()
        for at, beginnings in enumerate(matches[:-1]):
            _, longer = self._begun(beginnings)
            for second in matches[at + 1] & longer.keys():
                for cue in longer[second]:
                    following = matches[at : at + len(cue.parts)]
                    decided = cue.aspect is Aspect.TERM and _PROGRESS in cue.parts
                    counts = cue.aspect is Aspect.DOCUMENTS or _MONEY in cue.parts or decided
                    together = counts and len(following) == len(cue.parts)
                    if together and all(map(contains, following, cue.parts)):
                        found.update(words[at : at + len(cue.parts)])
        return frozenset(found)

    def asks_whether(self, words: Sequence[str]) -> bool:
        """Whether the words ask for no thing and no number: "медсправка нужна"."""
        return all(self._words.matches(word).isdisjoint(_OPEN) for word in words)

    def is_told_what_is_paid(self, words: Sequence[str]) -> bool:
        """Whether the words say themselves that the person pays: "госпошлина", "бесплатно"."""
        return any(_CHARGED in self._words.matches(word) for word in words)

    def _best(
        self, matches: Sequence[Matches], at: int, beginnings: Matches
    ) -> dict[Aspect, tuple[float, int]]:
        """By aspect, the score of the best cue that begins at the word `at`, and where it ends."""
        alone, longer = self._begun(beginnings)
        best = {aspect: (worth, at + 1) for aspect, worth in alone.items()}
        if not longer:
            return best
        near = frozenset().union(*matches[at + 1 : at + 2 + self._furthest])
        for second in near & longer.keys():
            for cue in longer[second]:
                if cue.worth > best.get(cue.aspect, _NOTHING)[0]:
                    best[cue.aspect] = max(self._value(cue, matches, at), best.get(cue.aspect, _NOTHING))
        return best

    def _beginning_with(self, beginnings: Matches) -> tuple[dict[Aspect, float], dict[str, list[_Cue]]]:
        """Scores by aspect of the single-word cues, and the longer cues by their second part."""
        cues = [cue for one in beginnings & self._first for cue in self._cues[one]]
        alone: dict[Aspect, float] = {}
        for cue in cues:
            if len(cue.parts) == 1:
                alone[cue.aspect] = max(cue.worth, alone.get(cue.aspect, 0.0))
        longer: dict[str, list[_Cue]] = {}
        for cue in cues:
            if len(cue.parts) > 1:
                longer.setdefault(cue.parts[1], []).append(cue)
        return alone, longer

    def _value(self, cue: _Cue, matches: Sequence[Matches], at: int) -> tuple[float, int]:
        """The cue's score at this position, and where it ends; 0 if it does not match."""
        between = 0
        for part in cue.parts[1:]:
            at += 1
            while at < len(matches) and part not in matches[at]:
                if between == cue.between or matches[at] & self._words.firm:
                    return _NOTHING
                between, at = between + 1, at + 1
            if at >= len(matches):
                return _NOTHING
        return cue.worth - _EACH_WORD_BETWEEN * between, at + 1


def _every(main: Aspect, spans: Sequence[_Span], tokens: Sequence[str]) -> tuple[Aspect, ...]:
    """The parts that are asked for side by side, in the order of the text: cues that share no word.

    "How" is a part of its own only beside "and": "как узнать, сколько" asks one thing.
    """
    first = max((one for one in spans if one.aspect is main), key=lambda one: one.worth, default=None)
    if first is None:
        return (main,)
    taken = [first]
    for span in sorted(spans, key=lambda one: -one.worth):
        alone = all(span.end <= one.start or one.end <= span.start for one in taken)
        new = all(span.aspect is not one.aspect for one in taken)
        enough = _HOW_FROM if span.aspect is Aspect.HOW else _A_QUESTION_FROM
        if (
            len(taken) < _MOST_PARTS
            and alone
            and new
            and span.worth >= enough
            and _joined(span, taken, tokens)
        ):
            taken.append(span)
    return tuple(span.aspect for span in sorted(taken, key=lambda one: one.start))


def _joined(span: _Span, taken: Sequence[_Span], tokens: Sequence[str]) -> bool:
    """Whether two cues are two questions: neither asks "how", or "and" stands between them."""
    for one in taken:
        first, second = sorted((span, one), key=lambda either: either.start)
        if not _AND.isdisjoint(tokens[first.end : second.start + 1]):
            return True
    return Aspect.HOW not in {span.aspect, *(one.aspect for one in taken)}


def _cue(parts: tuple[str, ...], aspect: Aspect, tier: Cues) -> _Cue:
    loose = any(part.startswith("{") for part in parts)
    return _Cue(
        parts=parts,
        aspect=aspect,
        worth=tier.strength + _EACH_MORE_WORD * (len(parts) - 1),
        between=tier.apart if loose else 0,
    )


_LONGEST: Final = 8


def leans_on_last(reading: QuestionReading, aspects: AspectDetector, lexicon: Lexicon) -> bool:
    """True for a short question that asks for a part of a card and names no service."""
    if len(reading.words) > _LONGEST or reading.outside:
        return False
    asks = any(aspects.is_cue(token.word) for token in reading.tokens)
    return asks and not naming_tokens(reading, aspects, lexicon)


def naming_tokens(
    reading: QuestionReading, aspects: AspectDetector, lexicon: Lexicon
) -> tuple[QuestionToken, ...]:
    """The words that name something: neither stop words nor words that ask for a part, unless few services
    are called so.
    """
    asking = aspects.in_cue_phrases(reading.words)
    return tuple(
        token
        for token in reading.tokens
        if token.weight == 1
        and token.word not in asking
        and (not aspects.is_cue(token.word) or lexicon.names_a_service(token))
    )


def fitting_the_card(aspects: Sequence[Aspect], *, pays: bool, charged: bool) -> tuple[Aspect, ...]:
    """The sum that "how much" means: at a service that pays the amount, unless the question says that the
    person pays; at another one the fee, if the question says so.
    """
    if pays == charged:
        return tuple(aspects)
    meant = {Aspect.FEE: Aspect.AMOUNT} if pays else {Aspect.AMOUNT: Aspect.FEE}
    return tuple(meant.get(aspect, aspect) for aspect in aspects)
