"""Find the services and guides that answer a question, and how certain the answer is."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from knowledge.aspect import Aspect, AspectDetector, leans_on_last
from knowledge.cases import CaseChoice, choose_cases
from knowledge.confidence import Signs, is_confident, is_near, signs_of
from knowledge.evidence import EvidenceIndex, best_first, weighed
from knowledge.language import LanguageDetector, QuestionLanguage
from knowledge.reader import QuestionReader
from knowledge.sentences import shortened, weights_of_words
from knowledge.subject import AnswerSubject, SubjectKind
from knowledge.word_index import Scores
from knowledge.wording import Wording
from registry_data.guide import Guide
from registry_data.schema import ServiceCard
from registry_data.synonyms import Synonyms, load_synonyms

_MOST: Final = 5
_FULL_SCORE: Final = 2.5
# Grounds for refusal and where to complain are covered by guides, whatever the service.
_ANSWERED_BY_GUIDES: Final = frozenset({Aspect.REFUSAL, Aspect.COMPLAINT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A candidate answer; `score` is 0 to 100."""

    slug: str
    kind: SubjectKind
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionReply:
    """The result of a search. `found` is best first and may be empty. `near`: worth offering although not
    `confident`. `unnamed`: the question asks for a part of a card but names no service. `words`: the
    question's own words as understood.
    """

    language: QuestionLanguage
    aspect: Aspect
    confident: bool
    near: bool
    follow_up: bool
    unnamed: bool
    found: tuple[Found, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _QuestionFacts:
    """What the question says by itself, before any search."""

    language: QuestionLanguage
    aspect: Aspect
    words: tuple[str, ...]


class Knowledge:
    """Cards and guides, searched by free text. `synonyms` default to the registry's."""

    def __init__(
        self, cards: Sequence[ServiceCard], *, guides: Sequence[Guide] = (), synonyms: Synonyms | None = None
    ) -> None:
        with _nothing_collected():
            lists = load_synonyms() if synonyms is None else synonyms
            self._wording = Wording(lists)
            self._languages = LanguageDetector(lists.languages)
            self._subjects = (*map(AnswerSubject.of_card, cards), *map(AnswerSubject.of_guide, guides))
            self._index = EvidenceIndex(self._subjects, self._wording)
            self._aspects = AspectDetector(lists.aspects, lists.kinds, self._index.lexicon.knows)
            self._reader = QuestionReader(self._index, self._wording, self._languages)
            self._numbers = {subject.slug: number for number, subject in enumerate(self._subjects)}

    def ask(self, question: str, *, about: str | None = None) -> QuestionReply:
        """Search for `question`; `about` is the slug of the card shown just before."""
        question = shortened(question)
        reading = self._reader.read(question)
        facts = _QuestionFacts(
            language=self._languages.language(reading.words),
            aspect=self._aspects.aspect(reading.words, weights_of_words(question)),
            words=reading.words,
        )
        if not self._subjects or not _says_something(reading.words):
            return _reply(facts, ())
        evidence = self._index.evidence(reading)
        scores = weighed(evidence)
        best = best_first(scores, _MOST)
        found = self._found(best, scores)
        leans = leans_on_last(reading, self._aspects)
        if about in self._numbers and leans:
            last_shown = self._subjects[self._numbers[about]]
            return _reply(facts, _first(last_shown, found))
        reply = _reply(facts, found, signs_of(self._index, reading, evidence, scores, best[:2]))
        unnamed = leans and not reply.confident and facts.aspect not in _ANSWERED_BY_GUIDES
        return replace(reply, unnamed=True, near=False) if unnamed else reply

    def cases(self, card: ServiceCard, question: str, aspect: Aspect = Aspect.HOW) -> CaseChoice:
        """The cases the question refers to, in the part `aspect` asks for; in all parts for HOW."""
        tokens = self._wording.of(self._reader.read(shortened(question)).words)
        return choose_cases(card, tokens, self._wording, aspect)

    def _found(self, best: Sequence[int], scores: Scores) -> tuple[Found, ...]:
        return tuple(
            _found(self._subjects[number], float(scores[number])) for number in best if scores[number] > 0
        )

    @property
    def memory_bytes(self) -> int:
        """Approximate memory used by the index, in bytes."""
        return self._index.memory_bytes


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Disable garbage collection, which would repeatedly traverse the objects being built."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _says_something(words: Sequence[str]) -> bool:
    """Whether any word has at least two letters: digits and single letters are no question."""
    return any(sum(sign.isalpha() for sign in word) > 1 for word in words)


def _found(subject: AnswerSubject, score: float) -> Found:
    return Found(slug=subject.slug, kind=subject.kind, score=round(min(100.0, 100 * score / _FULL_SCORE), 1))


def _first(subject: AnswerSubject, found: tuple[Found, ...]) -> tuple[Found, ...]:
    others = tuple(one for one in found if one.slug != subject.slug)
    return (_found(subject, _FULL_SCORE), *others)[:_MOST]


def _reply(facts: _QuestionFacts, found: tuple[Found, ...], signs: Signs | None = None) -> QuestionReply:
    """`signs` determine the confidence; without them nothing was found, or a follow-up is certain."""
    follow_up = bool(found) and signs is None
    return QuestionReply(
        language=facts.language,
        aspect=facts.aspect,
        words=facts.words,
        confident=follow_up or (bool(found) and signs is not None and is_confident(signs)),
        near=follow_up or (bool(found) and signs is not None and is_near(signs)),
        follow_up=follow_up,
        unnamed=False,
        found=found,
    )
