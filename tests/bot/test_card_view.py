"""A card on the screen: every fact with its act, a missing one said to be missing, nothing cut."""

from datetime import date
from typing import Any

import pytest

from bot.callbacks import CardPress
from bot.translations import Translations
from bot.views.card import CardView, place_of
from bot.views.facts import CardFacts
from bot.views.place import CardPlace, Section, cases_of
from bot.views.screen import Screen
from bot.views.text import TEXT_LIMIT
from registry_data.acts import Act
from registry_data.contents import load_registry
from registry_data.indices import MonthlyIndex, mrp_on
from registry_data.schema import Language, ServiceCard
from simulator.entities.html import parse

TODAY = date(2026, 11, 21)
INDEX = MonthlyIndex.model_validate({"from": date(2026, 1, 1), "kzt": 4325, "source": "budget law"})
view = CardView(texts=Translations.load())
registry = load_registry()


def card(**fields: Any) -> ServiceCard:
    """A card that says nothing but its name, and what is given."""
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
    subject: ServiceCard, section: Section = Section.SHORT, language: Language = Language.RU, **facts: Any
) -> Screen:
    given = {"act": None, "index": INDEX, "today": TODAY} | facts
    return view.screen(CardFacts(card=subject, **given), language, CardPlace(section=section))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("subject", registry.cards, ids=lambda subject: subject.slug)
def test_every_screen_of_every_card_fits_telegram(subject: ServiceCard, language: Language):
    acts = {act.key: act for act in registry.acts}
    facts = CardFacts(
        card=subject,
        act=acts.get(subject.act or ""),
        index=mrp_on(TODAY, registry.indices),
        today=TODAY,
    )
    for section in Section:
        screen = view.screen(facts, language, CardPlace(section=section))
        text, _ = parse(screen.text)
        assert 0 < len(text.encode("utf-16-le")) // 2 <= TEXT_LIMIT
        assert "None" not in text
        assert screen.keyboard is not None
        for row in screen.keyboard.inline_keyboard:
            for pressed in row:
                assert pressed.text
                assert len((pressed.callback_data or "").encode()) <= 64


@pytest.mark.parametrize("section", [Section.DOCUMENTS, Section.TERM, Section.FEE, Section.REFUSAL])
@pytest.mark.parametrize("language", Language)
def test_a_fact_that_the_card_lacks_is_said_to_be_missing_with_1414(section: Section, language: Language):
    assert "1414" in shown(card(), section, language).text


def test_a_thin_card_says_of_each_line_that_it_is_not_told():
    assert shown(card()).text.count("в карточке не указано") == 5


def test_no_fee_is_told_apart_from_an_unknown_fee():
    assert "бесплатно" in shown(card(fee=[])).text
    assert "бесплатно" not in shown(card()).text


def test_a_fee_stands_in_indices_and_in_tenge_with_the_index_s_source():
    text = shown(card(fee=[{"mrp": 0.2}]), Section.FEE).text
    assert "0,2 МРП (865 ₸)" in text
    assert "budget law" in text


def test_the_index_s_source_is_a_link_to_its_page():
    index = MonthlyIndex.model_validate(
        {"from": date(2026, 1, 1), "kzt": 4325, "source": "https://example.kz/mrp (law of 2025-12-08)"}
    )
    text = shown(card(fee=[{"mrp": 1}]), Section.FEE, index=index).text
    assert '<a href="https://example.kz/mrp">example.kz</a>).' in text


def test_a_fee_stands_in_indices_alone_where_the_year_s_value_is_unknown():
    text = shown(card(fee=[{"mrp": 8}]), Section.FEE, index=None).text
    assert "8 МРП" in text
    assert "₸" not in text


def test_a_fee_of_nothing_for_some_is_said_to_be_free_for_them():
    fee = [{"mrp": 0, "what": {"kk": "азаматтар", "ru": "граждане"}}, {"mrp": 2}]
    assert "бесплатно – граждане" in shown(card(fee=fee), Section.FEE).text


def test_markup_in_a_card_shows_as_it_is_typed():
    names = {"kk": "<b>А & Б</b>", "ru": "<b>А & Б</b>"}
    text, entities = parse(shown(card(names=names)).text)
    assert "<b>А & Б</b>" in text
    assert all("<b>" not in text[entity.offset : entity.offset + 1] for entity in entities)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Выдача лицензии на медицинскую деятельность", False),  # Art. 19-1 ¶4
        ("Выдача водительских удостоверений", True),
        ("Выдача разрешения на хранение оружия", True),  # a permit is no licence
    ],
)
def test_common_grounds_of_refusal_are_not_shown_on_a_licence(name: str, expected: bool):
    subject = card(names={"kk": "Қызмет", "ru": name})
    assert ("19-1 п. 2" in shown(subject, Section.REFUSAL).text) is expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"life_situation": "documents"}, True),
        ({"life_situation": "pension"}, False),  # Law 88-V Art. 5 ¶2 2)
        ({"life_situation": "social"}, False),
        ({"names": {"kk": "Жәрдемақы", "ru": "Назначение пособия многодетным"}}, False),
    ],
)
def test_notarised_copies_may_be_asked_for_on_pension_and_social_cards(
    fields: dict[str, Any], expected: bool
):
    assert ("нотариально" in shown(card(**fields), Section.RIGHTS).text) is expected


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        (date(2025, 5, 21), False),  # 18 months to the day
        (date(2025, 5, 20), True),
    ],
)
def test_a_wording_older_than_eighteen_months_carries_a_warning(version: date, expected: bool):
    act = Act.model_validate(
        {"key": "act-1", "title": {"kk": "Бұйрық", "ru": "Приказ"}, "number": "№ 1", "date": TODAY}
    )
    text = shown(card(act="act-1", version=version), act=act).text
    assert ("⚠️" in text) is expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (Language.KK, "https://adilet.zan.kz/kaz/docs/V1"),
        (Language.RU, "https://adilet.zan.kz/rus/docs/V1"),
        (Language.EN, "https://adilet.zan.kz/rus/docs/V1"),  # few acts have an English text
    ],
)
def test_a_kazakh_reader_is_led_to_the_kazakh_text_of_the_act(language: Language, expected: str):
    act = Act.model_validate(
        {
            "key": "act-1",
            "title": {"kk": "Бұйрық", "ru": "Приказ"},
            "number": "№ 1",
            "date": TODAY,
            "url": "https://adilet.zan.kz/rus/docs/V1",
        }
    )
    assert f'href="{expected}"' in shown(card(act="act-1"), Section.SHORT, language, act=act).text


