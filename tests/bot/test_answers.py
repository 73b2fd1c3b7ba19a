"""A question is answered with a card."""

import re

import pytest
from localgram.client import labels

from cli.ask import document
from kernel.language import Language
from knowledge.catalogue import LiveCatalogue
from tests.bot.live_bot import RunningBot

pytestmark = pytest.mark.http


@pytest.mark.parametrize(
    ("question", "language", "expected"),
    [
        ("куәлік жоғалды", "kk", "жеке куәлік"),
        ("замена водительских прав", "ru", "Права: замена"),
        ("id card", "en", "identity card"),
    ],
)
async def test_question_gets_the_card_in_the_persons_language(
    live_bot: RunningBot, question: str, language: str, expected: str
):
    person = await live_bot.person(language)
    reply = await person.ask(question)
    assert expected in reply["text"]


async def test_a_section_is_shown_in_the_same_message(live_bot: RunningBot):
    person = await live_bot.person("ru")
    card = await person.ask("замена водительских прав")
    await person.press("📄 Документы", card["message_id"])
    after = await person.messages()
    assert len(after) == 2
    assert "Какие нужны документы" in after[-1]["text"]
    assert "☑️ Отмечать готовое" in labels(after[-1])


async def test_reply_to_closed_window_is_answered(live_bot: RunningBot):
    person = await live_bot.person("ru")
    closed = await person.ask("/menu")
    await person.ask("/menu")
    asked = await person.say("ыфвапролд", reply_to=closed["message_id"])
    assert "не нашёл" in (await person.wait_for_reply(asked["message_id"]))["text"]


async def test_no_match_gets_a_plain_answer(live_bot: RunningBot):
    person = await live_bot.person("ru")
    reply = await person.ask("ыфвапролд")
    assert "выдумывать не буду" in reply["text"]
    assert "1414" in reply["text"]


@pytest.mark.parametrize(
    "question",
    [
        "замена водительских прав",  # one card
        "сколько стоит апостиль",  # one section of it
        "помогите оформить пособие",  # several close matches
        "ыфвапролд",  # no match
        "какая завтра погода в Актау",  # not ours
        "мои права при получении госуслуг",  # a guide
        "сколько стоит?",  # a section without a service
    ],
)
async def test_cli_and_bot_give_the_same_answer(
    live_bot: RunningBot, catalogue: LiveCatalogue, question: str
):
    person = await live_bot.person("ru")
    reply = await person.ask(question)
    async with live_bot.database.session() as session:
        held = await catalogue.current(session)
    printed = str(document(held, question, Language.RU, live_bot.clock.now())["text"])
    assert re.sub(r" \(https?://[^\s)]+\)", "", printed) == reply["text"]


async def test_guide_cites_the_source_of_each_sentence(live_bot: RunningBot):
    person = await live_bot.person("ru")
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
async def test_answer_begins_with_the_asked_part(live_bot: RunningBot, question: str, heading: str):
    person = await live_bot.person("ru")
    reply = await person.ask(question)
    assert reply["text"].split("\n")[0].endswith(f" · {heading}")
