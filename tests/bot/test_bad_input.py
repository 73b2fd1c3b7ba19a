"""Any input gets a sentence or an alert; nothing raises and nothing stays unanswered."""

import pytest
from localgram.client import SimulatedPerson, labels

from tests.bot.live_bot import RunningBot

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


@pytest.mark.parametrize(
    "text",
    [
        ".",  # punctuation only
        "я" * 4096,  # the longest message
        "😀🎉🇰🇿",  # no letters
        "12345678901234567890",  # digits only
        "مرحبا، أريد جواز سفر",  # right-to-left text
        "уд\u0000остоверение",  # a null byte, which PostgreSQL's text type rejects
        "\u202eтропсап",  # a right-to-left override
        "<b>паспорт</b> & <script>",  # markup
        "'; DROP TABLE people; --",
        "{{ 7 * 7 }} {% raw %}",  # a template
        "/nosuchcommand",
        "ПАСПОРТ!!!!!!!!!!!!!!!!",
    ],
)
async def test_any_text_gets_an_answer(live_bot: RunningBot, text: str):
    person = await live_bot.person("ru")
    reply = await person.ask(text)
    assert reply["text"]
    assert "Номер случая" not in reply["text"]


@pytest.mark.parametrize(
    ("kind", "name", "content"),
    [
        ("photo", "photo.png", PNG),
        ("voice", "voice.ogg", b"OggS"),
        ("sticker", "sticker.webp", b"RIFF"),
        ("video", "video.mp4", b"\0\0\0\x18ftypmp42"),
        ("document", "list.pdf", b"%PDF-1.4"),
    ],
)
async def test_non_text_message_gets_a_request_for_text(
    live_bot: RunningBot, kind: str, name: str, content: bytes
):
    person = await live_bot.person("ru")
    sent = await person.upload(content, name=name, kind=kind)
    reply = await person.wait_for_reply(sent["message_id"])
    assert "словами" in reply["text"]


async def test_an_album_gets_one_answer(live_bot: RunningBot):
    person = await live_bot.person("ru")
    for number in range(3):
        await person.upload(PNG, name=f"{number}.png", kind="photo", album="holiday")
    await person.ask("замена водительских прав")
    replies = [message["text"] for message in await person.messages() if message["from"]["is_bot"]]
    assert len([text for text in replies if "словами" in text]) == 1


async def test_photo_caption_is_a_question(live_bot: RunningBot):
    person = await live_bot.person("ru")
    sent = await person.upload(PNG, name="photo.png", kind="photo", caption="замена водительских прав")
    reply = await person.wait_for_reply(sent["message_id"])
    assert "Права: замена" in reply["text"]


async def test_contact_and_location_are_answered(live_bot: RunningBot):
    person = await live_bot.person("kk")
    contact = await person.share_contact("+77010000000")
    assert (await person.wait_for_reply(contact["message_id"]))["text"]
    place = await person.share_location(43.2, 76.9)
    assert (await person.wait_for_reply(place["message_id"]))["text"]


async def card_of(person: SimulatedPerson) -> int:
    card = await person.ask("замена водительских прав")
    return int(card["message_id"])


@pytest.mark.parametrize(
    "data",
    [
        "c:d:-1:0:no-such-service",
        "c:d:999:999:apostille",  # neither the case nor the page exists: shown from the start
        "c:zzz:0:0:apostille",
        "c:d:0:0:' OR 1=1 --",
        "v:w:apostille",
        "g:no-such-guide",
        "l:xx:",
        "abcdef\x1dmain",  # a dialog window that never existed
        "\x1d\x1d\x1d",
        "🙂",
        "x" * 64,
    ],
)
async def test_forged_callback_data_gets_an_answer(live_bot: RunningBot, data: str):
    person = await live_bot.person("ru")
    answer = (await person.send_callback(data, await card_of(person)))["answer"]
    assert answer is not None


@pytest.mark.parametrize("data", ["x" * 64, "c:zzz:0:0:apostille", "l:xx:", "\x1dmain"])
async def test_unknown_button_gives_an_alert_and_keeps_the_card(live_bot: RunningBot, data: str):
    person = await live_bot.person("ru")
    await person.ask("/menu")  # its dialog must not take the callback
    number = await card_of(person)
    answer = (await person.send_callback(data, number))["answer"]
    assert "устарела" in answer["text"]
    assert "🌐 Язык" in labels(await person.wait_for_reply(number))
    shown = next(message for message in await person.messages() if message["message_id"] == number)
    assert "Права: замена" in shown["text"]


async def test_button_of_another_persons_window_gives_alert_and_menu(live_bot: RunningBot):
    owner, stranger = await live_bot.person("ru"), await live_bot.person("ru")
    menu = await owner.ask("/menu")
    data = labels(menu)[1]
    number = await card_of(stranger)
    answer = (await stranger.send_callback(data, number))["answer"]
    assert answer["show_alert"]
    assert "🌐 Язык" in labels(await stranger.wait_for_reply(number))


async def test_outdated_menu_gives_an_alert_and_a_new_menu(live_bot: RunningBot):
    person = await live_bot.person("ru")
    old = await person.ask("/menu")
    button = labels(old)[1]
    while labels(await person.ask("/menu"))[1] == button:
        """aiogram-dialog numbers windows by the second and one of a hundred: they may be the same once."""
    answer = (await person.send_callback(button, old["message_id"]))["answer"]
    assert "устарела" in answer["text"]


async def test_buttons_of_an_old_card_work(live_bot: RunningBot):
    person = await live_bot.person("ru")
    old = await card_of(person)
    await person.ask("апостиль")
    await person.press("💳 Плата", old)
    shown = next(message for message in await person.messages() if message["message_id"] == old)
    assert "МРП" in shown["text"]


async def test_button_of_a_deleted_message_is_answered(live_bot: RunningBot):
    person = await live_bot.person("ru")
    number = await card_of(person)
    data = next(label for label in labels((await person.messages())[-1]) if label.startswith("c:d"))
    await person.delete(number)
    assert (await person.send_callback(data, number))["answer"] is not None


async def test_group_learns_once_that_the_bot_is_private(live_bot: RunningBot):
    person = await live_bot.person("ru")
    group = await live_bot.client.group("Соседи")
    first = await person.ask("замена прав", chat=group)
    assert "лично" in first["text"] or "жеке" in first["text"]
    await person.say("/menu", chat=group)
    await person.ask(
        "замена водительских прав"
    )  # a private question, to be sure that the group's update was handled
    replies = [message for message in await person.messages(chat=group) if message["from"]["is_bot"]]
    assert len(replies) == 1


async def test_nothing_is_posted_into_a_channel(live_bot: RunningBot):
    person = await live_bot.person("ru")
    channel = await live_bot.client.group("Новости", "channel")
    await person.say("замена прав", chat=channel)
    await person.ask("замена прав")  # in private, to be sure that the channel's post was handled
    assert len(await person.messages(chat=channel)) == 1
