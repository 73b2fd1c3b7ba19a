"""The deadline calculator from the command to the counting, in three languages."""

from datetime import datetime

import pytest
from localgram.client import SimulatedPerson, labels

from tests.bot.live_bot import RunningBot

EXPECTED = {
    "kk": ["Соңғы күні: 31.03.2026", "20.03 жм – 1 · жұмыс күні", "мереке: Наурыз мейрамы", "2-тармақ"],
    "ru": [
        "Последний день: 31.03.2026",
        "20.03 пт – 1 · рабочий день",
        "праздник: Наурыз мейрамы",
        "пункт 2",
    ],
    "en": [
        "Last day: 31 March 2026",
        "20.03 Fri – 1 · working day",
        "holiday: Nauryz",
        "Law 88-V Art. 25 ¶2",
    ],
}


async def choose(person: SimulatedPerson, language: str) -> int:
    """Open the calculator in `language` and go to the date question; return the window's message id."""
    await person.say("/language")
    await person.wait_for_reply()
    await person.press({"kk": "Қазақша", "ru": "Русский", "en": "English"}[language])
    await person.wait_for_replies(2)
    window = await person.ask("/deadline")
    number = int(window["message_id"])
    await press_ending(person, number, "group:complaint")
    await press_ending(person, number, "rule:complaint.provider")
    return number


async def press_ending(person: SimulatedPerson, number: int, ending: str) -> None:
    """Press the button whose data end so; the prefix names the window."""
    window = next(message for message in await person.messages() if message["message_id"] == number)
    await person.press(next(label for label in labels(window) if label.endswith(ending)), number)


async def shown(person: SimulatedPerson, number: int) -> str:
    """The text of the window."""
    window = next(message for message in await person.messages() if message["message_id"] == number)
    return str(window["text"])


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_count_is_shown_in_the_persons_language(live_bot: RunningBot, language: str):
    person = await live_bot.person(language)
    await choose(person, language)
    reply = await person.ask("19.03.2026")
    for text in EXPECTED[language]:
        assert text in reply["text"]


async def test_hour_decides_the_registration_day(live_bot: RunningBot):
    person = await live_bot.person("ru")
    await choose(person, "ru")
    reply = await person.ask("13.03.2026 18:31")
    assert "День регистрации: 16.03.2026" in reply["text"]
    assert "после рабочего времени (18:30)" in reply["text"]


async def test_date_past_the_published_calendar_is_preliminary(live_bot: RunningBot):
    person = await live_bot.person("kk")
    await choose(person, "kk")
    reply = await person.ask("28.12.2026")
    assert "Соңғы күні (алдын ала): 06.01.2027" in reply["text"]
    assert "2026 жылғы 31 желтоқсанды қоса алғанда ғана жарияланған" in reply["text"]


@pytest.mark.parametrize("text", ["скоро", "32.03.2026", "19.03.2026 25:00", "1234567890"])
async def test_invalid_date_is_asked_again(live_bot: RunningBot, text: str):
    person = await live_bot.person("ru")
    await choose(person, "ru")
    assert "Не понимаю эту дату" in (await person.ask(text))["text"]
    assert "Последний день: 31.03.2026" in (await person.ask("2026-03-19 10:00"))["text"]


async def test_date_outside_the_calendar_names_its_bounds(live_bot: RunningBot):
    person = await live_bot.person("ru")
    await choose(person, "ru")
    assert "01.01.2016 по 31.12.2076" in (await person.ask("01.02.1999"))["text"]


async def test_extension_is_toggled_by_its_button(live_bot: RunningBot):
    person = await live_bot.person("ru")
    await choose(person, "ru")
    result = await person.ask("19.03.2026")
    number = int(result["message_id"])
    await person.press("➕ Продлить на 10 рабочих дней", number)
    text = await shown(person, number)
    assert "Последний день: 14.04.2026" in text
    assert "Срок продлевают один раз" in text
    await person.press("➖ Без продления", number)
    assert "Последний день: 31.03.2026" in await shown(person, number)


async def test_now_is_the_bot_clock(live_bot: RunningBot):
    person = await live_bot.person("ru")
    live_bot.clock.set(datetime.fromisoformat("2026-03-19T10:00:00+05:00"))
    number = await choose(person, "ru")
    await person.press("🕒 Сейчас", number)
    assert "Последний день: 31.03.2026" in await shown(person, number)


async def test_duty_without_a_length_is_explained(live_bot: RunningBot):
    person = await live_bot.person("ru")
    window = await person.ask("/deadline")
    number = int(window["message_id"])
    await press_ending(person, number, "group:complaint")
    await press_ending(person, number, "rule:complaint.private_provider")
    assert "Срока для этой обязанности акт не задаёт" in await shown(person, number)


async def test_length_set_by_a_document_is_asked(live_bot: RunningBot):
    person = await live_bot.person("ru")
    window = await person.ask("/deadline")
    number = int(window["message_id"])
    await press_ending(person, number, "group:service")
    await press_ending(person, number, "rule:service.paper_via_corporation")
    assert "целое число от 1 до 1000" in (await person.ask("пять"))["text"]
    await person.ask("5")
    assert "Последний день: 31.03.2026" in (await person.ask("19.03.2026"))["text"]


async def test_question_during_term_choice_is_answered(live_bot: RunningBot):
    person = await live_bot.person("ru")
    await person.ask("/deadline")
    reply = await person.ask("замена водительских прав")
    assert "водительск" in reply["text"].casefold()


async def test_date_in_words_is_confirmed_and_counted_from(live_bot: RunningBot):
    person = await live_bot.person("ru")
    await choose(person, "ru")
    sent = await person.say("в прошлую пятницу")
    confirmed, result = await person.wait_for_replies(2, after=sent["message_id"])
    assert "20.11.2026, пятница" in confirmed["text"]
    assert "20.11.2026" in result["text"]
