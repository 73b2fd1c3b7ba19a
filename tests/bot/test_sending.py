"""A screen in reply to a message is queued exactly as aiogram would send it."""

from datetime import UTC, datetime
from typing import cast

import pytest
from aiogram.types import Chat, Message

from bot.app.runner import BotSettings, make_bot
from bot.views.screen import NO_PREVIEW, Screen, button, keyboard, send
from database.engine import Database
from kernel.clock import SystemClock
from messaging.inbox.unit import UpdateUnit, update_unit
from messaging.outbox.writing import dumped

KEYBOARD = keyboard([[button("Құжаттар", "c:d"), button("Мәзір", "m:0")], [button("←", "m:1")]])
BOT = make_bot(BotSettings(token="42:TEST", api_url="http://127.0.0.1:9"))


def _message(**fields: object) -> Message:
    given = {"message_id": 1, "date": datetime(2026, 1, 5, tzinfo=UTC), "chat": Chat(id=5, type="private")}
    return Message.model_validate({**given, **fields}).as_(BOT)


async def _queued(unit: UpdateUnit, message: Message, screen: Screen) -> list[tuple[int, str, str]]:
    await send(message, screen)
    await message.answer(screen.text, reply_markup=screen.keyboard, link_preview_options=NO_PREVIEW)
    return [(one.chat_id, one.method, _in_order(one.payload)) for one in unit.messages]


def _in_order(payload: dict[str, object]) -> str:
    return dumped(dict(sorted(payload.items())))


@pytest.mark.parametrize("screen", [Screen(text="<b>а</b> & б", keyboard=KEYBOARD), Screen(text="тек мәтін")])
@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"is_topic_message": True, "message_thread_id": 7},
        {"business_connection_id": "b"},
    ],
)
async def test_screen_is_sent_as_aiogram_sends_it(screen: Screen, fields: dict[str, object]):
    async with update_unit(Database("sqlite://"), SystemClock(), chat_id=5, update_id=3) as unit:
        ours, theirs = await _queued(unit, _message(**fields), screen)
        assert ours == theirs
        first, second = (cast(int, one.placeholder_message_id) for one in unit.messages)
    assert second < first < 0
