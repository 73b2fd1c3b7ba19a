"""A card on the screen: every fact has its act, missing facts are named, nothing is cut."""

from collections.abc import Mapping
from datetime import date
from itertools import product
from typing import Any

import pytest
from localgram.entities.html import parse

from bot.views.answers.card_place import CardPlace, CardSection, cases_of, held_sections
from bot.views.answers.checklist import ChecklistView, documents_place
from bot.views.text import TEXT_LIMIT
from kernel.language import Language
from registry_data.acts import Act
from registry_data.card_facts import CardFacts
from registry_data.contents import load_registry
from registry_data.indices import MonthlyIndex, mrp_on
from registry_data.schema import ServiceCard
from tests.bot.cards import TODAY, card, check_buttons, shown, view
from tests.each import each_case

registry = load_registry()


@pytest.mark.slow
def test_every_screen_of_every_card_fits_telegram():
    acts = {act.key: act for act in registry.acts}
    with each_case() as cases:
        for subject, language in product(registry.cards, Language):
            with cases.case(subject.slug, language):
                check_screens(subject, language, acts)


def check_screens(subject: ServiceCard, language: Language, acts: Mapping[str, Act]) -> None:
    facts = CardFacts(
        card=subject,
        act=acts.get(subject.act or ""),
        index=mrp_on(TODAY, registry.indices),
        today=TODAY,
    )
    for section in CardSection:
        screen = view.screen(facts, language, CardPlace(section=section))
        text, _ = parse(screen.text)
        assert 0 < len(text.encode("utf-16-le")) // 2 <= TEXT_LIMIT
        assert "None" not in text
        assert screen.keyboard is not None
        check_buttons(screen)
    check_more(facts, language)
    check_checklist(subject, language)


def check_checklist(subject: ServiceCard, language: Language) -> None:
    for case in range(-1, len(cases_of(subject, CardSection.DOCUMENTS))):
        place = documents_place(subject, case)
        list_view = ChecklistView(texts=view.texts, card=subject, language=language, place=place)
        text, _ = parse(list_view.screen(frozenset()).text)
        assert len(text.encode("utf-16-le")) // 2 <= TEXT_LIMIT


def check_more(facts: CardFacts, language: Language) -> None:
    """Every section that holds something is a button, and no other."""
    named = set()
    for presses in range(6):
        screen = view.screen(facts, language, CardPlace(), presses)
        check_buttons(screen)
        assert screen.keyboard is not None
        pressed = [one.callback_data or "" for row in screen.keyboard.inline_keyboard for one in row]
        named |= {data.split(":")[1] for data in pressed if data.startswith("c:")}
    assert named == {section.value for section in held_sections(facts.card)}


@pytest.mark.parametrize(
    "section", [CardSection.DOCUMENTS, CardSection.TERM, CardSection.FEE, CardSection.REFUSAL]
)
@pytest.mark.parametrize("language", Language)
def test_missing_fact_refers_to_1414(section: CardSection, language: Language):
    assert "1414" in shown(card(), section, language).text


def test_card_names_what_it_lacks_in_one_line():
    text = {"kk": "Мәтін", "ru": "Текст"}
    text = shown(card(result=text, schedule=text, forms=["paper"], refusal_grounds=[])).text
    assert "В карточке нет: перечня документов, срока, платы, куда обращаться." in text
    assert text.count("1414") == 1


def test_second_line_is_the_direct_answer():
    subject = card(
        fee=[{"mrp": 0.2}],
        term=[{"amount": 15}],
        channels=["gov_corporation", "egov_portal"],
        documents=[{"kk": "өтініш", "ru": "заявление"}],
    )
    expected = {
        CardSection.SHORT: "865 ₸, 15 рабочих дней, в ЦОНе или на egov.kz.",
        CardSection.FEE: "865 ₸.",
        CardSection.TERM: "15 рабочих дней.",
        CardSection.WHERE: "В ЦОНе или на egov.kz.",
        CardSection.DOCUMENTS: "Нужен 1 документ.",
    }
    told = {section: shown(subject, section).text.split("\n")[1] for section in expected}
    assert told == expected


def test_free_service_differs_from_an_unknown_fee():
    assert "\nБесплатно." in shown(card(fee=[])).text
    assert "есплатно" not in shown(card()).text


def test_fee_is_shown_in_indices_and_tenge_with_its_source():
    text = shown(card(fee=[{"mrp": 0.2}]), CardSection.FEE).text
    assert "0,2 МРП (865 ₸)" in text
    assert "budget law" in text


def test_index_source_links_to_its_page():
    index = MonthlyIndex.model_validate(
        {"from": date(2026, 1, 1), "kzt": 4325, "source": "https://example.kz/mrp (law of 2025-12-08)"}
    )
    text = shown(card(fee=[{"mrp": 1}]), CardSection.FEE, index=index).text
    assert '<a href="https://example.kz/mrp">example.kz</a>).' in text


def test_fee_is_in_indices_only_when_the_year_is_unknown():
    text = shown(card(fee=[{"mrp": 8}]), CardSection.FEE, index=None).text
    assert "8 МРП" in text
    assert "₸" not in text


def test_fee_exemption_is_shown_as_free():
    fee = [{"mrp": 0, "what": {"kk": "азаматтар", "ru": "граждане"}}, {"mrp": 2}]
    assert "бесплатно – граждане" in shown(card(fee=fee), CardSection.FEE).text


