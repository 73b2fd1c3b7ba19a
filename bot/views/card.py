"""A card as a message: one section at a time, the others a button away."""

from dataclasses import dataclass, replace

from aiogram.types import InlineKeyboardButton

from bot.callbacks import NO_CASE, CardPress, ComplainPress, MenuPress, Section, VerdictPress
from bot.translations import Translations
from bot.views.facts import CardFacts
from bot.views.screen import Screen, button, heading, in_rows, keyboard, pages
from bot.views.sections import Sections
from knowledge.journal.entries import Verdict
from registry_data.schema import Language, ServiceCard, Text

MOST_CASES = 12  # buttons for cases under one section
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
BUTTONS = (
    Section.DOCUMENTS,
    Section.TERM,
    Section.FEE,
    Section.WHERE,
    Section.REFUSAL,
    Section.STATUS,
    Section.RIGHTS,
    Section.COMPLAIN,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPlace:
    """Which screen of a card: its section, the cases chosen (None: all) and the page, from 0."""

    section: Section = Section.SHORT
    cases: frozenset[str] | None = None
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    texts: Translations

    def screen(self, facts: CardFacts, language: Language, place: CardPlace) -> Screen:
        sections = Sections(self.texts, facts, language)
        lines = sections.lines(place.section, place.cases)
        found = pages([*self._case_lines(facts.card, language, place), *lines])
        page = min(max(place.page, 0), len(found) - 1)
        parts = [self._heading(facts.card, language, place.section), found[page]]
        if len(found) > 1:
            parts.append(self.texts.plain(language, "card.page", page=page + 1, pages=len(found)))
        parts.append("\n".join(self._footer(sections, language, place.section)))
        shown = CardPlace(section=place.section, cases=place.cases, page=page)
        return Screen(
            text="\n\n".join(parts),
            keyboard=keyboard(
                [
                    *self._page_rows(facts.card, shown, len(found)),
                    *self._case_rows(facts.card, language, shown),
                    *self._section_rows(facts.card, language, place),
                ]
            ),
        )

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

    def _page_rows(self, card: ServiceCard, place: CardPlace, count: int) -> list[list[InlineKeyboardButton]]:
        case = case_number(card, place)
        places = [(place.page - 1, "◂"), (place.page + 1, "▸")]
        return [
            [
                button(label, CardPress(section=place.section, case=case, page=page, slug=card.slug).pack())
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
            return [[button(label, CardPress(section=place.section, slug=card.slug).pack())]]
        if len(found) < 2:
            return []
        return [
            [
                button(
                    case.in_language(language),
                    CardPress(section=place.section, case=at, slug=card.slug).pack(),
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
        last = [button(self.texts.plain(language, "menu.menu_button"), MenuPress().pack())]
        if shown.section is not Section.SHORT:
            last.insert(0, self._section_button(card, language, replace(shown, section=Section.SHORT)))
        complain = button(
            self.texts.plain(language, "card.complain_here"), ComplainPress(slug=card.slug).pack()
        )
        return [*in_rows(buttons, 2), [complain], self._verdict_row(card, language), last]

    def _verdict_row(self, card: ServiceCard, language: Language) -> list[InlineKeyboardButton]:
        return [
            button(
                self.texts.plain(language, f"answer.useful_{verdict.value}"),
                VerdictPress(verdict=verdict, slug=card.slug).pack(),
            )
            for verdict in Verdict
        ]

    def _section_button(
        self, card: ServiceCard, language: Language, place: CardPlace
    ) -> InlineKeyboardButton:
        """A button to another section; the case that was chosen goes with it."""
        label = self.texts.plain(language, f"card.button_{place.section.name.lower()}")
        case = case_number(card, place)
        return button(label, CardPress(section=place.section, case=case, slug=card.slug).pack())


def cases_of(card: ServiceCard, section: Section) -> list[Text]:
    """The distinct cases that a section's facts are limited to, in the card's order."""
    documents = [item.when for item in card.documents or ()]
    terms = [term.when for term in card.term or ()]
    fees = [fee.what for fee in card.fee or ()]
    whens = {Section.DOCUMENTS: documents, Section.TERM: terms, Section.FEE: fees}.get(section, [])
    return list({when.kk: when for when in whens if when is not None}.values())


def chosen_cases(card: ServiceCard, place: CardPlace) -> list[Text]:
    """The chosen cases that the section shows; the short screen shows those of terms and fees."""
    sections = (Section.TERM, Section.FEE) if place.section is Section.SHORT else (place.section,)
    known = {case.kk: case for section in sections for case in cases_of(card, section)}
    return [case for kk, case in known.items() if kk in (place.cases or ())]


def case_number(card: ServiceCard, place: CardPlace) -> int:
    """The number of the one case chosen, from 0; NO_CASE where all are shown or several were chosen."""
    found = [
        number for number, case in enumerate(cases_of(card, place.section)) if case.kk in (place.cases or ())
    ]
    return found[0] if len(found) == 1 else NO_CASE


def place_of(press: CardPress, card: ServiceCard) -> CardPlace:
    """The screen a button asks for; a case that the card does not have falls back to all of them."""
    found = cases_of(card, press.section)
    cases = frozenset({found[press.case].kk}) if 0 <= press.case < len(found) else None
    return CardPlace(section=press.section, cases=cases, page=max(press.page, 0))
