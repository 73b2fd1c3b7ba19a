"""A card as a message: one section at a time, with buttons to the others."""

from dataclasses import dataclass, replace

from aiogram.types import InlineKeyboardButton

from bot.views.answers.card_place import (
    ALL_CASES,
    CardPlace,
    CardSection,
    case_number,
    cases_of,
    chosen_cases,
)
from bot.views.answers.card_text import CardText
from bot.views.callbacks import CardCallback, ComplainCallback, MenuCallback, VerdictCallback
from bot.views.screen import Screen, button, in_rows, keyboard
from kernel.language import Language
from knowledge.journal.entries import Verdict
from localisation.translations import Translations
from registry_data.card_facts import CardFacts
from registry_data.schema import ServiceCard

MOST_CASES = 12  # case buttons under one section
BUTTONS = (
    CardSection.DOCUMENTS,
    CardSection.TERM,
    CardSection.FEE,
    CardSection.WHERE,
    CardSection.REFUSAL,
    CardSection.STATUS,
    CardSection.RIGHTS,
    CardSection.COMPLAIN,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    texts: Translations

    def screen(self, facts: CardFacts, language: Language, place: CardPlace) -> Screen:
        page = CardText(texts=self.texts).page(facts, language, place)
        shown = replace(place, page=page.number)
        return Screen(
            text=page.text,
            keyboard=keyboard(
                [
                    *self._page_rows(facts.card, shown, page.count),
                    *self._case_rows(facts.card, language, shown),
                    *self._section_rows(facts.card, language, place),
                ]
            ),
        )

    def _page_rows(self, card: ServiceCard, place: CardPlace, count: int) -> list[list[InlineKeyboardButton]]:
        case = case_number(card, place)
        places = [(place.page - 1, "◂"), (place.page + 1, "▸")]
        return [
            [
                button(
                    label, CardCallback(section=place.section, case=case, page=page, slug=card.slug).pack()
                )
                for page, label in places
                if 0 <= page < count
            ]
        ]

    def _case_rows(
        self, card: ServiceCard, language: Language, place: CardPlace
    ) -> list[list[InlineKeyboardButton]]:
        found = cases_of(card, place.section)
        if found and chosen_cases(card, place):
            label = self.texts.plain(language, "card.all_cases_button")
            return [
                [button(label, CardCallback(section=place.section, case=ALL_CASES, slug=card.slug).pack())]
            ]
        if len(found) < 2:
            return []
        return [
            [
                button(
                    case.in_language(language),
                    CardCallback(section=place.section, case=at, slug=card.slug).pack(),
                )
            ]
            for at, case in enumerate(found[:MOST_CASES])
        ]

    def _section_rows(
        self, card: ServiceCard, language: Language, shown: CardPlace
    ) -> list[list[InlineKeyboardButton]]:
        buttons = [
            self._section_button(card, language, replace(shown, section=section))
            for section in BUTTONS
            if section is not shown.section
        ]
        last = [button(self.texts.plain(language, "menu.menu_button"), MenuCallback().pack())]
        if shown.section is not CardSection.SHORT:
            last.insert(0, self._section_button(card, language, replace(shown, section=CardSection.SHORT)))
        complain = button(
            self.texts.plain(language, "card.complain_here"), ComplainCallback(slug=card.slug).pack()
        )
        return [*in_rows(buttons, 2), [complain], self._verdict_row(card, language), last]

    def _verdict_row(self, card: ServiceCard, language: Language) -> list[InlineKeyboardButton]:
        return [
            button(
                self.texts.plain(language, f"answer.useful_{verdict.value}"),
                VerdictCallback(verdict=verdict, slug=card.slug).pack(),
            )
            for verdict in Verdict
        ]

    def _section_button(
        self, card: ServiceCard, language: Language, place: CardPlace
    ) -> InlineKeyboardButton:
        """A button to another section; keeps the chosen case."""
        label = self.texts.plain(language, f"card.button_{place.section.name.lower()}")
        case = case_number(card, place)
        return button(label, CardCallback(section=place.section, case=case, slug=card.slug).pack())


def place_of(callback: CardCallback, card: ServiceCard) -> CardPlace:
    """The screen a button asks for; an unknown case falls back to all cases."""
    found = cases_of(card, callback.section)
    cases = frozenset({found[callback.case].kk}) if 0 <= callback.case < len(found) else None
    return CardPlace(section=callback.section, cases=cases, page=max(callback.page, 0))
