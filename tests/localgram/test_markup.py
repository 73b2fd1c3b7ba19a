"""Keyboards: what Telegram accepts and rejects."""

from typing import Any

import pytest
from localgram.client import SimulatedPerson, SimulatorClient

from tests.localgram.conftest import Api

BUTTON = {"text": "a", "callback_data": "x"}


def inline(*buttons: Any) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (inline({"text": "a", "callback_data": "x" * 65}), "BUTTON_DATA_INVALID"),
        # 64 bytes, not letters: 33 Kazakh ones are 66
        (inline({"text": "a", "callback_data": "қ" * 33}), "BUTTON_DATA_INVALID"),
        (inline({"text": "", "callback_data": "x"}), "inline keyboard button text must be non-empty"),
        (inline({"callback_data": "x"}), "can't parse inline keyboard button: Can't find field \"text\""),
        (
            inline({"text": 5, "callback_data": "x"}),
            'can\'t parse inline keyboard button: Field "text" must be of type String',
        ),
        (
            inline({"text": "a"}),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            inline({"text": "a", "callback_data": ""}),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (inline("a"), "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
        (
            inline({"text": "a", "callback_data": 5}),
            'can\'t parse inline keyboard button: Field "callback_data" must be of type String',
        ),
        (
            inline({"text": "a", "web_app": "https://a.kz"}),
            'can\'t parse inline keyboard button: Field "web_app" must be of type Object',
        ),
        (
            inline({"text": "a", "web_app": {}}),
            "can't parse inline keyboard button: Can't find field \"url\"",
        ),
        (
            inline({"text": "a", "copy_text": {"text": ""}}),
            "BUTTON_COPY_TEXT_INVALID",
        ),
        (
            inline({"text": "a", "copy_text": {"text": "ә" * 257}}),
            "BUTTON_COPY_TEXT_INVALID",
        ),
        (
            inline({"text": "a", "copy_text": {"text": 5}}),
            'can\'t parse inline keyboard button: Field "text" must be of type String',
        ),
        (
            {"keyboard": [[{"text": "a", "request_users": {}}]]},
            "can't parse keyboard button: Can't find field \"request_id\"",
        ),
        ({"remove_keyboard": "yes"}, 'field "remove_keyboard" must be of type Boolean'),
        (
            inline({"text": "\ud83d", "callback_data": "x"}),
            "inline keyboard button text must be encoded in UTF-8",
        ),
        (
            inline({"text": "a", "url": "http://["}),
            "inline keyboard button URL 'http://[' is invalid: Wrong HTTP URL",
        ),
        (
            inline({"text": "a", "url": "ftp://a.kz"}),
            "inline keyboard button URL 'ftp://a.kz' is invalid: Unsupported URL protocol",
        ),
        (
            inline({"text": "a", "url": "http://localhost:8080"}),
            "inline keyboard button URL 'http://localhost:8080' is invalid: Wrong HTTP URL",
        ),
        (
            inline({"text": "a", "url": "https:///x"}),
            "inline keyboard button URL 'https:///x' is invalid: URL host is empty",
        ),
        ({"inline_keyboard": [[BUTTON]] * 101}, "reply markup is too long"),
        ({"inline_keyboard": BUTTON}, 'field "inline_keyboard" must be of type Array'),
        (
            {"inline_keyboard": [BUTTON]},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        ({"keyboard": ["a"]}, 'field "keyboard" must be an Array of Arrays'),
        ({"keyboard": [[5]]}, "can't parse keyboard button: KeyboardButton must be a String or an Object"),
        ({"keyboard": [[{"text": ""}]]}, "keyboard button text must be non-empty"),
        ({"keyboard": [[{}]]}, "can't parse keyboard button: Can't find field \"text\""),
    ],
)
async def test_invalid_keyboard_is_rejected(
    api: Api, person: SimulatedPerson, markup: dict[str, Any], reason: str
) -> None:
    assert await api.refusal("sendMessage", chat_id=person.number, text="x", reply_markup=markup) == reason


@pytest.mark.parametrize(
    "button",
    [
        {"text": "a", "callback_data": "x" * 64},
        {"text": " ", "callback_data": "x"},
        {"text": "a", "url": "https://egov.kz/cms?x=1"},
        {"text": "a", "url": "t.me/qyzmet_bot"},
        {"text": "a", "url": "tg://resolve?domain=qyzmet_bot"},
        {"text": "a", "switch_inline_query": ""},
        {"text": "a", "switch_inline_query_current_chat": "куәлік"},
        {"text": "a", "copy_text": {"text": "1414"}},
    ],
)
async def test_valid_button_is_returned_unchanged(
    api: Api, person: SimulatedPerson, button: dict[str, Any]
) -> None:
    message = await api.call("sendMessage", chat_id=person.number, text="x", reply_markup=inline(button))
    assert message["reply_markup"] == inline(button)


async def test_keyboard_at_size_limits_is_accepted(api: Api, person: SimulatedPerson) -> None:
    markup = {"inline_keyboard": [[BUTTON] * 8] * 12 + [[BUTTON] * 4]}
    message = await api.call("sendMessage", chat_id=person.number, text="x", reply_markup=markup)
    assert message["reply_markup"] == markup


async def test_empty_keyboard_is_dropped(api: Api, person: SimulatedPerson) -> None:
    markup = {"inline_keyboard": [[]]}
    message = await api.call("sendMessage", chat_id=person.number, text="x", reply_markup=markup)
    assert "reply_markup" not in message


async def test_reply_keyboard_stays_until_removed(api: Api, person: SimulatedPerson) -> None:
    keyboard = {"keyboard": [["Иә", {"text": "Нөмірім", "request_contact": True}]], "resize_keyboard": True}
    message = await api.call("sendMessage", chat_id=person.number, text="x", reply_markup=keyboard)
    assert "reply_markup" not in message  # the Bot API never shows a bot its reply keyboard

    seen = await person.see()
    assert seen["keyboard"]["keyboard"][0][1] == {"text": "Нөмірім", "request_contact": True}
    assert seen["messages"][-1]["reply_markup"]["resize_keyboard"] is True

    remove = {"remove_keyboard": True}
    await api.call("sendMessage", chat_id=person.number, text="y", reply_markup=remove)
    assert (await person.see())["keyboard"] is None


async def test_force_reply_is_shown(api: Api, person: SimulatedPerson) -> None:
    await api.call("sendMessage", chat_id=person.number, text="x", reply_markup={"force_reply": True})
    assert (await person.see())["keyboard"]["force_reply"] is True


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        ("request_contact", "phone number can be requested in private chats only"),
        ("request_location", "location can be requested in private chats only"),
    ],
)
async def test_group_keyboard_cannot_request_contact(
    api: Api, client: SimulatorClient, wish: str, reason: str
) -> None:
    group = await client.group("Ауыл")
    markup = {"keyboard": [[{"text": "a", wish: True}]]}
    assert await api.refusal("sendMessage", chat_id=group, text="x", reply_markup=markup) == reason
