"""Any arguments get a result or one of Telegram's errors, never a traceback."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from localgram.arguments import Arguments
from localgram.dispatch import METHODS, call
from localgram.posting import post
from localgram.world import TelegramWorld

from kernel.clock import FixedClock

NAMES = (
    "text",
    "type",
    "offset",
    "length",
    "url",
    "user",
    "language",
    "callback_data",
    "inline_keyboard",
    "keyboard",
    "remove_keyboard",
    "force_reply",
    "selective",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "web_app",
    "login_url",
    "copy_text",
    "callback_game",
    "pay",
    "request_contact",
    "request_poll",
    "request_users",
    "request_chat",
    "id",
    "title",
    "input_message_content",
    "message_text",
    "reply_markup",
    "media",
    "caption",
    "caption_entities",
    "parse_mode",
    "command",
    "description",
    "chat_id",
    "message_id",
    "start_parameter",
)
VALUES = (
    "article",
    "photo",
    "document",
    "bold",
    "text_mention",
    "custom_emoji",
    "default",
    "chat",
    "HTML",
    "<b>x</b>",
    "https://egov.kz",
    "http://[",
    "\ud800",
    "",
)
json = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False) | st.sampled_from(VALUES),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)
arguments = st.dictionaries(
    st.sampled_from(
        (
            "text",
            "parse_mode",
            "entities",
            "reply_markup",
            "reply_parameters",
            "results",
            "button",
            "commands",
            "scope",
            "media",
            "menu_button",
            "allowed_updates",
            "action",
            "caption",
            "limit",
            "offset",
            "document",
            "url",
        )
    ),
    json,
)


def button(**fields: Any) -> dict[str, Any]:
    return {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a"} | fields]]}}


@pytest.fixture
def world() -> TelegramWorld:
    """One person who has started the bot, one message of the bot, one query of each kind."""
    found = TelegramWorld(token="42:x", clock=FixedClock(datetime(2026, 10, 1, tzinfo=UTC)))
    person = found.add_person(first_name="Айгүл", language_code="kk")
    person.started = True
    post(found, found.chats[person.user.id], {"from_user": found.bot, "text": "x"})
    return found


@pytest.mark.parametrize("method", sorted(METHODS))
@given(given_arguments=arguments)
@example(given_arguments=button(web_app={}))
@example(given_arguments=button(copy_text={}))
@example(given_arguments=button(url="http://["))
@example(given_arguments={"scope": {"type": []}})
@example(given_arguments={"text": "x", "reply_parameters": [1]})
@example(given_arguments={"text": "x", "reply_parameters": {"message_id": []}})
@example(given_arguments={"text": "x", "reply_markup": {"keyboard": [[{"text": "a", "request_users": {}}]]}})
@settings(max_examples=8, deadline=None)  # of each method, beside the examples above
async def test_any_arguments_get_a_response(
    method: str, world: TelegramWorld, given_arguments: dict[str, Any]
) -> None:
    (number,) = world.chats
    values = {
        "chat_id": number,
        "message_id": 1,
        "callback_query_id": world.callbacks.ask(number).id,
        "inline_query_id": world.inline.ask(number).id,
    }
    answer = await call(world, method, Arguments(values=values | given_arguments))
    assert answer.status in (200, 400, 409)
    world.webhook.url = ""
