"""The first message that answers a question: a card, a guide, a choice of up to three, or "I don't know"."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.types import InlineKeyboardButton

from bot.callbacks import CardPress, GuidePress, MenuPress, NonePress
from bot.catalogue import Catalogue
from bot.translations import Translations
from bot.views.answer_text import SECTIONS, AnswerText, Asked, CardAnswer, Unanswered, answer_to
from bot.views.card import CardView
from bot.views.guide import GuideView
from bot.views.screen import Screen, button, keyboard
from knowledge.answer import Found
from registry_data.guide import Guide
from registry_data.schema import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    texts: Translations

    def screen(self, catalogue: Catalogue, asked: Asked) -> Screen:
        language, screens = asked.language, catalogue.screens
        match answer_to(catalogue, asked):
            case CardAnswer(facts=facts, place=place):
                return screens.screen(
                    (self.texts, facts.card.slug, language, place, facts.today),
                    lambda: CardView(texts=self.texts).screen(facts, language, place),
                )
            case Guide() as guide:
                return screens.screen(
                    (self.texts, guide.slug, language),
                    lambda: GuideView(texts=self.texts).screen(guide, catalogue.acts, language),
                )
            case Unanswered() as why:
                return screens.screen((self.texts, why, language), lambda: self._unanswered(why, language))
            case offered:
                slugs = tuple(found.slug for found in offered)
                return screens.screen(
                    (self.texts, slugs, language, asked.reply.aspect),
                    lambda: self._choice(catalogue, offered, asked),
                )

    def unknown(self, language: Language) -> Screen:
        return self._unanswered(Unanswered.UNKNOWN, language)

    def _unanswered(self, why: Unanswered, language: Language) -> Screen:
        label = self.texts.plain(language, "menu.situations_button")
        situations = button(label, MenuPress(situations=True).pack())
        text = AnswerText(texts=self.texts).unanswered(why, language)
        return Screen(text=text, keyboard=keyboard([[situations]]))

    def _choice(self, catalogue: Catalogue, offered: Sequence[Found], asked: Asked) -> Screen:
        rows = [
            [self._offer(found, f"{number}. {catalogue.label(found.slug, asked.language)}", asked)]
            for number, found in enumerate(offered, start=1)
        ]
        none = button(self.texts.plain(asked.language, "answer.none_of_these"), NonePress().pack())
        text = AnswerText(texts=self.texts).choice(catalogue, offered, asked.language)
        return Screen(text=text, keyboard=keyboard([*rows, [none]]))

    @staticmethod
    def _offer(found: Found, label: str, asked: Asked) -> InlineKeyboardButton:
        if found.kind == "guide":
            return button(label, GuidePress(slug=found.slug).pack())
        return button(label, CardPress(section=SECTIONS[asked.reply.aspect], slug=found.slug).pack())
