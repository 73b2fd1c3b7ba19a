"""Inline mode: at most five cards; the chosen one is short, with a button to the bot."""

import pytest
from localgram.client import SimulatedPerson

from tests.bot.live_bot import RunningBot

pytestmark = pytest.mark.http


async def sent_by_choice(person: SimulatedPerson) -> dict:
    return (await person.messages())[-1]


async def test_query_offers_up_to_five_cards_best_first(live_bot: RunningBot):
    person = await live_bot.person("kk")
    results = await person.ask_inline("куәлік")
    assert 1 <= len(results) <= 5
    assert len({result["id"] for result in results}) == len(results)


async def test_chosen_card_is_short_and_links_to_the_bot(live_bot: RunningBot):
    person = await live_bot.person("ru")
    results = await person.ask_inline("замена водительских прав")
    await person.choose(results[0]["id"])
    message = await sent_by_choice(person)
    assert "Права: замена" in message["text"]
    [[to_bot]] = message["reply_markup"]["inline_keyboard"]
    assert to_bot["url"].endswith("?start=svc_driving-licence")


async def test_empty_query_offers_nothing(live_bot: RunningBot):
    person = await live_bot.person("ru")
    assert await person.ask_inline("") == []
    assert await person.ask_inline("   ") == []


async def test_card_sent_via_inline_is_not_a_question(live_bot: RunningBot):
    person = await live_bot.person("ru")
    results = await person.ask_inline("замена водительских прав")
    await person.choose(results[0]["id"])
    await person.ask("поставить апостиль")
    replies = [message for message in await person.messages() if message["from"]["is_bot"]]
    assert len(replies) == 1
