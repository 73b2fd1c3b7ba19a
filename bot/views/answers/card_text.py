"""A card's text: one section at a time, in pages."""

from dataclasses import dataclass

from markupsafe import escape

from bot.views.answers.card_direct import DirectAnswer
from bot.views.answers.card_place import CardPlace, CardSection, cases_of, chosen_cases
from bot.views.answers.card_sections import Sections
from bot.views.answers.card_source import CardSource
from bot.views.answers.card_standing import CardStanding
from bot.views.answers.labels import label_of
from bot.views.text import heading, pages
from kernel.language import Language
from localisation.translations import Translations
from registry_data.card_facts import CardFacts
from registry_data.english import english_share
from registry_data.schema import ServiceCard

TEXTS_OF_THE_CARD = frozenset(
    {
        CardSection.SHORT,
        CardSection.DOCUMENTS,
        CardSection.TERM,
        CardSection.FEE,
        CardSection.WHERE,
        CardSection.REFUSAL,
        CardSection.AMOUNT,
        CardSection.AGE,
        CardSection.ELIGIBILITY,
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
        lines = Sections(self.texts, facts, language).lines(place.section, place.cases)
        found = pages([*self._case_lines(facts.card, language, place), *lines])
        page = min(max(place.page, 0), len(found) - 1)
        parts = [self._heading(facts, language, place), found[page]]
        if len(found) > 1:
            parts.append(self.texts.plain(language, "card.page", page=page + 1, pages=len(found)))
        if place.section is not CardSection.SOURCE:
            parts.append(self._footer(facts, language, place.section))
        text = "\n\n".join(part for part in parts if part)
        return CardPage(text=text, number=page, count=len(found))

    def _heading(self, facts: CardFacts, language: Language, place: CardPlace) -> str:
        """The service's name, what the section is about, whether it still stands, and the direct answer."""
        lines = [heading(label_of(facts.card, language))]
        if place.section is not CardSection.SHORT:
            name = self.texts.html(language, f"card.heading_{place.section.name.lower()}")
            lines[0] += f" · <u>{name}</u>"
        lines.append(CardStanding(texts=self.texts, facts=facts, language=language).lapsed())
        lines.append(str(escape(DirectAnswer(self.texts, facts, language).line(place.section, place.cases))))
        return "\n".join(line for line in lines if line)

    def _case_lines(self, card: ServiceCard, language: Language, place: CardPlace) -> list[str]:
        chosen = [case.in_language(language) for case in chosen_cases(card, place)]
        if chosen:
            return [*(str(self.texts.html(language, "card.case_chosen", case=case)) for case in chosen), ""]
        several = len(cases_of(card, place.section)) > 1
        return [str(self.texts.html(language, "card.case_ask")), ""] if several else []

    def _footer(self, facts: CardFacts, language: Language, section: CardSection) -> str:
        """The source, unless a signpost has none; in English, that the rendering is ours, or is not there."""
        sourced = facts.act is not None or facts.pages or not facts.is_signpost
        lines = [CardSource(texts=self.texts, facts=facts, language=language).line()] if sourced else []
        is_rendered = language is Language.EN and section in TEXTS_OF_THE_CARD
        if is_rendered and (share := english_share(facts.card)) is not None:
            lines.append(str(self.texts.html(language, f"card.english_{share.value}")))
        return "\n".join(lines)
