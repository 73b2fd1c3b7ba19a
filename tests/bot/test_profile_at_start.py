"""Telegram's bad days at start: the bot runs, and the profile is set later, only where it differs."""

from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from localgram.client import SimulatorClient
from localgram.server import Simulator

from bot.app.profile import FIRST_PAUSE_S, set_at_start, set_later
from kernel.clock import SystemClock
from localisation.translations import Translations
from tests.quick_session import QuickSession
from tests.slept import Slept

SETTERS = ("setMyCommands", "setMyDescription", "setMyShortDescription")


async def sets(client: SimulatorClient, after: int = 0) -> list[str]:
    return [call["method"] for call in await client.calls(after=after) if call["method"] in SETTERS]


async def test_refused_profile_is_set_later_and_once():
    texts = Translations.load()
    async with Simulator(clock=SystemClock()) as simulator, SimulatorClient(simulator.url) as client:
        session = QuickSession(api=TelegramAPIServer.from_base(simulator.url))
        async with Bot(simulator.token, session=session) as bot:
            for fault in (
                {"method": "setMyCommands", "status": 429, "retry_after": 40},
                {"method": "setMyDescription", "status": 502},
                {"method": "getMyCommands", "kind": "garbage"},
            ):
                await client.order_fault(**fault, times=1)
                assert await set_at_start(bot, texts) is False, fault
            await client.order_fault(method="getMyCommands", status=429, retry_after=40, times=1)
            slept = Slept()
            await set_later(bot, texts, slept)
            assert slept == [FIRST_PAUSE_S, 40.0]
            before = len(await sets(client))
            assert await set_at_start(bot, texts) is True
            assert (await sets(client))[before:] == []  # nothing differs
