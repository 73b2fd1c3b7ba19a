"""Cards to look at, and what holds for the buttons under each of them."""

from datetime import date
from typing import Any

from bot.views.answers.card import CardView
from bot.views.answers.card_place import CardPlace, CardSection
from bot.views.screen import Screen
from kernel.language import Language
from localisation.translations import Translations
from registry_data.card_facts import CardFacts
from registry_data.indices import MonthlyIndex
from registry_data.schema import ServiceCard

TODAY = date(2026, 11, 21)
INDEX = MonthlyIndex.model_validate({"from": date(2026, 1, 1), "kzt": 4325, "source": "budget law"})
view = CardView(texts=Translations.load())


def card(**fields: Any) -> ServiceCard:
    """A card with a name and the given fields."""
    thin = {
        "slug": "some-service",
        "names": {"kk": "Қызмет", "ru": "Услуга", "en": "Service"},
        "life_situation": "documents",
        "recipients": ["individual"],
        "source": "somewhere",
        "checked": TODAY,
    }
    return ServiceCard.model_validate(thin | fields)


def shown(
    subject: ServiceCard,
    section: CardSection = CardSection.SHORT,
    language: Language = Language.RU,
    **facts: Any,
) -> Screen:
    given = {"act": None, "index": INDEX, "today": TODAY} | facts
    return view.screen(CardFacts(card=subject, **given), language, CardPlace(section=section))


def check_buttons(screen: Screen) -> None:
    assert screen.keyboard is not None
    rows = screen.keyboard.inline_keyboard
    assert len(rows) <= 3
    assert sum(map(len, rows)) <= 6
    for pressed in (pressed for row in rows for pressed in row):
        assert 0 < len(pressed.text) <= 28
        assert len((pressed.callback_data or "").encode()) <= 64
