"""Decides what answers a question (a card, a guide, up to three choices, or "I don't know") and its text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from markupsafe import escape

from bot.views.answers.card_direct import DirectAnswer
from bot.views.answers.card_place import CardPlace, CardSection, chosen_cases
from bot.views.answers.card_text import CardText
from bot.views.answers.guide_text import GuideText
from bot.views.answers.labels import service_label
from kernel.language import Language
from knowledge.aspect import Aspect
from knowledge.catalogue import Catalogue
from knowledge.subject import Found, QuestionReply
from localisation.translations import Translations
from registry_data.card_facts import CardFacts
from registry_data.guide import Guide
from registry_data.schema import ServiceCard

MOST_OFFERED = 3
SECTIONS = {
    Aspect.HOW: CardSection.SHORT,
    Aspect.DOCUMENTS: CardSection.DOCUMENTS,
    Aspect.TERM: CardSection.TERM,
    Aspect.FEE: CardSection.FEE,
    Aspect.WHERE: CardSection.WHERE,
    Aspect.REFUSAL: CardSection.REFUSAL,
    Aspect.STATUS: CardSection.STATUS,
    Aspect.COMPLAINT: CardSection.COMPLAIN,
    Aspect.AMOUNT: CardSection.AMOUNT,
    Aspect.AGE: CardSection.AGE,
    Aspect.ELIGIBILITY: CardSection.ELIGIBILITY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """A question and what the search found for it."""

    question: str
    reply: QuestionReply
    language: Language  # of the answer
    at: datetime
    cases: frozenset[str] = frozenset()  # chosen, by Kazakh text, in any part of the card; all if empty

    @property
    def offered(self) -> tuple[Found, ...]:
        """The services to choose from, best first; none where one answers the question."""
        is_choice = self.reply.near and not self.reply.confident
        return tuple(self.reply.found[:MOST_OFFERED]) if is_choice else ()

    @property
    def section(self) -> CardSection:
        """The part of the card that answers it."""
        return SECTIONS[self.reply.aspect]

    def place_in(self, catalogue: Catalogue, card: ServiceCard) -> CardPlace:
        """What the question asks of one of the services offered."""
        cases = catalogue.knowledge.cases(card, self.question, self.reply.aspect).keys
        return CardPlace(section=self.section, cases=cases or None)


class Unanswered(Enum):
    UNNAMED = auto()  # the aspect is asked for, no service is named
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class CardAnswer:
    facts: CardFacts
    place: CardPlace


Answer = CardAnswer | Guide | tuple[Found, ...] | Unanswered


def answer_to(catalogue: Catalogue, asked: AskedQuestion) -> Answer:
    """What to show: one card or guide, the services to choose from, or why there is none."""
    reply = asked.reply
    if reply.confident and reply.found:
        return _one(catalogue, asked, reply.found[0])
    if asked.offered:
        return asked.offered
    return Unanswered.UNNAMED if reply.unnamed else Unanswered.UNKNOWN


def _one(catalogue: Catalogue, asked: AskedQuestion, found: Found) -> CardAnswer | Guide | Unanswered:
    told_by = found.slug if found.kind == "guide" else asked.reply.guide
    guide = catalogue.guides.get(told_by) if told_by else None
    if guide is not None:
        return guide
    facts = catalogue.facts(found.slug, asked.at)
    if facts is None:
        return Unanswered.UNKNOWN
    return CardAnswer(facts=facts, place=CardPlace(section=asked.section, cases=asked.cases or None))


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerText:
    texts: Translations

    def text(self, catalogue: Catalogue, asked: AskedQuestion) -> str:
        """The message's text in Telegram's HTML."""
        match answer_to(catalogue, asked):
            case CardAnswer(facts=facts, place=place):
                return CardText(texts=self.texts).page(facts, asked.language, place).text
            case Guide() as guide:
                return GuideText(texts=self.texts).text(
                    guide, catalogue.acts, asked.language, catalogue.listed(guide)
                )
            case Unanswered() as why:
                return self.unanswered(why, asked.language)
            case offered:
                return self.choice(catalogue, offered, asked)

    def unanswered(self, why: Unanswered, language: Language) -> str:
        if why is Unanswered.UNNAMED:
            return str(self.texts.html(language, "answer.which_service"))
        return "\n\n".join(self.texts.html(language, key) for key in ("answer.unknown", "answer.recorded"))

    def choice(self, catalogue: Catalogue, offered: Sequence[Found], asked: AskedQuestion) -> str:
        """The services, each with what was asked for in one line: often that already is the answer."""
        entries = [str(self.texts.html(asked.language, "answer.choose"))]
        for number, found in enumerate(offered, start=1):
            name = service_label(catalogue, found.slug, asked.language)
            title = self.texts.html(asked.language, "answer.choice_service", number=number, name=name)
            entries.append("\n".join([str(title), *self._direct(catalogue, found, asked)]))
        return "\n\n".join(entries)

    def _direct(self, catalogue: Catalogue, found: Found, asked: AskedQuestion) -> Iterator[str]:
        facts = catalogue.facts(found.slug, asked.at)
        if facts is None:
            return
        place = asked.place_in(catalogue, facts.card)
        line = DirectAnswer(self.texts, facts, asked.language).named_line(place.section, place.cases)
        if line:
            yield str(escape(line))
            for case in chosen_cases(facts.card, place):
                words = case.in_language(asked.language)
                yield str(self.texts.html(asked.language, "card.case_chosen", case=words))
