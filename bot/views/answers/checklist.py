"""The documents of a service as a list to tick in the chat."""

from dataclasses import dataclass
from hashlib import sha256

from bot.views.answers.card import place_of
from bot.views.answers.card_place import CardPlace, CardSection, case_number
from bot.views.answers.card_values import fitting
from bot.views.answers.labels import label_of
from bot.views.callbacks import CardCallback, ChecklistAction, ChecklistCallback
from bot.views.screen import Screen, button, in_rows, keyboard
from bot.views.text import heading
from kernel.language import Language
from localisation.translations import Translations
from registry_data.schema import Item, ServiceCard

IN_A_ROW = 5
PREFIX = "d"
DONE, OPEN = "☑", "☐"


def item_key(item: Item) -> str:
    """Stays the same while the document's wording does, wherever it stands in the list."""
    return sha256(item.kk.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistView:
    texts: Translations
    card: ServiceCard
    language: Language
    place: CardPlace  # the documents that the list is made from

    @property
    def key(self) -> str:
        return f"{PREFIX}:{self.card.slug}:{self._case}"

    @property
    def items(self) -> list[str]:
        return [item_key(item) for item in self._documents]

    def screen(self, ticked: frozenset[str]) -> Screen:
        """The list with a number button for each document, and what can be done with the whole list."""
        boxes = [DONE if item in ticked else OPEN for item in self.items]
        numbers = [
            button(f"{box} {at + 1}", self._data(ChecklistAction.TICK, at)) for at, box in enumerate(boxes)
        ]
        back = CardCallback(section=CardSection.DOCUMENTS, case=self._case, slug=self.card.slug)
        whole = [
            button(self._say("checklist.send_button"), self._data(ChecklistAction.SEND)),
            button(self._say("checklist.drop_button"), self._data(ChecklistAction.DROP)),
        ]
        rows = [*in_rows(numbers, IN_A_ROW), whole, [button(self._say("card.back_button"), back.pack())]]
        lines = [heading(label_of(self.card, self.language)), self._say("checklist.how")]
        lines += [f"{box} {line}" for box, line in zip(boxes, self._lines(), strict=True)]
        return Screen(text="\n".join(lines), keyboard=keyboard(rows))

    def to_forward(self) -> Screen:
        """The list alone, to be sent on to others."""
        return Screen(text="\n".join([heading(label_of(self.card, self.language)), *self._lines()]))

    def _lines(self) -> list[str]:
        return [
            str(
                self.texts.html(
                    self.language, "answer.choice", number=at + 1, name=item.in_language(self.language)
                )
            )
            for at, item in enumerate(self._documents)
        ]

    @property
    def _documents(self) -> list[Item]:
        return fitting(self.card.documents or (), lambda item: item.when, self.place.cases)

    @property
    def _case(self) -> int:
        return case_number(self.card, self.place)

    def _data(self, action: ChecklistAction, item: int = 0) -> str:
        return ChecklistCallback(action=action, item=item, case=self._case, slug=self.card.slug).pack()

    def _say(self, key: str) -> str:
        return self.texts.plain(self.language, key)


def documents_place(card: ServiceCard, case: int) -> CardPlace:
    """The card's documents of the case with this number; of all cases for an unknown one."""
    return place_of(CardCallback(section=CardSection.DOCUMENTS, case=case, slug=card.slug), card)
