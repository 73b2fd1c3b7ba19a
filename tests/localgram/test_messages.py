"""Sending, editing and deleting: successful calls, and each of Telegram's errors."""

from datetime import timedelta
from typing import Any

import pytest
from localgram.client import SimulatedPerson, SimulatorClient

from kernel.clock import FixedClock
from tests.localgram.conftest import Api

UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
KEYBOARD = {"inline_keyboard": [[{"text": "Иә", "callback_data": "yes"}]]}
LONGEST = "ә" * 4096


async def test_message_has_sender_chat_and_date(api: Api, person: SimulatedPerson) -> None:
    message = await api.call("sendMessage", chat_id=person.number, text="Сәлем")
    assert message["from"] == {
        "id": 42,
        "is_bot": True,
        "first_name": "Qyzmet",
        "username": "qyzmet_bot",
    }
    assert message["chat"]["type"] == "private"
    assert message["date"] == 1790827200
    assert "delete_chat_photo" not in message


async def test_text_of_4096_characters_is_accepted(api: Api, person: SimulatedPerson) -> None:
    message = await api.call("sendMessage", chat_id=person.number, text=LONGEST)
    assert message["text"] == LONGEST


async def test_tags_do_not_count_towards_length(api: Api, person: SimulatedPerson) -> None:
    text = f"<b>{LONGEST}</b>"
    message = await api.call("sendMessage", chat_id=person.number, text=text, parse_mode="HTML")
    assert len(message["text"]) == 4096


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n\t "}, "message text is empty"),
        ({"text": " \u200b"}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": LONGEST + "ә"}, "message is too long"),
        ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        (
            {"text": "<p>", "parse_mode": "HTML"},
            'can\'t parse entities: Unsupported start tag "p" at byte offset 0',
        ),
        ({"text": "x", "entities": "["}, "can't parse entities JSON object"),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"text": "x", "reply_parameters": [1]}, "object expected as reply parameters"),
        ({"text": "x", "chat_id": 77}, "chat not found"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"text": "x", "reply_markup": [1]}, "object expected as reply markup"),
    ],
)
async def test_invalid_message_is_rejected(
    api: Api, person: SimulatedPerson, arguments: dict[str, Any], reason: str
) -> None:
    assert await api.refusal("sendMessage", **({"chat_id": person.number} | arguments)) == reason


async def test_reply_quotes_message(api: Api, person: SimulatedPerson) -> None:
    asked = await person.say("сұрақ")
    number = asked["message_id"]
    reply = {"message_id": number}
    message = await api.call("sendMessage", chat_id=person.number, text="x", reply_parameters=reply)
    assert message["reply_to_message"]["text"] == "сұрақ"


async def test_reply_to_missing_message_can_be_allowed(api: Api, person: SimulatedPerson) -> None:
    reply = {"message_id": 99, "allow_sending_without_reply": True}
    message = await api.call("sendMessage", chat_id=person.number, text="x", reply_parameters=reply)
    assert "reply_to_message" not in message


async def test_bot_cannot_write_first(api: Api, client: SimulatorClient) -> None:
    stranger = await client.person("Тимур", "ru")
    status, body = await api.answer("sendMessage", chat_id=stranger.number, text="x")
    assert (status, body["description"]) == (403, "Forbidden: bot can't initiate conversation with a user")


async def test_blocked_bot_gets_403(api: Api, person: SimulatedPerson) -> None:
    await person.block()
    status, body = await api.answer("sendMessage", chat_id=person.number, text="x")
    assert (status, body["description"]) == (403, "Forbidden: bot was blocked by the user")
    await person.unblock()
    await api.call("sendMessage", chat_id=person.number, text="x")


@pytest.fixture
async def sent(api: Api, person: SimulatedPerson) -> dict[str, Any]:
    """A message of the bot with a keyboard."""
    return dict(await api.call("sendMessage", chat_id=person.number, text="бір", reply_markup=KEYBOARD))


async def test_text_edit_removes_keyboard(api: Api, person: SimulatedPerson, sent: dict[str, Any]) -> None:
    place = {"chat_id": person.number, "message_id": sent["message_id"]}
    edited = await api.call("editMessageText", **place, text="<i>екі</i>", parse_mode="HTML")
    assert edited["text"] == "екі"
    assert edited["entities"][0]["type"] == "italic"
    assert "reply_markup" not in edited
    assert edited["edit_date"] == sent["date"]
    assert (await person.messages())[-1]["text"] == "екі"


