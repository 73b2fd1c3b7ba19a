"""The cases of a card: listed with numbers, chosen, kept, and never hiding what belongs to no case."""

import pytest

from bot.views.answers.card import place_of
from bot.views.answers.card_cases import CardCasesView
from bot.views.answers.card_place import CardPlace, CardSection, cases_of
from bot.views.callbacks import CardCallback
from bot.views.text import TEXT_LIMIT
from kernel.language import Language
from registry_data.card_facts import CardFacts
from registry_data.schema import ServiceCard
from tests.bot.cards import INDEX, TODAY, card, check_buttons, view


def documents_with_cases() -> ServiceCard:
    def when(kk: str, ru: str) -> dict[str, str]:
        return {"kk": kk, "ru": ru}

    return card(
        documents=[
            {"kk": "өтініш", "ru": "заявление"},
            {"kk": "сурет", "ru": "фото", "when": when("жоғалтқанда", "при утере")},
            {"kk": "қаулы", "ru": "постановление", "when": when("мерзімі өткенде", "при просрочке")},
        ]
    )


def test_chosen_case_keeps_its_own_and_common_facts():
    subject = documents_with_cases()
    place = place_of(CardCallback(section=CardSection.DOCUMENTS, case=0, slug=subject.slug), subject)
    facts = CardFacts(card=subject, act=None, index=INDEX, today=TODAY)
    text = view.screen(facts, Language.RU, place).text
    assert "заявление" in text
    assert "фото" in text
    assert "постановление" not in text


def test_cases_are_listed_with_numbers_in_card_order():
    subject = documents_with_cases()
    assert [case.ru for case in cases_of(subject, CardSection.DOCUMENTS)] == ["при утере", "при просрочке"]
    screen = CardCasesView(texts=view.texts).screen(subject, Language.RU, CardSection.DOCUMENTS)
    assert "1. при утере\n2. при просрочке" in screen.text
    assert screen.keyboard is not None
    assert [one.text for one in screen.keyboard.inline_keyboard[0]] == ["1", "2"]


@pytest.mark.parametrize("count", [2, 5, 6, 17])
def test_every_case_has_its_number_on_some_page(count: int):
    whens = [{"kk": f"жағдай {number}", "ru": f"случай {number}"} for number in range(count)]
    subject = card(term=[{"amount": 1, "when": when} for when in whens])
    numbers = set()
    for page in range(-1, count):
        screen = CardCasesView(texts=view.texts).screen(subject, Language.RU, CardSection.TERM, page)
        check_buttons(screen)
        assert screen.keyboard is not None
        numbers |= {one.text for row in screen.keyboard.inline_keyboard for one in row}
    assert {str(number) for number in range(1, count + 1)} <= numbers


def test_case_from_the_question_narrows_the_screen_and_buttons():
    subject = card(
        term=[
            {"amount": 15, "when": {"kk": "жалпы", "ru": "в общем порядке"}},
            {"amount": 1, "when": {"kk": "жедел", "ru": "срочно"}},
        ]
    )
    facts = CardFacts(card=subject, act=None, index=INDEX, today=TODAY)
    screen = view.screen(facts, Language.RU, CardPlace(cases=frozenset({"жедел"})))
    assert "\n1 рабочий день" in screen.text
    assert "срочно" in screen.text
    assert "15 рабочих" not in screen.text
    assert screen.keyboard is not None
    pressed = [button.callback_data for row in screen.keyboard.inline_keyboard for button in row]
    assert CardCallback(section=CardSection.TERM, case=1, slug=subject.slug).pack() in pressed


def test_case_unknown_to_a_section_hides_nothing():
    subject = documents_with_cases()
    facts = CardFacts(card=subject, act=None, index=INDEX, today=TODAY)
    place = CardPlace(section=CardSection.DOCUMENTS, cases=frozenset({"басқа"}))
    assert "постановление" in view.screen(facts, Language.RU, place).text


@pytest.mark.parametrize(("case", "page"), [(99, 0), (-5, 0), (0, 99), (0, -3)])
def test_unknown_case_or_page_still_shows_the_section(case: int, page: int):
    subject = documents_with_cases()
    press = CardCallback(section=CardSection.DOCUMENTS, case=case, page=page, slug=subject.slug)
    facts = CardFacts(card=subject, act=None, index=INDEX, today=TODAY)
    assert "заявление" in view.screen(facts, Language.RU, place_of(press, subject)).text


def test_long_section_is_paged_without_loss():
    documents = [
        {"kk": f"құжат {number} " + "а" * 300, "ru": f"бумага {number} " + "а" * 300} for number in range(40)
    ]
    subject = card(documents=documents)
    facts = CardFacts(card=subject, act=None, index=INDEX, today=TODAY)
    seen = ""
    for page in range(10):
        screen = view.screen(facts, Language.RU, CardPlace(section=CardSection.DOCUMENTS, page=page))
        assert len(screen.text) <= TEXT_LIMIT
        seen += screen.text
    assert all(f"бумага {number} " in seen for number in range(40))
