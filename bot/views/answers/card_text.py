"""A card's text: one section at a time, in pages."""

from dataclasses import dataclass

from bot.views.answers.card_place import CardPlace, CardSection, cases_of, chosen_cases
from bot.views.answers.card_sections import Sections
from bot.views.text import heading, pages
from kernel.language import Language
from localisation.translations import Translations
from registry_data.card_facts import CardFacts
from registry_data.schema import ServiceCard

TEXTS_OF_THE_CARD = frozenset(
    {
        CardSection.SHORT,
        CardSection.DOCUMENTS,
        CardSection.TERM,
        CardSection.FEE,
        CardSection.WHERE,
        CardSection.REFUSAL,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPage:
    text: str
    number: int  # from 0
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CardText:
    texts: Translations

    def page(self, facts: CardFacts, language: Language, place: CardPlace) -> CardPage:
        """The page that `place` names, or the last one."""
        sections = Sections(self.texts, facts, language)
        lines = sections.lines(place.section, place.cases)
        found = pages([*self._case_lines(facts.card, language, place), *lines])
        page = min(max(place.page, 0), len(found) - 1)
        parts = [self._heading(facts.card, language, place.section), found[page]]
        if len(found) > 1:
            parts.append(self.texts.plain(language, "card.page", page=page + 1, pages=len(found)))
        parts.append("\n".join(self._footer(sections, language, place.section)))
        return CardPage(text="\n\n".join(parts), number=page, count=len(found))

    def _heading(self, card: ServiceCard, language: Language, section: CardSection) -> str:
        name = heading(card.names.in_language(language))
        if section is CardSection.SHORT:
            return name
        return f"{name}\n<u>{self.texts.html(language, f'card.heading_{section.name.lower()}')}</u>"

    def _case_lines(self, card: ServiceCard, language: Language, place: CardPlace) -> list[str]:
        chosen = [case.in_language(language) for case in chosen_cases(card, place)]
        if chosen:
            return [*(str(self.texts.html(language, "card.case_chosen", case=case)) for case in chosen), ""]
        several = len(cases_of(card, place.section)) > 1
        return [str(self.texts.html(language, "card.case_ask")), ""] if several else []

    def _footer(self, sections: Sections, language: Language, section: CardSection) -> list[str]:
        lines = sections.footer()
        if language is Language.EN and section in TEXTS_OF_THE_CARD:
            lines.append(str(self.texts.html(language, "card.untranslated")))
        return lines
