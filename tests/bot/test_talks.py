"""Whole talks: commands, menu, languages, links, follow-ups."""

from datetime import timedelta

import pytest

from simulator.client import labels
from tests.bot.town import Town

OWN_NAMES = ["Қазақша", "Русский", "English"]


async def test_start_asks_for_the_language_in_the_languages_own_names(town: Town):
    person = await town.person("ru")
    await person.start()
    reply = await person.wait_for_reply()
    assert sorted(text for text in labels(reply) if text in OWN_NAMES) == sorted(OWN_NAMES)
    assert labels(reply)[0] == "Русский"  # the one that Telegram proposes stands first


async def test_choosing_a_language_opens_the_menu_in_it(town: Town):
    person = await town.person("ru")
    await person.start()
    await person.wait_for_reply()
    await person.press("Қазақша")
    _, menu = await person.wait_for_replies(2)
    assert "Өмірлік жағдайлар" in " ".join(labels(menu))


async def test_a_chosen_language_outlives_the_telegram_language(town: Town):
    person = await town.person("ru")
    await person.say("/language")
    await person.wait_for_reply()
    await person.press("English")
    await person.wait_for_replies(2)
    reply = await person.ask("замена водительских прав")
    assert "Who renders it" in reply["text"]


async def test_a_link_to_a_service_survives_the_choice_of_a_language(town: Town):
    person = await town.person("kk")
    await person.start("svc_apostille")
    await person.wait_for_reply()
    await person.press("Русский")
    _, card = await person.wait_for_replies(2)
    assert "апостил" in card["text"].casefold()


async def test_a_link_to_a_service_that_is_not_there_is_answered_with_a_sentence_and_the_menu(town: Town):
    person = await town.person("ru")
    await person.say("/language")
    await person.wait_for_reply()
    await person.press("Русский")
    await person.wait_for_replies(2)
    start = await person.start("svc_<b>&nothing")
    gone, menu = await person.wait_for_replies(2, after=start["message_id"])
    assert "больше нет" in gone["text"]
    assert labels(menu)


async def test_a_link_that_names_no_service_opens_the_menu_without_a_word_of_a_service(town: Town):
    person = await town.person("ru")
    await person.start()
    await person.wait_for_reply()
    await person.press("Русский")
    await person.wait_for_replies(2)
    start = await person.start("leaflet")
    reply = await person.wait_for_reply(start["message_id"])
    assert "🌐 Язык" in labels(reply)


async def test_a_command_that_the_bot_does_not_have_is_no_question(town: Town):
    person = await town.person("ru")
    said = await person.say("/passport")
    answer, menu = await person.wait_for_replies(2, after=said["message_id"])
    assert "команд" in answer["text"]
    assert "🌐 Язык" in labels(menu)


async def test_a_cards_button_opens_its_part_while_the_menu_stands_above(town: Town):
    person = await town.person("ru")
    await person.ask("/menu")
    card = await person.ask("замена водительских прав")
    await person.press("💳 Плата", card["message_id"])
    shown = (await person.messages())[-1]
    assert shown["message_id"] == card["message_id"]
    assert "МРП" in shown["text"]
    assert "Плата" in shown["text"]


@pytest.mark.parametrize("command", ["/menu", "/language", "/help", "/cancel"])
async def test_a_command_works_before_anything_was_chosen(town: Town, command: str):
    person = await town.person("kk")
    reply = await person.ask(command)
    assert reply["text"]


async def test_services_are_found_by_life_situation_page_by_page_and_back(town: Town):
    person = await town.person("ru")
    menu = await person.ask("/menu")
    await person.press("🗂 Жизненные ситуации", menu["message_id"])
    await person.press("📜 Лицензии и разрешения", menu["message_id"])
    first = (await person.messages())[-1]
    assert len([data for data in labels(first) if "service:" in data]) == 8
    assert "1 / 4" in labels(first)
    await person.press("▸", menu["message_id"])
    second = (await person.messages())[-1]
    assert "2 / 4" in labels(second)
    assert labels(second)[0] not in labels(first)
    await person.press("◂ Назад", menu["message_id"])
    await person.press("◂ Назад", menu["message_id"])
    assert "🌐 Язык" in labels((await person.messages())[-1])


async def test_a_service_chosen_from_the_list_comes_as_its_card(town: Town):
    person = await town.person("ru")
    menu = await person.ask("/menu")
    await person.press("🗂 Жизненные ситуации", menu["message_id"])
    await person.press("💼 Работа", menu["message_id"])
    listed = labels((await person.messages())[-1])
    await person.press(listed[0], menu["message_id"])
    card = await person.wait_for_reply(after=menu["message_id"])
    assert "Кто оказывает" in card["text"]


async def test_a_follow_up_means_the_card_shown_last_for_ten_minutes(town: Town):
    person = await town.person("ru")
    await person.ask("замена водительских прав")
    follow_up = await person.ask("а сколько стоит?")
    assert "Выдача водительских удостоверений" in follow_up["text"]
    assert "Плата" in follow_up["text"]
    town.clock.advance(timedelta(minutes=11))
    later = await person.ask("а сколько стоит?")
    assert "Выдача водительских удостоверений" not in later["text"]


async def test_an_edited_message_is_a_new_question(town: Town):
    person = await town.person("ru")
    said = await person.say("какая завтра погода")
    await person.wait_for_reply()
    await person.edit(said["message_id"], "замена водительских прав")
    _, card = await person.wait_for_replies(2)
    assert "водительских" in card["text"]


async def test_another_language_is_offered_once_and_never_taken_unasked(town: Town):
    person = await town.person("kk")
    asked = await person.say("как заменить водительские права")
    card, offer = await person.wait_for_replies(2, after=asked["message_id"])
    assert "Кім көрсетеді" in card["text"]
    assert "Перейти на русский" in labels(offer)
    again = await person.ask("как получить удостоверение личности взамен утерянного")
    assert "Перейти на русский" not in labels(again)
    assert "Кім көрсетеді" in again["text"] or "Қайсысы" in again["text"]


async def test_taking_the_offered_language_changes_it(town: Town):
    person = await town.person("kk")
    asked = await person.say("как заменить водительские права")
    await person.wait_for_replies(2, after=asked["message_id"])
    await person.press("Перейти на русский")
    reply = await person.ask("замена водительских прав")
    assert "Кто оказывает" in reply["text"]


async def test_the_bot_is_told_in_three_languages_in_telegram_s_profile(own_town: Town):
    commands = await own_town.door.calls("setMyCommands")
    assert {call["arguments"].get("language_code") for call in commands} == {None, "kk", "ru", "en"}


async def test_a_greeting_is_greeted_and_thanks_are_answered(town: Town):
    person = await town.person("kk")
    assert "Сәлеметсіз бе" in (await person.ask("салем"))["text"]
    assert "Оқасы жоқ" in (await person.ask("көп рахмет!"))["text"]