async def test_keyboard_edit_leaves_text(api: Api, person: SimulatedPerson, sent: dict[str, Any]) -> None:
    place = {"chat_id": person.number, "message_id": sent["message_id"]}
    edited = await api.call("editMessageReplyMarkup", **place)
    assert (edited["text"], "reply_markup" in edited) == ("бір", False)


@pytest.mark.parametrize(
    ("method", "arguments", "reason"),
    [
        ("editMessageText", {"text": "бір", "reply_markup": KEYBOARD}, UNCHANGED),
        ("editMessageText", {"text": " бір ", "reply_markup": KEYBOARD}, UNCHANGED),
        ("editMessageReplyMarkup", {"reply_markup": KEYBOARD}, UNCHANGED),
        ("editMessageText", {"text": "x", "message_id": 99}, "message to edit not found"),
        ("editMessageText", {"text": "x", "message_id": 1}, "message can't be edited"),
        ("editMessageText", {"text": "x", "message_id": ""}, "message identifier is not specified"),
        ("editMessageText", {"text": ""}, "message text is empty"),
        ("editMessageText", {"text": "x", "chat_id": 77}, "chat not found"),
        ("editMessageText", {"text": "x", "inline_message_id": "none"}, "MESSAGE_ID_INVALID"),
        (
            "editMessageText",
            {"text": "x", "reply_markup": {"keyboard": [["a"]]}},
            "inline keyboard expected",
        ),
    ],
)
async def test_invalid_edit_is_rejected(
    *,
    api: Api,
    person: SimulatedPerson,
    sent: dict[str, Any],
    method: str,
    arguments: dict[str, Any],
    reason: str,
) -> None:
    place = {"chat_id": person.number, "message_id": sent["message_id"]}
    assert await api.refusal(method, **(place | arguments)) == reason


async def test_message_with_reply_keyboard_cannot_be_edited(api: Api, person: SimulatedPerson) -> None:
    below = {"keyboard": [["a"]]}
    message = await api.call("sendMessage", chat_id=person.number, text="x", reply_markup=below)
    place = {"chat_id": person.number, "message_id": message["message_id"]}
    assert await api.refusal("editMessageText", **place, text="y") == "message can't be edited"


async def test_deleted_message_disappears(api: Api, person: SimulatedPerson, sent: dict[str, Any]) -> None:
    place = {"chat_id": person.number, "message_id": sent["message_id"]}
    assert await api.call("deleteMessage", **place) is True
    assert [message["text"] for message in await person.messages()] == ["/start"]
    assert await api.refusal("deleteMessage", **place) == "message to delete not found"


@pytest.mark.parametrize(
    ("age", "deleted"), [(timedelta(hours=47, minutes=59), True), (timedelta(hours=48), False)]
)
async def test_old_message_cannot_be_deleted(
    *,
    api: Api,
    person: SimulatedPerson,
    sent: dict[str, Any],
    clock: FixedClock,
    age: timedelta,
    deleted: bool,
) -> None:
    clock.advance(age)
    status, body = await api.answer("deleteMessage", chat_id=person.number, message_id=sent["message_id"])
    assert (status == 200) is deleted
    assert deleted or body["description"] == "Bad Request: message can't be deleted for everyone"


async def test_chat_action_lasts_until_next_message(api: Api, person: SimulatedPerson) -> None:
    await api.call("sendChatAction", chat_id=person.number, action="typing")
    assert (await person.see())["action"] == "typing"
    await api.call("sendMessage", chat_id=person.number, text="x")
    assert (await person.see())["action"] is None


async def test_unknown_chat_action_is_rejected(api: Api, person: SimulatedPerson) -> None:
    reason = await api.refusal("sendChatAction", chat_id=person.number, action="dancing")
    assert reason == "wrong parameter action in request"


async def test_get_chat_describes_person(api: Api, person: SimulatedPerson) -> None:
    chat = await api.call("getChat", chat_id=person.number)
    assert (chat["id"], chat["type"], chat["first_name"]) == (person.number, "private", "Айгүл")
    assert await api.refusal("getChat", chat_id=5) == "chat not found"
