"""What people say to the bot itself, said to the whole bot."""

from localgram.client import SimulatedPerson, labels

from tests.bot.live_bot import RunningBot


async def texts_after(person: SimulatedPerson, text: str, count: int = 1) -> list[dict[str, object]]:
    sent = await person.say(text)
    return await person.wait_for_replies(count, after=sent["message_id"])


async def test_words_open_what_buttons_and_commands_open(live_bot: RunningBot):
    person = await live_bot.person("ru")
    assert "🌐 Язык" in labels(await person.ask("покажите меню"))
    assert "Русский" in labels(await person.ask("сменить язык"))
    assert "1414" in (await person.ask("ты человек?"))["text"]
    assert "Ваши жалобы" in (await person.ask("что с моей жалобой"))["text"]
    assert "Удалить всё?" in (await person.ask("удалите мои данные"))["text"]


async def test_a_person_is_one_tap_away(live_bot: RunningBot):
    person = await live_bot.person("kk")
    told, contact = await texts_after(person, "операторды шақырыңызшы", 2)
    assert "1414" in str(told["text"])
    assert contact["contact"]["phone_number"] == "1414"  # type: ignore[index]


async def test_danger_gets_numbers_with_their_sources(live_bot: RunningBot):
    person = await live_bot.person("ru")
    reply = await person.ask("муж меня бьёт, не знаю что делать")
    for number in ("102", "103", "112", "111", "150"):
        assert number in reply["text"]
    assert "egov.kz" in reply["text"]


async def test_a_story_becomes_the_text_of_the_complaint(live_bot: RunningBot):
    person = await live_bot.person("ru")
    consent = await person.ask("хочу пожаловаться: в ЦОНе нахамили и не приняли документы")
    await person.press("✅ Согласен, начнём", consent["message_id"])
    kept, _ = await person.wait_for_replies(2, after=consent["message_id"])
    assert "в текст жалобы" in kept["text"]


async def test_a_number_under_a_list_chooses_from_it(live_bot: RunningBot):
    person = await live_bot.person("ru")
    offered = await person.ask("паспорт")
    if "2." in offered["text"] or any(label.startswith("2.") for label in labels(offered)):
        chosen = await person.ask("2")
        assert chosen["text"] != offered["text"]


async def test_the_number_of_another_persons_complaint_is_like_none(live_bot: RunningBot):
    person = await live_bot.person("ru")
    assert "нет" in (await person.ask("26-00000001-3"))["text"]
    assert "нет" in (await person.ask("№ 26-00000017-5"))["text"]


async def test_a_window_that_waits_for_text_gets_all_but_the_words_that_leave_it(live_bot: RunningBot):
    person = await live_bot.person("ru")
    window = await person.ask("/deadline")
    await person.press(labels(window)[0], window["message_id"])
    await person.press(labels((await person.messages())[-1])[0], window["message_id"])
    assert "не понимаю" in (await person.ask("позовите оператора"))["text"].casefold()
    back = await person.ask("назад")
    assert labels(back)
    cancelled, menu = await texts_after(person, "отмена", 2)
    assert "Прервано" in str(cancelled["text"])
    assert labels(menu)
