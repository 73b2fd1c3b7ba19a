"""A card as a message: one section at a time, at most six buttons, the rest behind "more"."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aiogram.types import InlineKeyboardButton

from bot.views.answers.card_place import (
    ALL_CASES,
    CardPlace,
    CardSection,
    case_number,
    cases_of,
    chosen_cases,
    held_sections,
)
from bot.views.answers.card_source import text_in
from bot.views.answers.card_text import CardText
from bot.views.callbacks import (
    CardCallback,
    CasesCallback,
    ChecklistAction,
    ChecklistCallback,
    ComplainCallback,
    MenuCallback,
    MoreCallback,
    VerdictCallback,
)
from bot.views.screen import Screen, button, in_rows, keyboard
from kernel.language import Language
from knowledge.journal.entries import Verdict
from localisation.translations import Translations
from registry_data.card_facts import CardFacts
from registry_data.schema import ServiceCard

SLOTS = 4  # buttons above the last row
Buttons = list[InlineKeyboardButton]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    texts: Translations

    def screen(self, facts: CardFacts, language: Language, place: CardPlace, more: int = 0) -> Screen:
        """The card at `place`; `more` counts the presses of "more": each shows the next buttons."""
        page = CardText(texts=self.texts).page(facts, language, place)
        buttons = _CardButtons(
            texts=self.texts,
            card=facts.card,
            language=language,
            place=replace(place, page=page.number),
            pages=page.count,
        )
        return Screen(text=page.text, keyboard=keyboard(buttons.rows(more)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _CardButtons:
    texts: Translations
    card: ServiceCard
    language: Language
    place: CardPlace
    pages: int

    def rows(self, more: int) -> list[Buttons]:
        first = [*self._pager(), *self._case(), *self._checklist()]
        parts = [*self._apply(), *map(self._section, self._others())]
        free = SLOTS - len(first)
        yes, no, wrong = self._verdicts()
        later = parts[free:]
        rest = [*later[:2], yes, no, *later[2:], wrong, self._menu()]
        if more <= 0:
            complain = button(self._say("card.complain_here"), ComplainCallback(slug=self.card.slug).pack())
            return [*in_rows([*first, *parts[:free]], 2), [complain, self._more(1)]]
        pages = [rest[start : start + SLOTS] for start in range(0, len(rest), SLOTS)]
        number = min(more, len(pages))
        back = button(self._say("card.back_button"), self._at(self.place))
        last = [back, self._more(number + 1)] if number < len(pages) else [back]
        return [*in_rows(pages[number - 1], 2), last]

    def _others(self) -> Sequence[CardSection]:
        return [section for section in held_sections(self.card) if section is not self.place.section]

    def _pager(self) -> Buttons:
        places = [(self.place.page - 1, "◂"), (self.place.page + 1, "▸")]
        return [
            button(label, self._at(replace(self.place, page=page)))
            for page, label in places
            if 0 <= page < self.pages
        ]

    def _case(self) -> Buttons:
        """To the list of cases, or back to all of them."""
        section, slug = self.place.section, self.card.slug
        if chosen_cases(self.card, self.place):
            undone = CardCallback(section=section, case=ALL_CASES, slug=slug)
            return [button(self._say("card.all_cases_button"), undone.pack())]
        if len(cases_of(self.card, section)) < 2:
            return []
        return [button(self._say("card.cases_button"), CasesCallback(section=section, slug=slug).pack())]

    def _checklist(self) -> Buttons:
        """Under the documents: to tick them."""
        if self.place.section is not CardSection.DOCUMENTS or not self.card.documents:
            return []
        case = case_number(self.card, self.place)
        opened = ChecklistCallback(action=ChecklistAction.OPEN, case=case, slug=self.card.slug)
        return [button(self._say("checklist.open_button"), opened.pack())]

    def _apply(self) -> Buttons:
        """To the page where this very service is applied for."""
        if self.card.apply_url is None or self.card.lapsed is not None:
            return []
        address = text_in(self.card.apply_url, self.language)
        return [InlineKeyboardButton(text=self._say("card.apply_button"), url=address)]

    def _section(self, section: CardSection) -> InlineKeyboardButton:
        label = self._say(f"card.button_{section.name.lower()}")
        return button(label, self._at(replace(self.place, section=section, page=0)))

    def _verdicts(self) -> Buttons:
        return [
            button(
                self._say(f"answer.useful_{verdict.value}"),
                VerdictCallback(verdict=verdict, slug=self.card.slug).pack(),
            )
            for verdict in Verdict
        ]

    def _menu(self) -> InlineKeyboardButton:
        return button(self._say("menu.menu_button"), MenuCallback().pack())

    def _more(self, more: int) -> InlineKeyboardButton:
        place = self.place
        pressed = MoreCallback(
            section=place.section,
            case=case_number(self.card, place),
            page=place.page,
            more=more,
            slug=self.card.slug,
        )
        return button(self._say("card.more_button"), pressed.pack())

    def _at(self, place: CardPlace) -> str:
        case = case_number(self.card, place)
        pressed = CardCallback(section=place.section, case=case, page=place.page, slug=self.card.slug)
        return pressed.pack()

    def _say(self, key: str) -> str:
        return self.texts.plain(self.language, key)


def place_of(callback: CardCallback | MoreCallback, card: ServiceCard) -> CardPlace:
    """The screen a button asks for; an unknown case falls back to all cases."""
    found = cases_of(card, callback.section)
    cases = frozenset({found[callback.case].kk}) if 0 <= callback.case < len(found) else None
    return CardPlace(section=callback.section, cases=cases, page=max(callback.page, 0))
