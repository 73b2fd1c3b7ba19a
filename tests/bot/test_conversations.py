"""Conversations: commands, menu, languages, links, follow-ups."""

import re
from datetime import timedelta

import pytest
from localgram.client import labels

from tests.bot.live_bot import RunningBot

pytestmark = pytest.mark.http

OWN_NAMES = ["Қазақша", "Русский", "English"]


async def test_start_offers_languages_by_their_own_names(live_bot: RunningBot):
    person = await live_bot.person("ru")
    await person.start()
    reply = await person.wait_for_reply()
    assert sorted(text for text in labels(reply) if text in OWN_NAMES) == sorted(OWN_NAMES)
    assert labels(reply)[0] == "Русский"  # Telegram's language comes first


async def test_chosen_language_opens_the_menu(live_bot: RunningBot):
    person = await live_bot.person("ru")
    await person.start()
    await person.wait_for_reply()
    await person.press("Қазақша")
    _, menu = await person.wait_for_replies(2)
    assert "Өмірлік жағдайлар" in " ".join(labels(menu))


async def test_chosen_language_overrides_the_telegram_language(live_bot: RunningBot):
    person = await live_bot.person("ru")
    await person.say("/language")
    await person.wait_for_reply()
    await person.press("English")
    await person.wait_for_replies(2)
    reply = await person.ask("замена водительских прав")
    assert "Driving licence" in reply["text"]


async def test_service_link_survives_the_language_choice(live_bot: RunningBot):
    person = await live_bot.person("kk")
    await person.start("svc_apostille")
    await person.wait_for_reply()
    await person.press("Русский")
    _, card = await person.wait_for_replies(2)
    assert "апостил" in card["text"].casefold()


async def test_link_to_unknown_service_gets_an_explanation_and_menu(live_bot: RunningBot):
    person = await live_bot.person("ru")
    await person.say("/language")
    await person.wait_for_reply()
    await person.press("Русский")
    await person.wait_for_replies(2)
    start = await person.start("svc_<b>&nothing")
    gone, menu = await person.wait_for_replies(2, after=start["message_id"])
    assert "больше нет" in gone["text"]
    assert labels(menu)


async def test_link_without_a_service_opens_the_menu(live_bot: RunningBot):
    person = await live_bot.person("ru")
    await person.start()
    await person.wait_for_reply()
    await person.press("Русский")
    await person.wait_for_replies(2)
    start = await person.start("leaflet")
    reply = await person.wait_for_reply(start["message_id"])
    assert "🌐 Язык" in labels(reply)


async def test_unknown_command_is_not_a_question(live_bot: RunningBot):
    person = await live_bot.person("ru")
    sent = await person.say("/passport")
    answer, menu = await person.wait_for_replies(2, after=sent["message_id"])
    assert "команд" in answer["text"]
    assert "🌐 Язык" in labels(menu)


async def test_card_button_opens_its_part_below_a_menu(live_bot: RunningBot):
    person = await live_bot.person("ru")
    await person.ask("/menu")
    card = await person.ask("замена водительских прав")
    await person.press("💳 Плата", card["message_id"])
    shown = (await person.messages())[-1]
    assert shown["message_id"] == card["message_id"]
    assert "МРП" in shown["text"]
    assert "Плата" in shown["text"]


@pytest.mark.parametrize("command", ["/menu", "/language", "/help", "/cancel"])
async def test_command_works_before_a_language_is_chosen(live_bot: RunningBot, command: str):
    person = await live_bot.person("kk")
    reply = await person.ask(command)
    assert reply["text"]


async def test_services_are_paged_by_life_situation(live_bot: RunningBot):
    person = await live_bot.person("ru")
    menu = await person.ask("/menu")
    await person.press("🗂 Жизненные ситуации", menu["message_id"])
    await person.press("📚 Все услуги по темам", menu["message_id"])
    await person.press("📜 Лицензии и разрешения", menu["message_id"])
    first = (await person.messages())[-1]
    assert len([data for data in labels(first) if "service:" in data]) == 8
    assert any(re.fullmatch(r"1 / \d+", label) for label in labels(first))
    await person.press("▸", menu["message_id"])
    second = (await person.messages())[-1]
    assert any(re.fullmatch(r"2 / \d+", label) for label in labels(second))
    assert labels(second)[0] not in labels(first)
    for _ in range(3):
        await person.press("◂ Назад", menu["message_id"])
    assert "🌐 Язык" in labels((await person.messages())[-1])


async def test_service_chosen_from_the_list_opens_its_card(live_bot: RunningBot):
    person = await live_bot.person("ru")
    menu = await person.ask("/menu")
    await person.press("🗂 Жизненные ситуации", menu["message_id"])
    await person.press("📚 Все услуги по темам", menu["message_id"])
    await person.press("💼 Работа", menu["message_id"])
    listed = labels((await person.messages())[-1])
    await person.press(listed[0], menu["message_id"])
    card = await person.wait_for_reply(after=menu["message_id"])
    assert card["text"].startswith(listed[0])


async def test_follow_up_refers_to_the_last_card_for_ten_minutes(live_bot: RunningBot):
    person = await live_bot.person("ru")
    await person.ask("замена водительских прав")
    follow_up = await person.ask("а сколько стоит?")
    assert "Права: замена" in follow_up["text"]
    assert "Плата" in follow_up["text"]
    live_bot.clock.advance(timedelta(minutes=11))
    later = await person.ask("а сколько стоит?")
    assert "Права: замена" not in later["text"]


async def test_an_edited_message_is_a_new_question(live_bot: RunningBot):
    person = await live_bot.person("ru")
    sent = await person.say("какая завтра погода")
    await person.wait_for_reply()
    await person.edit(sent["message_id"], "замена водительских прав")
    _, card = await person.wait_for_replies(2)
    assert "Права: замена" in card["text"]


async def test_other_language_is_offered_once_and_never_forced(live_bot: RunningBot):
    person = await live_bot.person("kk")
    asked = await person.say("как заменить водительские права")
    card, offer = await person.wait_for_replies(2, after=asked["message_id"])
    assert "Жүргізуші куәлігі" in card["text"]
    assert "Перейти на русский" in labels(offer)
    again = await person.ask("как получить удостоверение личности взамен утерянного")
    assert "Перейти на русский" not in labels(again)
    assert "жеке куәлік" in again["text"] or "Қайсысы" in again["text"]


async def test_accepting_the_offered_language_changes_it(live_bot: RunningBot):
    person = await live_bot.person("kk")
    asked = await person.say("как заменить водительские права")
    await person.wait_for_replies(2, after=asked["message_id"])
    await person.press("Перейти на русский")
    reply = await person.ask("замена водительских прав")
    assert "Права: замена" in reply["text"]


async def test_telegram_profile_is_in_three_languages(own_bot: RunningBot):
    commands = await own_bot.client.calls("setMyCommands")
    assert {call["arguments"].get("language_code") for call in commands} == {None, "kk", "ru", "en"}


async def test_greeting_and_thanks_are_answered(live_bot: RunningBot):
    person = await live_bot.person("kk")
    assert "Сәлеметсіз бе" in (await person.ask("салем"))["text"]
    assert "Оқасы жоқ" in (await person.ask("көп рахмет!"))["text"]