def test_card_markup_is_escaped():
    names = {"kk": "<b>А & Б</b>", "ru": "<b>А & Б</b>"}
    text, entities = parse(shown(card(names=names)).text)
    assert "<b>А & Б</b>" in text
    assert all("<b>" not in text[entity.offset : entity.offset + 1] for entity in entities)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Выдача лицензии на медицинскую деятельность", False),  # Art. 19-1 ¶4
        ("Выдача водительских удостоверений", True),
        ("Выдача разрешения на хранение оружия", True),  # a permit is not a licence
    ],
)
def test_licence_hides_common_refusal_grounds(name: str, expected: bool):
    subject = card(names={"kk": "Қызмет", "ru": name})
    assert ("19-1 п. 2" in shown(subject, CardSection.REFUSAL).text) is expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"life_situation": "documents"}, True),
        ({"life_situation": "pension"}, False),  # Law 88-V Art. 5 ¶2 2)
        ({"life_situation": "social"}, False),
        ({"names": {"kk": "Жәрдемақы", "ru": "Назначение пособия многодетным"}}, False),
    ],
)
def test_pension_and_social_cards_allow_notarised_copies(fields: dict[str, Any], expected: bool):
    assert ("нотариально" in shown(card(**fields), CardSection.RIGHTS).text) is expected


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        (date(2025, 5, 21), False),  # exactly 18 months
        (date(2025, 5, 20), True),
    ],
)
def test_wording_older_than_eighteen_months_has_a_warning(version: date, expected: bool):
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
def test_kazakh_reader_gets_a_link_to_the_kazakh_act(language: Language, expected: str):
    act = Act.model_validate(
        {
            "key": "act-1",
            "title": {"kk": "Бұйрық", "ru": "Приказ"},
            "number": "№ 1",
            "date": TODAY,
            "url": "https://adilet.zan.kz/rus/docs/V1",
        }
    )
    assert f'href="{expected}"' in shown(card(act="act-1"), CardSection.SHORT, language, act=act).text


def test_card_without_an_act_links_to_its_page():
    text = shown(card(source=["https://egov.kz/some/page", "a file of ours"])).text
    assert '<a href="https://egov.kz/some/page">Официальная страница</a>' in text
    assert "a file of ours" not in text


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ([(15, "working_days")], "15 рабочих дней"),
        ([(15, "working_days"), (1, "working_days")], "1–15 рабочих дней"),  # shortest first
        ([(1, "months"), (30, "minutes"), (5, "working_days")], "30 минут – 1 месяц"),  # in any unit
    ],
)
def test_short_screen_shows_the_shortest_and_longest_term(terms: list[tuple[int, str]], expected: str):
    subject = card(term=[{"amount": amount, "unit": unit} for amount, unit in terms])
    assert expected in shown(subject).text


APPLY = "https://egov.kz/cms/ru/services/x"


def test_apply_online_is_the_first_button_wherever_there_is_an_address():
    subject = card(
        apply_url=APPLY, fee=[], term=[{"amount": 1}], documents=[{"kk": "Өтініш", "ru": "Заявление"}]
    )
    with each_case() as cases:
        for section in CardSection:
            with cases.case(section):
                screen = shown(subject, section)
                check_buttons(screen)
                assert screen.keyboard is not None
                assert APPLY.replace("/ru/", "/en/") in str(shown(subject, section, Language.EN).keyboard)
                buttons = [one for row in screen.keyboard.inline_keyboard for one in row]
                found = [number for number, one in enumerate(buttons) if one.url == APPLY]
                assert found == [1 if section is CardSection.DOCUMENTS else 0]
    gone = shown(card(apply_url=APPLY, lapsed={"kk": "Жойылды", "ru": "Отменена"}))
    assert gone.keyboard is not None
    assert not any(one.url for row in gone.keyboard.inline_keyboard for one in row)


def test_place_tells_the_site_and_what_is_there_for_people_with_disabilities():
    subject = card(
        provider={"kk": "Полиция", "ru": "Полиция"},
        channels=["provider"],
        provider_site="https://www.gov.kz/memleket/entities/qriim",
        disability=[{"kk": "Үйге барады", "ru": "Выезжают на дом"}],
    )
    text = shown(subject, CardSection.WHERE).text
    assert "https://www.gov.kz/memleket/entities/qriim" in text
    assert "Людям с инвалидностью:</b>\n• Выезжают на дом" in text


def test_english_is_marked_once_as_unofficial():
    receipt = {"kk": "Түбіртек", "ru": "Квитанция", "en": "Receipt"}
    bare = {"kk": "Өтініш", "ru": "Заявление"}
    notes = {
        "unofficial: the act is in": card(documents=[receipt]),
        "what is not rendered yet is in Russian": card(documents=[receipt, bare]),
        "not rendered into English yet": card(documents=[bare]),
    }
    with each_case() as cases:
        for (note, subject), section in product(notes.items(), (CardSection.SHORT, CardSection.DOCUMENTS)):
            with cases.case(note, section):
                text = shown(subject, section, Language.EN).text
                assert text.count("unofficial") + text.count("not rendered into") == 1
                assert note in text
                assert "нглийск" not in shown(subject, section).text


def test_statement_names_its_act_and_point():
    act = Act.model_validate(
        {"key": "law-1", "title": {"kk": "Заң", "ru": "Закон"}, "number": "№ 1-V", "date": "2013-04-15"}
    )
    held = {"kk": "40 000 теңге", "ru": "40 000 тенге", "act": "law-1", "point": "Art. 5 ¶2"}
    text = shown(card(amount=[held]), CardSection.AMOUNT, acts={"law-1": act}).text
    assert "40 000 тенге" in text
    assert "№ 1-V, статья 5, пункт 2" in text
