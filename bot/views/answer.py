"""The first message that answers a question: a card, a guide, a choice of up to three, or "I don't know"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.callbacks import CardPress, GuidePress, MenuPress, NonePress, Section
from bot.catalogue import Catalogue
from bot.translations import Translations
from bot.views.card import CardPlace, CardView
from bot.views.guide import GuideView
from bot.views.screen import Screen, button, keyboard
from knowledge.answer import Found, Reply
from knowledge.aspect import Aspect
from registry_data.schema import Language

MOST_OFFERED = 3
SECTIONS = {
    Aspect.HOW: Section.SHORT,
    Aspect.DOCUMENTS: Section.DOCUMENTS,
    Aspect.TERM: Section.TERM,
    Aspect.FEE: Section.FEE,
    Aspect.WHERE: Section.WHERE,
    Aspect.REFUSAL: Section.REFUSAL,
    Aspect.STATUS: Section.STATUS,
    Aspect.COMPLAINT: Section.COMPLAIN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as it came, and what the search made of it."""

    question: str
    reply: Reply
    language: Language  # to answer in
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    texts: Translations

    def screen(self, catalogue: Catalogue, asked: Asked) -> Screen:
        reply = asked.reply
        if reply.confident and reply.found:
            return self._found(catalogue, asked, reply.found[0])
        if reply.near and reply.found:
            offered = reply.found[:MOST_OFFERED]
            key = (self.texts, tuple(found.slug for found in offered), asked.language, reply.aspect)
            return catalogue.screens.screen(key, lambda: self._choice(catalogue, offered, asked))
        write = self._which_service if reply.unnamed else self.unknown
        key_of_none = (self.texts, reply.unnamed, asked.language)
        return catalogue.screens.screen(key_of_none, lambda: write(asked.language))

    def unknown(self, language: Language) -> Screen:
        parts = [self.texts.html(language, key) for key in ("answer.unknown", "answer.recorded")]
        return Screen(text="\n\n".join(parts), keyboard=self._situations(language))

    def _which_service(self, language: Language) -> Screen:
        """The part is asked for and no service named."""
        text = str(self.texts.html(language, "answer.which_service"))
        return Screen(text=text, keyboard=self._situations(language))

    def _situations(self, language: Language) -> InlineKeyboardMarkup:
        label = self.texts.plain(language, "menu.situations_button")
        return keyboard([[button(label, MenuPress(situations=True).pack())]])

    def _found(self, catalogue: Catalogue, asked: Asked, found: Found) -> Screen:
        guide = catalogue.guides.get(found.slug) if found.kind == "guide" else None
        if guide is not None:
            return catalogue.screens.screen(
                (self.texts, guide.slug, asked.language),
                lambda: GuideView(texts=self.texts).screen(guide, catalogue.acts, asked.language),
            )
        facts = catalogue.facts(found.slug, asked.at)
        if facts is None:
            return self.unknown(asked.language)
        aspect = asked.reply.aspect
        choice = catalogue.knowledge.cases(facts.card, asked.question, aspect)
        place = CardPlace(section=SECTIONS[aspect], cases=choice.keys or None)
        return catalogue.screens.screen(
            (self.texts, found.slug, asked.language, place, facts.today),
            lambda: CardView(texts=self.texts).screen(facts, asked.language, place),
        )

    def _choice(self, catalogue: Catalogue, offered: Sequence[Found], asked: Asked) -> Screen:
        names = [catalogue.name(found.slug, asked.language) for found in offered]
        lines = [str(self.texts.html(asked.language, "answer.choose"))]
        lines += [
            str(self.texts.html(asked.language, "answer.choice", number=number, name=name))
            for number, name in enumerate(names, start=1)
        ]
        rows = [
            [self._offer(found, f"{number}. {catalogue.label(found.slug, asked.language)}", asked)]
            for number, found in enumerate(offered, start=1)
        ]
        none = button(self.texts.plain(asked.language, "answer.none_of_these"), NonePress().pack())
        return Screen(text="\n".join(lines), keyboard=keyboard([*rows, [none]]))

    @staticmethod
    def _offer(found: Found, label: str, asked: Asked) -> InlineKeyboardButton:
        if found.kind == "guide":
            return button(label, GuidePress(slug=found.slug).pack())
        return button(label, CardPress(section=SECTIONS[asked.reply.aspect], slug=found.slug).pack())
