"""An echo bot in its own process, slow enough to be killed in the middle."""

import asyncio

from aiogram import Bot, Dispatcher
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from database.engine import Database
from kernel.clock import SystemClock
from messaging.api import TelegramSession
from messaging.capture import install_capture
from messaging.inbox.reading import Addressee
from messaging.inbox.runner import InboxRunner, InboxSettings
from messaging.inbox.unit import DatabaseStorage

TOKEN = "42:TEST"


class SilentReporter:
    def is_expected(self, error: Exception) -> bool:
        return False

    async def report(self, bot: Bot, to: Addressee, error: Exception, incident: str | None) -> None:
        raise error


async def echo(message: Message, state: FSMContext) -> None:
    seen = (await state.get_data()).get("seen", 0) + 1
    await state.update_data(seen=seen)
    await asyncio.sleep(0.02)
    await message.answer(f"{message.text} is the {seen}.")


async def main(database_url: str, api_url: str) -> None:
    database = Database(database_url)
    clock = SystemClock()
    bot = Bot(TOKEN, session=TelegramSession(api=TelegramAPIServer.from_base(api_url)))
    install_capture(bot)
    dispatcher = Dispatcher(storage=DatabaseStorage(database, clock))
    dispatcher.message.register(echo)
    runner = InboxRunner(
        database=database,
        bot=bot,
        dispatcher=dispatcher,
        clock=clock,
        error_reporter=SilentReporter(),
        settings=InboxSettings(poll_wait_s=0, messages_per_second=None),
    )
    await runner.run()


def run(database_url: str, api_url: str) -> None:
    asyncio.run(main(database_url, api_url))
