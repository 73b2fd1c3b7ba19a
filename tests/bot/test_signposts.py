"""A card with fewer than five items shows the way, in one sentence; a lapsed card says so."""

import re

import pytest

from bot.views.answers.card_place import CardSection, held_sections
from kernel.language import Language
from registry_data.completeness import is_signpost
from registry_data.contents import load_registry
from tests.bot.cards import card, shown
from tests.bot.live_bot import RunningBot
from tests.each import each_case
from tests.registry.factories import act

NOT_IN_THE_CARD = re.compile(
    "карточк[еу] нет|карточке не |карточка(да|сында) .*(жоқ|көрсетілмеген|айтылмаған)"
    "|card does not|Not in the card"
)
PARTS = (
    CardSection.SHORT,
    CardSection.DOCUMENTS,
    CardSection.TERM,
    CardSection.FEE,
    CardSection.WHERE,
    CardSection.REFUSAL,
    CardSection.AMOUNT,
    CardSection.AGE,
    CardSection.ELIGIBILITY,
)
PROVIDER = {"kk": "Емхана", "ru": "Поликлиника", "en": "The clinic"}


@pytest.mark.slow
def test_every_signpost_of_the_registry_shows_the_way() -> None:
    registry = load_registry()
    acts = {act.key: act for act in registry.acts}
    with each_case() as cases:
        for subject in filter(is_signpost, registry.cards):
            for language in Language:
                for part in PARTS:
                    with cases.case(subject.slug, language, part.name):
                        text = shown(subject, part, language, act=acts.get(subject.act or "")).text
                        assert not NOT_IN_THE_CARD.search(text), text
                with cases.case(subject.slug, language):
                    text = shown(subject, CardSection.SHORT, language, act=acts.get(subject.act or "")).text
                    assert subject.provider
                    if subject.lapsed is not None:
                        assert "🧭" not in text
                        continue
                    way = next(line for line in text.split("\n") if "🧭" in line)
                    assert subject.provider.in_language(language) in way
                    assert "1414" in way
                    assert "https://" in way


def test_a_signpost_is_one_sentence() -> None:
    subject = card(provider=PROVIDER, source="https://www.gov.kz/services/1")
    said = {
        Language.KK: "🧭 Жауапты: Емхана; қалай алу керегін сол жерден немесе 1414 нөміріне хабарласып "
        'сұраңыз, ресми бет – <a href="https://www.gov.kz/services/1">gov.kz</a>.',
        Language.RU: "🧭 Отвечает: Поликлиника; как получить услугу, спросите там или по номеру 1414, "
        'официальная страница – <a href="https://www.gov.kz/services/1">gov.kz</a>.',
        Language.EN: "🧭 Responsible: The clinic; ask there or call 1414, "
        'official page: <a href="https://www.gov.kz/services/1">gov.kz</a>.',
    }
    with each_case() as cases:
        for language, sentence in said.items():
            for part in (CardSection.SHORT, CardSection.DOCUMENTS, CardSection.WHERE):
                with cases.case(language, part.name):
                    lines = shown(subject, part, language).text.split("\n")
                    assert sentence in lines


def test_pages_open_in_the_reader_s_language() -> None:
    pages = {
        "https://adilet.zan.kz/eng/docs/V1": ("kaz/docs/V1", "rus/docs/V1", "eng/docs/V1"),
        "https://egov.kz/cms/en/articles/x": ("cms/kk/articles/x", "cms/ru/articles/x", "cms/en/articles/x"),
        "https://www.gov.kz/services/1?lang=en": ("1?lang=kk", "1?lang=ru", "1?lang=en"),
    }
    with each_case() as cases:
        for page, endings in pages.items():
            for language, ending in zip(Language, endings, strict=True):
                with cases.case(page, language):
                    assert (
                        f'{ending}">' in shown(card(provider=PROVIDER, source=page), language=language).text
                    )


def test_a_signpost_without_anything_still_says_where_to_ask() -> None:
    assert "🧭 Как получить эту услугу, спросите по номеру 1414." in shown(card()).text
    assert (
        "🧭 Бұл қызметті қалай алу керегін 1414 нөміріне хабарласып сұраңыз."
        in shown(card(), language=Language.KK).text
    )
    assert "🧭 To learn how to get this service, call 1414." in shown(card(), language=Language.EN).text


def test_what_a_signpost_holds_is_told_as_on_any_card() -> None:
    subject = card(provider=PROVIDER, term=[{"amount": 3}], documents=[{"kk": "Өтініш", "ru": "Заявление"}])
    assert "3 рабочих дня." in shown(subject).text
    assert "Заявление" in shown(subject, CardSection.DOCUMENTS).text
    assert CardSection.WHERE not in held_sections(subject)


def test_a_lapsed_service_or_act_is_never_answered_from_silently() -> None:
    heading = {"kk": "Ереже. Күші жойылды", "ru": "Правила. Утратил силу"}
    marked = card(lapsed={"kk": "Қызмет енді автоматты", "ru": "Теперь автоматически", "en": "Now automatic"})
    told = {
        "repealed": (card(), act(repealed="2025-03-01"), "утратил силу 01.03.2025"),
        "by its heading": (card(), act(title=heading), "утратил силу</b>"),
        "the card itself": (marked, None, "Этой услуги больше нет.</b> Теперь автоматически."),
    }
    with each_case() as cases:
        for name, (subject, basis, warning) in told.items():
            for part in PARTS:
                with cases.case(name, part.name):
                    assert "⚠️" in shown(subject, part, act=basis).text
                    assert warning in shown(subject, part, act=basis).text
        with cases.case("in force"):
            assert "⚠️" not in shown(card(), act=act()).text


async def test_a_signpost_asked_for_two_parts_answers_once(live_bot: RunningBot) -> None:
    person = await live_bot.person("ru")
    before = len(await person.messages())
    await person.ask("сколько стоит больничный лист и какие документы нужны")
    texts = [message["text"] for message in (await person.messages())[before + 1 :]]
    assert sum("🧭" in text for text in texts) == 1
