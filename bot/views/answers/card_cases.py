"""The list of a section's cases, numbered, with a button for each number."""

from dataclasses import dataclass

from bot.views.answers.card_place import ALL_CASES, CardSection, cases_of
from bot.views.answers.labels import label_of
from bot.views.callbacks import CardCallback, CasesCallback
from bot.views.screen import Screen, button, in_rows, keyboard
from bot.views.text import heading
from kernel.language import Language
from localisation.translations import Translations
from registry_data.schema import ServiceCard

WITHOUT_PAGES, ON_A_PAGE = 5, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class CardCasesView:
    texts: Translations

    def screen(self, card: ServiceCard, language: Language, section: CardSection, page: int = 0) -> Screen:
        """A page of the cases; an unknown page falls back to the last one."""
        found = list(enumerate(cases_of(card, section)))
        size = len(found) if len(found) <= WITHOUT_PAGES else ON_A_PAGE
        pages = max(1, -(-len(found) // max(size, 1)))
        page = min(max(page, 0), pages - 1)
        shown = found[page * size : (page + 1) * size]
        lines = [heading(label_of(card, language)), str(self.texts.html(language, "card.case_ask"))]
        lines += [
            str(self.texts.html(language, "answer.choice", number=at + 1, name=case.in_language(language)))
            for at, case in shown
        ]
        chosen = [
            button(str(at + 1), CardCallback(section=section, case=at, slug=card.slug).pack())
            for at, _ in shown
        ]
        turn = [
            button(label, CasesCallback(section=section, page=to, slug=card.slug).pack())
            for to, label in ((page - 1, "◂"), (page + 1, "▸"))
            if 0 <= to < pages
        ]
        undone = CardCallback(section=section, case=ALL_CASES, slug=card.slug).pack()
        back = [] if len(turn) == 2 else [button(self.texts.plain(language, "card.all_cases_button"), undone)]
        return Screen(text="\n".join(lines), keyboard=keyboard([*in_rows(chosen, 4), [*turn, *back]]))
