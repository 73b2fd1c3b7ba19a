"""Handlers' messages wait for the commit; their queries go straight to Telegram."""

import asyncio
import json
from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    Message,
    ReplyParameters,
)

from database.engine import Database
from kernel.clock import FixedClock
from messaging.inbox.unit import UpdateUnit, current_unit, update_unit
from tests.messaging.telegram import FakeTelegram

KEYBOARD = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="a", callback_data="b")]])


async def _captured(unit: UpdateUnit) -> list[tuple[str, int, dict[str, Any]]]:
    return [(message.method, message.chat_id, message.payload) for message in unit.messages]


async def test_message_is_captured_as_aiogram_sends_it(
    sqlite_database: Database, clock: FixedClock, bot: Bot, sink: FakeTelegram
):
    async with update_unit(sqlite_database, clock, 7, 5) as unit:
        shown = await bot.send_message(7, "<b>a</b>", reply_markup=KEYBOARD, disable_notification=True)
        captured = await _captured(unit)
    keyboard = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}
    fields = {"chat_id": 7, "text": "<b>a</b>", "reply_markup": keyboard, "disable_notification": True}
    assert captured == [("sendMessage", 7, fields)]
    assert isinstance(shown, Message)
    assert (shown.message_id < 0, shown.chat.id, shown.chat.type, shown.text) == (
        True,
        7,
        "private",
        "<b>a</b>",
    )
    assert shown.reply_markup == KEYBOARD
    assert sink.calls == []


async def test_captured_message_has_its_own_id_and_can_be_edited(
    sqlite_database: Database, clock: FixedClock, bot: Bot
):
    async with update_unit(sqlite_database, clock, 7, 5) as unit:
        first = await bot.send_message(7, "a")
        second = await bot.send_message(7, "b")
        edited = await second.edit_text("c")
        await bot.send_message(7, "d", reply_parameters=ReplyParameters(message_id=first.message_id))
        captured = await _captured(unit)
    assert isinstance(edited, Message)
    assert len({first.message_id, second.message_id, edited.message_id}) == 3
    assert captured[2][2]["message_id"] == second.message_id
    assert captured[3][2]["reply_parameters"]["message_id"] == first.message_id


async def test_callback_and_inline_answers_belong_to_the_chat(
    sqlite_database: Database, clock: FixedClock, bot: Bot
):
    async with update_unit(sqlite_database, clock, 7, 5) as unit:
        assert await bot.answer_callback_query("1", text="a") is True
        assert await bot.answer_inline_query("1", []) is True
        captured = await _captured(unit)
    assert [(name, chat) for name, chat, _ in captured] == [
        ("answerCallbackQuery", 7),
        ("answerInlineQuery", 7),
    ]


async def test_files_are_stored_with_their_row(sqlite_database: Database, clock: FixedClock, bot: Bot):
    file = BufferedInputFile(b"content", filename="form.xlsx")
    async with update_unit(sqlite_database, clock, 7, 5) as unit:
        await bot.send_document(7, file, caption="a")
        await bot.send_media_group(7, [InputMediaDocument(media=file), InputMediaDocument(media=file)])
        single, group = unit.messages
    (file,) = single.files
    assert single.payload["document"] == f"attach://{file.field}"
    assert (file.name, file.content) == ("form.xlsx", b"content")
    assert [part["media"] for part in group.payload["media"]] == [
        f"attach://{file.field}" for file in group.files
    ]
    json.dumps(group.payload)


async def test_queries_and_bot_settings_are_not_captured(
    sqlite_database: Database, clock: FixedClock, bot: Bot, sink: FakeTelegram
):
    async with update_unit(sqlite_database, clock, 7, 5) as unit:
        await bot.delete_webhook()
        await bot.delete_my_commands()
        assert unit.messages == []
    assert [name for name, _ in sink.calls] == ["deleteWebhook", "deleteMyCommands"]


async def test_calls_outside_an_update_are_not_captured(bot: Bot, sink: FakeTelegram):
    message = await bot.send_message(7, "a")
    assert message.message_id == 100
    assert sink.texts() == ["a"]


async def test_task_outliving_its_update_is_outside_it(sqlite_database: Database, clock: FixedClock):
    over = asyncio.Event()

    async def later() -> UpdateUnit | None:
        await over.wait()
        return current_unit()

    async with asyncio.TaskGroup() as group:
        async with update_unit(sqlite_database, clock, 7, 5) as unit:
            assert current_unit() is unit
            task = group.create_task(later())
        over.set()
    assert task.result() is None


@pytest.mark.parametrize("update_id", [None, 2**31])
async def test_placeholders_of_different_units_differ(
    sqlite_database: Database, clock: FixedClock, bot: Bot, update_id: int | None
):
    numbers = set()
    for shift in range(3):
        number = None if update_id is None else update_id + shift
        async with update_unit(sqlite_database, clock, 7, number):
            numbers |= {(await bot.send_message(7, "a")).message_id for _ in range(5)}
    assert len(numbers) == 15
    assert max(numbers) < 0
    assert min(numbers) > -(2**63)
