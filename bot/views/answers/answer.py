"""The first message in answer to a question: a card, a guide, up to three choices, or "I don't know"."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.types import InlineKeyboardButton

from bot.request_context import RequestContext
from bot.views.answers.answer_text import (
    MOST_OFFERED,
    AnswerText,
    AskedQuestion,
    CardAnswer,
    Unanswered,
    answer_to,
)
from bot.views.answers.card import CardView
from bot.views.answers.card_place import case_number
from bot.views.answers.guide import GuideView
from bot.views.answers.labels import service_label
from bot.views.callbacks import (
    CardCallback,
    GuideCallback,
    LanguageOfferAnswer,
    LanguageOfferCallback,
    MenuCallback,
    NoneOfTheseCallback,
)
from bot.views.screen import Screen, button, keyboard
from kernel.language import Language
from knowledge.catalogue import Catalogue
from knowledge.subject import Found
from localisation.translations import Translations
from registry_data.guide import Guide


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    texts: Translations

    def screen(self, catalogue: Catalogue, asked: AskedQuestion) -> Screen:
        language, derived = asked.language, catalogue.derived
        match answer_to(catalogue, asked):
            case CardAnswer(facts=facts, place=place):
                return derived.get(
                    (self.texts, facts.card.slug, language, place, facts.today),
                    lambda: CardView(texts=self.texts).screen(facts, language, place),
                )
            case Guide() as guide:
                return derived.get(
                    (self.texts, guide.slug, language),
                    lambda: GuideView(texts=self.texts).screen(
                        guide, catalogue.acts, language, catalogue.listed(guide)
                    ),
                )
            case Unanswered() as why:
                return derived.get((self.texts, why, language), lambda: self._unanswered(why, language))
            case offered:
                return self._choice(catalogue, offered, asked)

    def unknown(self, language: Language) -> Screen:
        return self._unanswered(Unanswered.UNKNOWN, language)

    def _unanswered(self, why: Unanswered, language: Language) -> Screen:
        label = self.texts.plain(language, "menu.situations_button")
        situations = button(label, MenuCallback(situations=True).pack())
        text = AnswerText(texts=self.texts).unanswered(why, language)
        return Screen(text=text, keyboard=keyboard([[situations]]))

    def _choice(self, catalogue: Catalogue, offered: Sequence[Found], asked: AskedQuestion) -> Screen:
        rows = [[self._offer(catalogue, found, asked)] for found in offered]
        none = button(self.texts.plain(asked.language, "answer.none_of_these"), NoneOfTheseCallback().pack())
        text = AnswerText(texts=self.texts).choice(catalogue, offered, asked)
        rows = [*rows, [none]] if len(rows) < MOST_OFFERED else [*rows[:-1], [*rows[-1], none]]
        return Screen(text=text, keyboard=keyboard(rows))

    @staticmethod
    def _offer(catalogue: Catalogue, found: Found, asked: AskedQuestion) -> InlineKeyboardButton:
        label = service_label(catalogue, found.slug, asked.language)
        card = catalogue.cards.get(found.slug)
        if card is None:
            return button(label, GuideCallback(slug=found.slug).pack())
        case = case_number(card, asked.place_in(catalogue, card))
        return button(label, CardCallback(section=asked.section, case=case, slug=found.slug).pack())


def switch_screen(context: RequestContext, language: Language) -> Screen:
    """The offer, in the offered language."""
    take = LanguageOfferCallback(answer=LanguageOfferAnswer.TAKE, language=language).pack()
    keep = LanguageOfferCallback(answer=LanguageOfferAnswer.KEEP, language=language).pack()
    rows = [
        [button(context.texts.plain(language, "answer.switch_button"), take)],
        [button(context.texts.plain(context.language, "answer.keep_button"), keep)],
    ]
    return Screen(text=str(context.texts.html(language, "answer.switch_offer")), keyboard=keyboard(rows))
