"""Voice messages: text is asked for, unless the operator has connected a recogniser."""

from collections.abc import AsyncIterator

import pytest
from localgram.client import SimulatedPerson

from database.engine import Database
from kernel.language import Language
from knowledge.catalogue import LiveCatalogue
from messaging.voice.recogniser import NoRecogniserError, load_recogniser
from tests.bot.live_bot import RunningBot, live_bot_on


async def hears(audio: bytes, language: Language) -> str:
    """The tests' own recogniser."""
    return audio.decode() if language is Language.RU else ""


@pytest.fixture
async def hearing_bot(registry_database: Database, catalogue: LiveCatalogue) -> AsyncIterator[RunningBot]:
    async with live_bot_on(registry_database, catalogue, speech=hears) as running:
        yield running


async def say_aloud(person: SimulatedPerson, words: str) -> int:
    sent = await person.upload(words.encode(), name="voice.ogg", kind="voice", mime="audio/ogg")
    return int(sent["message_id"])


async def test_a_voice_message_is_answered_with_the_keyboards_dictation(live_bot: RunningBot):
    person = await live_bot.person("ru")
    reply = await person.wait_for_reply(after=await say_aloud(person, "замена водительских прав"))
    assert "микрофон" in reply["text"]


@pytest.mark.slow
async def test_what_was_heard_is_answered_like_a_typed_message(hearing_bot: RunningBot):
    person = await hearing_bot.person("ru")
    sent = await say_aloud(person, "замена водительских прав")
    heard, card = await person.wait_for_replies(2, after=sent)
    assert "замена водительских прав" in heard["text"]
    assert "Права" in card["text"]


async def test_what_was_not_heard_is_asked_for_in_text(hearing_bot: RunningBot):
    person = await hearing_bot.person("kk")
    reply = await person.wait_for_reply(after=await say_aloud(person, "..."))
    assert "Мәтінмен" in reply["text"]


def test_the_setting_names_a_recogniser():
    assert load_recogniser("tests.bot.test_voice:hears") is hears
    for name in (
        "tests.bot.test_voice:deaf",
        "no.such.module:hears",
        "tests.bot.test_voice",
        "",
        "json:__doc__",
    ):
        with pytest.raises(NoRecogniserError):
            load_recogniser(name)
