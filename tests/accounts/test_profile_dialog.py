"""/me: stored values are shown, changed and deleted, and nothing is stored before consent."""

from typing import Any

import pytest
from localgram.client import SimulatedPerson, labels

from tests.accounts.numbers import made_up_iin
from tests.bot.live_bot import RunningBot


async def shown(person: SimulatedPerson) -> str:
    """The current screen of /me."""
    sent = await person.say("/me")
    seen = await person.wait_until(lambda messages: any(map(is_me, messages)), sent["message_id"])
    return str(next(message["text"] for message in seen if is_me(message)))


def is_me(message: dict[str, Any]) -> bool:
    return "Что о вас хранится" in message.get("text", "")


async def replies_to(person: SimulatedPerson, text: str, replies: int) -> list[str]:
    sent = await person.say(text)
    return [one["text"] for one in await person.wait_for_replies(replies, sent["message_id"])]


async def agreed(live_bot: RunningBot) -> SimulatedPerson:
    """A person who has consented and is asked for their name."""
    person = await live_bot.person("ru")
    await person.ask("/me")
    await person.press("Имя")
    await person.press("✅ Согласен")
    return person


async def test_nothing_is_asked_before_consent(live_bot: RunningBot):
    person = await live_bot.person("ru")
    first = await person.ask("/me")
    assert "не хранится" in first["text"]
    await person.press("ИИН/БИН")
    asked = (await person.messages())[-1]
    assert "Согласие на хранение" in asked["text"]
    await person.press("Не согласен")
    assert "Согласие: не хранится" in (await person.messages())[-1]["text"]


async def test_name_number_and_region_are_stored_and_shown(live_bot: RunningBot):
    person = await agreed(live_bot)
    await replies_to(person, "Серикова  Айгуль", 2)
    await person.press("ИИН/БИН")
    number = made_up_iin()
    await replies_to(person, f"{number[:6]} {number[6:]}", 2)
    await person.press("Регион")
    await person.press("город Шымкент")
    text = await shown(person)
    assert "Имя: Серикова Айгуль\n" in text
    assert f"ИИН/БИН: {number}\n" in text
    assert "Регион: город Шымкент" in text
    assert "Согласие: редакция 2026-" in text


async def test_number_with_wrong_digit_is_asked_again(live_bot: RunningBot):
    person = await agreed(live_bot)
    await replies_to(person, "Серикова Айгуль", 2)
    await person.press("ИИН/БИН")
    number = made_up_iin()
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert "не ИИН и не БИН" in (await replies_to(person, wrong, 1))[0]
    await replies_to(person, number, 2)
    assert number in await shown(person)


async def test_contact_button_stores_own_telephone(live_bot: RunningBot):
    person = await agreed(live_bot)
    await replies_to(person, "Серикова Айгуль", 2)
    await person.press("Телефон")
    sent = (await person.press("📱 Отправить мой номер"))["message"]
    assert f"Телефон: {sent['contact']['phone_number']}\n" in await shown(person)


async def test_contact_of_another_person_is_rejected(live_bot: RunningBot):
    person = await agreed(live_bot)
    await replies_to(person, "Серикова Айгуль", 2)
    await person.press("Телефон")
    before = (await person.messages())[-1]["message_id"]
    await person.share_contact("+77020000000", user_id=None)
    await person.share_contact("+77020000000", user_id=999)
    replies = await person.wait_for_replies(2, before)
    assert all("другого человека" in one["text"] for one in replies)
    assert "+77020000000" not in await shown(person)


async def test_typed_telephone_is_normalised(live_bot: RunningBot):
    person = await agreed(live_bot)
    await replies_to(person, "Серикова Айгуль", 2)
    await person.press("Телефон")
    await replies_to(person, "8 (701) 000-00-09", 2)
    assert "+77010000009" in await shown(person)


async def test_non_text_message_is_not_a_name(live_bot: RunningBot):
    person = await agreed(live_bot)
    sent = await person.upload(b"RIFF", name="sticker.webp", kind="sticker")
    assert "только текст" in (await person.wait_for_reply(sent["message_id"]))["text"]


async def test_forget_one_value_then_all(live_bot: RunningBot):
    person = await agreed(live_bot)
    await replies_to(person, "Серикова Айгуль", 2)
    await person.press("Имя")
    await person.press("🗑 Забыть это")
    assert "Имя: не хранится" in await shown(person)
    await person.press("Имя")
    await replies_to(person, "Серикова Айгуль", 2)
    await person.press("🗑 Забыть всё")
    await person.press("Да, удалить всё")
    assert "О вас ничего не хранится" in (await person.messages())[-1]["text"]
    text = await shown(person)
    assert "Имя: не хранится" in text
    assert "Согласие: не хранится" in text


async def test_command_closes_the_asking_window(live_bot: RunningBot):
    person = await agreed(live_bot)
    menu = await person.ask("/menu")
    assert "🌐 Язык" in labels(menu)
    assert "Имя: не хранится" in await shown(person)


@pytest.mark.parametrize(
    "data",
    [
        "field:official_name",  # an official's name is given only with an invitation
        "field:telegram_id",
        "code:shymkent",  # a button of another window
        "agree",
        "forget_value",
    ],
)
async def test_forged_callback_changes_nothing(live_bot: RunningBot, data: str):
    person = await live_bot.person("ru")
    me = await person.ask("/me")
    intent = next(data for data in labels(me) if "\x1d" in data).split("\x1d")[0]
    assert (await person.send_callback(f"{intent}\x1d{data}", me["message_id"]))["answer"] is not None
    text = await shown(person)
    assert "Регион: не хранится" in text
    assert "Согласие: не хранится" in text
