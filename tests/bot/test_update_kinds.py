"""Which kinds of update Telegram is asked for, by polling and by webhook: those that a handler takes."""

from localgram.keys import WORLD

from tests.bot.live_bot import RunningBot

TAKEN = ["callback_query", "edited_message", "inline_query", "message", "my_chat_member"]


async def test_telegram_is_asked_for_what_handlers_take(live_bot: RunningBot):
    assert live_bot.simulator.app[WORLD].updates.allowed == TAKEN
