"""aiogram-dialog works with captured calls: windows are edited by Telegram's message ids."""

import pytest
from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message
from aiogram_dialog import Dialog, DialogManager, StartMode, Window, setup_dialogs
from aiogram_dialog.widgets.kbd import Back, Next
from aiogram_dialog.widgets.text import Const

from messaging.inbox.runner import InboxRunner
from tests.messaging.conftest import running, take_in, until
from tests.messaging.telegram import FakeTelegram, message, press


class Pages(StatesGroup):
    one = State()
    two = State()


@pytest.fixture(autouse=True)
def pages(router: Router, runner: InboxRunner) -> None:
    dialog = Dialog(
        Window(Const("first page"), Next(Const("on"), id="on"), state=Pages.one),
        Window(Const("second page"), Back(Const("back"), id="back"), state=Pages.two),
    )
    router.include_router(dialog)

    @router.message(Command("start"))
    async def start(message: Message, dialog_manager: DialogManager) -> None:
        await dialog_manager.start(Pages.one, mode=StartMode.RESET_STACK)

    setup_dialogs(runner.dispatcher)


def _button(sink: FakeTelegram) -> str:
    _, fields = next(call for call in reversed(sink.calls) if "reply_markup" in call[1])
    return str(fields["reply_markup"]["inline_keyboard"][0][0]["callback_data"])


async def test_window_edits_the_message_by_its_telegram_id(runner: InboxRunner, sink: FakeTelegram):
    async with running(runner):
        await take_in(runner, message(1, "/start"))
        await until(lambda: len(sink.texts()) == 1)
        await take_in(runner, press(2, _button(sink), message_id=100))
        await until(lambda: len(sink.calls) == 3)
        await take_in(runner, press(3, _button(sink), message_id=100))
        await until(lambda: len(sink.calls) == 5)
    shown = [(name, fields.get("message_id"), fields.get("text")) for name, fields in sink.calls]
    assert shown == [
        ("sendMessage", None, "first page"),
        ("editMessageText", 100, "second page"),
        ("answerCallbackQuery", None, None),
        ("editMessageText", 100, "first page"),
        ("answerCallbackQuery", None, None),
    ]


@pytest.mark.slow
async def test_window_is_edited_before_its_message_is_sent(runner: InboxRunner, sink: FakeTelegram):
    sink.refusals["sendMessage"] = [{"error_code": 502, "description": "Bad Gateway"}]
    async with running(runner):
        await take_in(runner, message(1, "/start"), message(2, "/start"))
        await until(lambda: len(sink.texts()) == 3)
        await until(lambda: sink.calls[-1][0] == "sendMessage" and len(sink.calls) >= 4)
    names = [(name, fields.get("message_id")) for name, fields in sink.calls]
    assert names == [
        ("sendMessage", None),  # refused
        ("sendMessage", None),  # sent as 100
        ("editMessageReplyMarkup", 100),  # the second /start removes the first window's buttons
        ("sendMessage", None),
    ]
