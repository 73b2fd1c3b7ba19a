"""A question comes, the card goes out."""

import re

import pytest

from bot.catalogue import LiveCatalogue
from cli.ask import document
from registry_data.schema import Language
from simulator.client import labels
from tests.bot.town import Town


@pytest.mark.parametrize(
    ("question", "language", "expected"),
    [
        ("куәлік жоғалды", "kk", "жеке куәліктер беру"),
        ("замена водительских прав", "ru", "Выдача водительских удостоверений"),
        ("id card", "en", "identity cards"),
    ],
)
async def test_a_question_gets_the_card_in_the_person_s_language(
    town: Town, question: str, language: str, expected: str
):
    person = await town.person(language)
    reply = await person.ask(question)
    assert expected in reply["text"]


async def test_a_section_is_shown_in_the_same_message(town: Town):
    person = await town.person("ru")
    card = await person.ask("замена водительских прав")
    await person.press("📄 Документы", card["message_id"])
    after = await person.messages()
    assert len(after) == 2
    assert "Какие нужны документы" in after[-1]["text"]
    assert "◂ Кратко" in labels(after[-1])


async def test_reply_to_closed_window_is_answered(town: Town):
    person = await town.person("ru")
    closed = await person.ask("/menu")
    await person.ask("/menu")
    asked = await person.say("какая завтра погода в Актау", reply_to=closed["message_id"])
    assert "выдумывать не буду" in (await person.wait_for_reply(asked["message_id"]))["text"]


async def test_nothing_near_is_said_plainly(town: Town):
    person = await town.person("ru")
    reply = await person.ask("какая завтра погода в Актау")
    assert "выдумывать не буду" in reply["text"]
    assert "1414" in reply["text"]


@pytest.mark.parametrize(
    "question",
    [
        "замена водительских прав",  # one card
        "сколько стоит апостиль",  # one part of it
        "помогите оформить пособие",  # several near
        "какая завтра погода в Актау",  # nothing
        "мои права при получении госуслуг",  # a guide
        "сколько стоит?",  # a part of no card
    ],
)
async def test_the_command_and_the_bot_give_the_same_answer(
    town: Town, catalogue: LiveCatalogue, question: str
):
    person = await town.person("ru")
    reply = await person.ask(question)
    async with town.database.session() as session:
        held = await catalogue.current(session)
    printed = str(document(held, question, Language.RU, town.clock.now())["text"])
    assert re.sub(r" \(https?://[^\s)]+\)", "", printed) == reply["text"]


async def test_a_guide_tells_where_each_sentence_comes_from(town: Town):
    person = await town.person("ru")
    reply = await person.ask("мои права при получении госуслуг")
    assert "№ 88-V, статья 4" in reply["text"]


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("какие документы нужны для замены прав", "Какие нужны документы"),
        ("сколько стоит замена прав", "Плата"),
        ("за сколько дней делают замену прав", "Срок"),
        ("почему отказали в замене прав", "Основания отказа"),
    ],
)
async def test_the_answer_begins_with_the_part_that_was_asked(town: Town, question: str, heading: str):
    person = await town.person("ru")
    reply = await person.ask(question)
    assert reply["text"].split("\n")[1] == heading
