"""Find the services and guides that answer a question, and how certain the answer is."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import Final

from kernel.language import Language
from knowledge.aspect import (
    Aspect,
    AspectDetector,
    fitting_the_card,
    leans_on_last,
    naming_tokens,
)
from knowledge.cases import PARTS, CaseChoice, CaseReader, cases_of, choose_cases
from knowledge.evidence import (
    EvidenceIndex,
    best_first,
    calls_exactly,
    is_confident,
    is_near,
    is_told_clearly,
    may_be_sure,
    signs_of,
    weighed,
)
from knowledge.language import SPOKEN, LanguageDetector
from knowledge.reader import QuestionReader, ear_of
from knowledge.subject import (
    ANSWERED_BY_GUIDES,
    SHORT,
    STATED,
    AnswerSubject,
    Found,
    QuestionFacts,
    QuestionReply,
    Search,
    calling,
    held_by_guide,
    paying,
    reply_to,
)
from knowledge.typed_text import clauses, pieces, shortened, weights_of_words, words
from knowledge.word_index import QuestionReading, Scores
from knowledge.wording import Wording
from registry_data.guide import Guide
from registry_data.schema import ServiceCard
from registry_data.synonyms import Synonyms, load_synonyms

_MOST: Final = 5
_FULL_SCORE: Final = 2.5
_MOST_SERVICES: Final = 2
_NEAR_THE_BEST: Final = 0.6  # what a correction may still be about
_NEIGHBOURS: Final = 3  # of the last card that a message may mean
_NAMED: Final = 60  # of 100: what a message names without the last card
_A_FEW_WORDS: Final = 12  # of a message that may mean a neighbour of the last card
_SEARCHES: Final = 16  # of one message: intent, answer, clauses, pieces
_HARDLY: Final = 40  # of 100: the score of what a message after a card does not name
_IF: Final = frozenset(["если", "егер", "болса", "if"])


class Knowledge:
    """Cards and guides, searched by free text. `synonyms` default to the registry's."""

    def __init__(
        self, cards: Sequence[ServiceCard], *, guides: Sequence[Guide] = (), synonyms: Synonyms | None = None
    ) -> None:
        lists = load_synonyms() if synonyms is None else synonyms
        self._wording = Wording(lists)
        self._languages = LanguageDetector(lists.languages)
        self._subjects = (*map(AnswerSubject.of_card, cards), *map(AnswerSubject.of_guide, guides))
        self._index = EvidenceIndex(self._subjects, self._wording)
        self._aspects = AspectDetector(lists.aspects, lists.kinds, self._index.lexicon.knows)
        self._case_reader = CaseReader(self._wording)
        self._cards = {card.slug: card for card in cards}
        self._paying = paying(cards, self._wording)
        self._told_by_guides = {
            guide.slug: frozenset(self._aspects.asked(words(alias)).main for alias in calling(guide))
            for guide in guides
        }
        self._reader = QuestionReader(
            self._index, self._wording, self._languages, ear_of(lists, self._subjects)
        )
        self._search = lru_cache(maxsize=_SEARCHES)(self._searched)
        self._numbers = {subject.slug: number for number, subject in enumerate(self._subjects)}

    def ask(self, question: str, *, about: str | None = None) -> QuestionReply:
        """Search for `question`; `about` is the slug of the card shown just before."""
        search = self._search(shortened(question))
        reply = search.reply
        if about in self._numbers and self._asks_for_its_papers(search, about):
            return self._with_fitting_parts(_follow_up(search, self._first(about, reply)))
        if about in self._numbers and not _is_sure_of_another(search, about):
            if (sibling := self._sibling(question, search, about)) is not None:
                return sibling
            bar = _NEAR_THE_BEST * reply.found[0].score if reply.found else 0.0
            finds = not reply.corrects or any(one.slug == about and one.score > bar for one in reply.found)
            leans = search.leans or _is_vague(search)
            another = any(one.slug != about and one.score >= _NAMED for one in reply.found[:1])
            if leans or (finds and self._is_about_its_cases(about, search.reading, in_text=not another)):
                return self._with_fitting_parts(_follow_up(search, self._first(about, reply)))
        if search.leans and not reply.confident and reply.aspect not in ANSWERED_BY_GUIDES:
            return replace(reply, unnamed=True, near=False)
        if search.may_be_sure and not reply.confident:
            reply = replace(reply, confident=self._is_sure_by_piece(question, reply))
        if reply.confident or about not in self._cards:
            return reply
        return self._with_neighbour(question, search, about)

    def _with_neighbour(self, question: str, search: Search, about: str) -> QuestionReply:
        """The services offered, first the one that a doubtful message means beside the last card: after the
        registration of a birth, "а пособие какое?".
        """
        reply, card = search.reply, self._cards[about]
        named = bool(reply.found) and reply.found[0].score >= _NAMED
        if card.label is None or named or len(search.reading.words) > _A_FEW_WORDS:
            return reply
        label = card.label.in_language(SPOKEN.get(search.facts.language, Language.RU))
        told = self._search(shortened(f"{label} {question}")).reply
        readings = (search.reading, self._reader.read(label))
        said = [naming_tokens(one, self._aspects, self._index.lexicon) for one in readings]
        for one in told.found[:_NEIGHBOURS]:
            number = self._numbers[one.slug]
            if one.slug == about or one.kind != "service":
                continue
            if all(any(self._index.is_called(number, token) for token in tokens) for tokens in said):
                others = (other for other in reply.found if other.slug != one.slug)
                found = (one, *others)[:_MOST]
                return self._with_fitting_parts(replace(reply, found=found, near=True, unnamed=False))
        return reply

    def _asks_for_its_papers(self, search: Search, about: str) -> bool:
        """Whether a paper of the last card is named only to ask if it is needed: "медсправка керек па"."""
        asks = search.reply.aspect is Aspect.DOCUMENTS and self._aspects.asks_whether(search.facts.words)
        return asks and self._is_about_its_cases(about, search.reading)

    def _first(self, slug: str, reply: QuestionReply) -> tuple[Found, ...]:
        others = (one for one in reply.found if one.slug != slug)
        return (self._at(self._numbers[slug], _FULL_SCORE), *others)[:_MOST]

    def _sibling(self, question: str, search: Search, about: str) -> QuestionReply | None:
        """The twin of the last card that a short message means: "а если временно?", "уақытша болса ше?"."""
        card, reading = self._cards.get(about), search.reading
        short = bool(reading.markers) and len(reading.words) <= SHORT
        if card is None or card.label is None or not short or not self._lacks_marks(reading, about):
            return None
        label = card.label.in_language(SPOKEN.get(search.facts.language, Language.RU))
        told = self._search(shortened(f"{label} {question}")).reply
        twin = next((one for one in told.found if self._is_twin(one, about, label, reading)), None)
        if twin is None:
            return None
        found = (twin, *(one for one in told.found if one is not twin))
        return self._with_fitting_parts(_follow_up(search, found))

    def _lacks_marks(self, reading: QuestionReading, slug: str) -> bool:
        return self._index.lacks_marks(reading, self._numbers[slug])

    def _is_twin(self, one: Found, about: str, label: str, reading: QuestionReading) -> bool:
        """Whether it is another service, with the marker asked for and half of the card's label."""
        if one.slug == about or one.kind != "service" or self._lacks_marks(reading, one.slug):
            return False
        named = [token for token in self._reader.read(label).tokens if token.weight == 1]
        number = self._numbers[one.slug]
        return 2 * sum(self._index.is_called(number, token) for token in named) >= len(named) > 0

    def _is_sure_by_piece(self, question: str, reply: QuestionReply) -> bool:
        """Whether a piece of the story that has a word of the answer's name is sure of it by itself."""
        first = reply.found[0].slug
        names = partial(self._index.has_word_of, self._numbers[first])
        told = (
            self._search(one).reply for one in pieces(shortened(question)) if names(self._reader.read(one))
        )
        return any(one.confident and one.found[0].slug == first for one in told)

    def _searched(self, question: str) -> Search:
        reading = self._reader.read(question)
        facts = QuestionFacts(
            language=self._languages.language(reading.words),
            parts=self._aspects.asked(reading.words, weights_of_words(question)),
            words=reading.words,
            sets_aside=reading.sets_aside,
        )
        if not self._subjects or all(len(word) < 2 or word.isdigit() for word in reading.words):
            return Search(reading=reading, facts=facts, reply=reply_to(facts, ()))
        evidence = self._index.evidence(reading)
        scores = weighed(evidence)
        best = best_first(scores, _MOST)
        signs = signs_of(self._index, reading, evidence, scores, best[:2])
        found, sure, near = self._found(best, scores), is_confident(signs), is_near(signs)
        reply = reply_to(facts, found, confident=sure, near=near)
        if is_told_clearly(signs, len(reading.words)):
            reply = replace(reply, confident=True, near=True)
        if len(reading.words) <= SHORT and self._index.lacks_a_name(reading, best[0]):
            reply = replace(reply, confident=False, near=False)
        naming = naming_tokens(reading, self._aspects, self._index.lexicon)
        if naming and not signs.strange and calls_exactly(evidence, naming, reading.mass, best[:2]):
            reply = replace(reply, confident=bool(reply.found), near=bool(reply.found))
        if reply.confident and self._index.is_half_named(reading, best[0]):
            reply = replace(reply, confident=False)
        return Search(
            reading=reading,
            facts=facts,
            reply=self._with_fitting_parts(reply),
            leans=not reading.sets_aside and leans_on_last(reading, self._aspects, self._index.lexicon),
            may_be_sure=may_be_sure(signs),
        )

    def ask_all(self, question: str, *, about: str | None = None) -> tuple[QuestionReply, ...]:
        """One reply for each service that the message surely asks about, at most two."""
        if len(parts := clauses(question)) > 1:
            replies = [self.ask(part) for part in parts]
            named = {one.found[0].slug: one for one in reversed(replies) if one.found and one.names_one}
            if len(named) > 1 and any(one.confident for one in named.values()):
                return tuple(list(named.values())[::-1][:_MOST_SERVICES])
        return (self.ask(question, about=about),)

    def cases(self, card: ServiceCard, question: str, aspect: Aspect = Aspect.HOW) -> CaseChoice:
        """The cases the question refers to, in the part `aspect` asks for; in all parts for HOW."""
        tokens = self._wording.of(self._reader.read(shortened(question)).words)
        return choose_cases(card, tokens, self._case_reader, aspect)

    def cases_everywhere(self, card: ServiceCard, question: str) -> frozenset[str]:
        """The cases the question refers to in any part of the card, each part by itself, by Kazakh text."""
        return frozenset[str]().union(*(self.cases(card, question, part).keys for part in PARTS))

    def _is_about_its_cases(self, slug: str, reading: QuestionReading, *, in_text: bool = True) -> bool:
        """Whether all that a short message names are cases or names of this card, or words of its text if
        `in_text`: "а если потерял?".
        """
        card = self._cards.get(slug)
        named = [token for token in reading.tokens if token.weight == 1]
        if card is None or not named or len(reading.words) > SHORT or reading.outside or reading.sets_aside:
            return False
        cases = (self._case_reader.case(case).says for case in cases_of(card, Aspect.HOW))
        said = frozenset[str]().union(*cases)
        number = self._numbers[slug]
        return all(
            any(feature in said for feature, _ in token.worth)
            or self._aspects.is_cue(token.word)
            or self._index.is_called(number, token)
            or (in_text and self._index.mentions(number, token))
            for token in named
        )

    def _with_fitting_parts(self, reply: QuestionReply) -> QuestionReply:
        """The service tells what "how much" means; a guide may tell what the card does not."""
        if not reply.found:
            return reply
        card = self._cards.get(reply.found[0].slug)
        if card is None:
            return reply
        charged = self._aspects.is_told_what_is_paid(reply.words)
        aspects = fitting_the_card(reply.aspects, pays=card.slug in self._paying, charged=charged)
        aspect = aspects[reply.aspects.index(reply.aspect)]
        stated = aspect in STATED
        guide = held_by_guide(card, aspect, reply.found, self._told_by_guides) if stated else None
        return replace(reply, aspect=aspect, aspects=tuple(dict.fromkeys(aspects)), guide=guide)

    def plain_language(self, words: Sequence[str]) -> Language | None:
        """The language that the words, as understood, are plainly in; None where there is any doubt."""
        return self._languages.plainly(words)

    def knows(self, word: str) -> bool:
        """Whether a normalised word is one of the cards' and guides' own, in any form."""
        return self._index.lexicon.knows(word)

    def _found(self, best: Sequence[int], scores: Scores) -> tuple[Found, ...]:
        return tuple(self._at(number, float(scores[number])) for number in best if scores[number] > 0)

    def _at(self, number: int, score: float) -> Found:
        one, share = self._subjects[number], min(100.0, 100 * score / _FULL_SCORE)
        return Found(slug=one.slug, kind=one.kind, score=round(share, 1))

    @property
    def memory_bytes(self) -> int:
        """Approximate memory used by the index, in bytes."""
        return self._index.memory_bytes


def _is_vague(search: Search) -> bool:
    """Whether a part is asked for and a service hardly named, or only after "if": "если есть дача"."""
    reading, reply = search.reading, search.reply
    if reply.confident or reply.aspect is Aspect.HOW or reading.outside or len(reading.words) > SHORT:
        return False
    return not reply.found or reply.found[0].score < _HARDLY or not _IF.isdisjoint(reading.words)


def _is_sure_of_another(search: Search, about: str) -> bool:
    """A guide about any service is no other one for a message that names none."""
    first = search.reply.found[0] if search.reply.confident else None
    return first is not None and first.slug != about and not (search.leans and first.kind == "guide")


def _follow_up(search: Search, found: tuple[Found, ...]) -> QuestionReply:
    """A reply about the card shown before, which stands first in `found`."""
    parts = search.facts.parts
    sure = replace(search.reply, confident=True, near=True, follow_up=True, unnamed=False)
    return replace(sure, aspect=parts.main, aspects=parts.every, guide=None, found=found)
