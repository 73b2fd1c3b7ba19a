"""Telegram's bad days at start: updates are taken at once, the profile is set beside, where it differs."""

import asyncio

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from localgram.client import SimulatorClient
from localgram.server import TOKEN, Simulator

from accounts.cipher import Cipher, make_key
from bot.app.profile import FIRST_PAUSE_S, set_in_background
from bot.app.runner import AppResources, BotSettings, running_bot
from database.engine import Database
from kernel.clock import SystemClock
from knowledge.catalogue import LiveCatalogue
from localisation.translations import Translations
from messaging.inbox.runner import InboxSettings
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
            slept = Slept()
            await set_in_background(bot, texts, slept)
            assert slept == [FIRST_PAUSE_S, 40.0, 80.0]  # garbage, then what is asked for, then longer
            before = len(await sets(client))
            await set_in_background(bot, texts, slept)
            assert (await sets(client))[before:] == []  # nothing differs


@pytest.mark.bot
async def test_updates_are_taken_while_the_profile_is_refused(
    registry_database: Database, catalogue: LiveCatalogue
):
    clock, profile_set = SystemClock(), asyncio.Event()
    resources = AppResources(
        database=registry_database, clock=clock, catalogue=catalogue, cipher=Cipher.of(make_key())
    )
    async with Simulator(clock=clock) as simulator, SimulatorClient(simulator.url) as client:
        await client.order_fault(method="getMyCommands", kind="hang", times=1)
        settings = BotSettings(
            token=TOKEN,
            api_url=simulator.url,
            inbox=InboxSettings(poll_wait_s=1),
            tick_interval_s=None,
            on_profile_set=profile_set.set,
        )
        async with running_bot(resources, settings):
            person = await client.person(language_code="ru")
            assert (await person.ask("/help"))["text"]
            assert not profile_set.is_set()