def test_a_card_without_an_act_says_so_and_names_its_page():
    text = shown(card(source=["https://egov.kz/some/page", "a file of ours"])).text
    assert "Акт в карточке не указан" in text
    assert "https://egov.kz/some/page" in text
    assert "a file of ours" not in text


def test_an_english_reader_is_told_that_the_register_speaks_russian():
    assert "Kazakh and Russian only" in shown(card(), Section.SHORT, Language.EN).text


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ([(15, "working_days")], "15 рабочих дней"),
        ([(15, "working_days"), (1, "working_days")], "1 рабочий день – 15 рабочих дней"),  # least first
        ([(1, "months"), (30, "minutes"), (5, "working_days")], "30 минут – 1 месяц"),  # whatever the unit
    ],
)
def test_the_short_screen_tells_the_least_and_the_longest_term(terms: list[tuple[int, str]], expected: str):
    subject = card(term=[{"amount": amount, "unit": unit} for amount, unit in terms])
    assert expected in shown(subject).text


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


def test_a_chosen_case_leaves_what_applies_to_it_and_what_applies_to_all():
    subject = documents_with_cases()
    place = place_of(CardPress(section=Section.DOCUMENTS, case=0, slug=subject.slug), subject)
    facts = CardFacts(card=subject, act=None, index=INDEX, today=TODAY)
    text = view.screen(facts, Language.RU, place).text
    assert "заявление" in text
    assert "фото" in text
    assert "постановление" not in text


def test_the_cases_are_buttons_in_the_card_s_order():
    subject = documents_with_cases()
    assert [case.ru for case in cases_of(subject, Section.DOCUMENTS)] == ["при утере", "при просрочке"]
    keyboard = shown(subject, Section.DOCUMENTS).keyboard
    assert keyboard is not None
    labels = [row[0].text for row in keyboard.inline_keyboard]
    assert labels[:2] == ["при утере", "при просрочке"]


def test_a_case_chosen_by_the_question_narrows_the_short_screen_and_goes_with_the_buttons():
    subject = card(
        term=[
            {"amount": 15, "when": {"kk": "жалпы", "ru": "в общем порядке"}},
            {"amount": 1, "when": {"kk": "жедел", "ru": "срочно"}},
        ]
    )
    facts = CardFacts(card=subject, act=None, index=INDEX, today=TODAY)
    screen = view.screen(facts, Language.RU, CardPlace(cases=frozenset({"жедел"})))
    assert "1 рабочий день\n" in screen.text
    assert "срочно" in screen.text
    assert "15 рабочих" not in screen.text
    assert screen.keyboard is not None
    pressed = [button.callback_data for row in screen.keyboard.inline_keyboard for button in row]
    assert CardPress(section=Section.TERM, case=1, slug=subject.slug).pack() in pressed


def test_a_case_that_a_section_does_not_know_hides_none_of_its_facts():
    subject = documents_with_cases()
    facts = CardFacts(card=subject, act=None, index=INDEX, today=TODAY)
    place = CardPlace(section=Section.DOCUMENTS, cases=frozenset({"басқа"}))
    assert "постановление" in view.screen(facts, Language.RU, place).text


@pytest.mark.parametrize(("case", "page"), [(99, 0), (-5, 0), (0, 99), (0, -3)])
def test_a_case_or_page_that_is_not_there_shows_the_section_none_the_less(case: int, page: int):
    subject = documents_with_cases()
    press = CardPress(section=Section.DOCUMENTS, case=case, page=page, slug=subject.slug)
    facts = CardFacts(card=subject, act=None, index=INDEX, today=TODAY)
    assert "заявление" in view.screen(facts, Language.RU, place_of(press, subject)).text


def test_a_long_section_is_parted_into_pages_and_loses_nothing():
    documents = [
        {"kk": f"құжат {number} " + "а" * 300, "ru": f"бумага {number} " + "а" * 300} for number in range(40)
    ]
    subject = card(documents=documents)
    facts = CardFacts(card=subject, act=None, index=INDEX, today=TODAY)
    seen = ""
    for page in range(10):
        screen = view.screen(facts, Language.RU, CardPlace(section=Section.DOCUMENTS, page=page))
        assert len(screen.text) <= TEXT_LIMIT
        seen += screen.text
    assert all(f"бумага {number} " in seen for number in range(40))
