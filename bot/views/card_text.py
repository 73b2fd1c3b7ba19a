"""A card's text: one section at a time, in pages."""

from dataclasses import dataclass

from bot.translations import Translations
from bot.views.facts import CardFacts
from bot.views.place import CardPlace, Section, cases_of, chosen_cases
from bot.views.sections import Sections
from bot.views.text import heading, pages
from registry_data.schema import Language, ServiceCard

TEXTS_OF_THE_CARD = frozenset(
    {
        Section.SHORT,
        Section.DOCUMENTS,
        Section.TERM,
        Section.FEE,
        Section.WHERE,
        Section.REFUSAL,
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
        """The page that `place` names; the nearest one where there are fewer."""
        sections = Sections(self.texts, facts, language)
        lines = sections.lines(place.section, place.cases)
        found = pages([*self._case_lines(facts.card, language, place), *lines])
        page = min(max(place.page, 0), len(found) - 1)
        parts = [self._heading(facts.card, language, place.section), found[page]]
        if len(found) > 1:
            parts.append(self.texts.plain(language, "card.page", page=page + 1, pages=len(found)))
        parts.append("\n".join(self._footer(sections, language, place.section)))
        return CardPage(text="\n\n".join(parts), number=page, count=len(found))

    def _heading(self, card: ServiceCard, language: Language, section: Section) -> str:
        name = heading(card.names.in_language(language))
        if section is Section.SHORT:
            return name
        return f"{name}\n<u>{self.texts.html(language, f'card.heading_{section.name.lower()}')}</u>"

    def _case_lines(self, card: ServiceCard, language: Language, place: CardPlace) -> list[str]:
        chosen = [case.in_language(language) for case in chosen_cases(card, place)]
        if chosen:
            return [*(str(self.texts.html(language, "card.case_chosen", case=case)) for case in chosen), ""]
        several = len(cases_of(card, place.section)) > 1
        return [str(self.texts.html(language, "card.case_ask")), ""] if several else []

    def _footer(self, sections: Sections, language: Language, section: Section) -> list[str]:
        lines = sections.footer()
        if language is Language.EN and section in TEXTS_OF_THE_CARD:
            lines.append(str(self.texts.html(language, "card.untranslated")))
        return lines
