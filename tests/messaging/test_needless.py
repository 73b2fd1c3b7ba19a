"""What Telegram would refuse as needless is not sent: edits that change nothing, second answers."""

import pytest
from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from messaging.inbox.runner import InboxRunner
from tests.messaging.conftest import running, take_in, until
from tests.messaging.telegram import FakeTelegram, message, press

BUTTONS = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="go", callback_data="go")]])


@pytest.fixture(autouse=True)
def talk(router: Router) -> None:
    @router.message(F.text == "ends")
    async def ends(message: Message) -> None:
        await message.answer("the end")

    @router.message()
    async def shows(message: Message) -> None:
        await message.answer("off", reply_markup=BUTTONS)

    @router.callback_query(F.data == "twice")
    async def twice(query: CallbackQuery) -> None:
        await query.answer()
        await query.answer("the words")
        await query.answer("too late")

    @router.callback_query(F.data == "bare")
    async def bare(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.message.edit_reply_markup()
        await query.message.edit_reply_markup()

    @router.callback_query(F.data == "same")
    async def same(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.message.edit_text("the same", reply_markup=BUTTONS)

    @router.callback_query()
    async def toggle(query: CallbackQuery, state: FSMContext) -> None:
        assert isinstance(query.message, Message)
        is_on = not (await state.get_data()).get("on")
        await state.set_data({"on": is_on})
        await query.message.edit_text("on" if is_on else "off", reply_markup=BUTTONS)


async def calls_of(runner: InboxRunner, sink: FakeTelegram, *pressed: str) -> list[tuple[str, str | None]]:
    """What was called when these buttons of one message were pressed, each as the first picture shows it."""
    async with running(runner):
        await take_in(runner, message(1, "hello"))
        await until(lambda: len(sink.texts()) == 1)
        updates = [press(number, data, message_id=100) for number, data in enumerate(pressed, start=2)]
        await take_in(runner, *updates, message(90, "ends"))
        await until(lambda: "the end" in sink.texts())
    return [(method, fields.get("text")) for method, fields in sink.calls[1:-1]]


async def test_only_one_answer_to_a_callback_goes_out(runner: InboxRunner, sink: FakeTelegram):
    assert await calls_of(runner, sink, "twice") == [("answerCallbackQuery", "the words")]


async def test_the_same_edit_goes_out_once(runner: InboxRunner, sink: FakeTelegram):
    assert await calls_of(runner, sink, "same", "same", "same") == [("editMessageText", "the same")]


async def test_buttons_are_removed_once(runner: InboxRunner, sink: FakeTelegram):
    assert await calls_of(runner, sink, "bare", "bare") == [("editMessageReplyMarkup", None)]


async def test_there_and_back_again_goes_out(runner: InboxRunner, sink: FakeTelegram):
    """Each press shows the first picture still: what was shown last decides, not what was pressed on."""
    expected = [("editMessageText", text) for text in ("on", "off", "on")]
    assert await calls_of(runner, sink, "t", "t", "t") == expected
