"""Inline mode: five cards at most, and the chosen one short, with a button to the bot."""

from simulator.client import SimulatedPerson
from tests.bot.town import Town


async def sent_by_choice(person: SimulatedPerson) -> dict:
    return (await person.messages())[-1]


async def test_words_offer_up_to_five_cards_best_first(town: Town):
    person = await town.person("kk")
    results = await person.ask_inline("куәлік")
    assert 1 <= len(results) <= 5
    assert len({result["id"] for result in results}) == len(results)


async def test_the_chosen_card_is_short_and_leads_to_the_bot(town: Town):
    person = await town.person("ru")
    results = await person.ask_inline("замена водительских прав")
    await person.choose(results[0]["id"])
    message = await sent_by_choice(person)
    assert "Выдача водительских удостоверений" in message["text"]
    [[to_bot]] = message["reply_markup"]["inline_keyboard"]
    assert to_bot["url"].endswith("?start=svc_driving-licence")


async def test_no_words_offer_nothing_and_break_nothing(town: Town):
    person = await town.person("ru")
    assert await person.ask_inline("") == []
    assert await person.ask_inline("   ") == []


async def test_a_card_chosen_in_the_bot_s_own_chat_is_no_question(town: Town):
    person = await town.person("ru")
    results = await person.ask_inline("замена водительских прав")
    await person.choose(results[0]["id"])
    await person.ask("поставить апостиль")
    said = [message for message in await person.messages() if message["from"]["is_bot"]]
    assert len(said) == 1
