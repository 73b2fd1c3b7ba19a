"""A local Telegram, its page in a real Chromium, and a bot driven by the test."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from localgram.client import SimulatedPerson, SimulatorClient
from localgram.server import Simulator
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from kernel.clock import FixedClock, MovableClock
from tests.page.open_chat import OpenChat
from tests.page.page_bot import PageBot
from tools.browser import ARGUMENTS, find_chromium

PATIENCE_MS = 20_000


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        path = find_chromium(playwright)
        if path is None:
            pytest.skip("no Chromium here: install one, or run `playwright install chromium`")
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture
def clock() -> MovableClock:
    """1 October 2026, 9:00 in Kazakhstan; the page may move it."""
    return MovableClock(FixedClock(datetime(2026, 10, 1, 4, 0, tzinfo=UTC)))


@pytest_asyncio.fixture(loop_scope="session")
async def simulator(clock: MovableClock) -> AsyncIterator[Simulator]:
    async with Simulator(clock=clock, movable=clock) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def client(simulator: Simulator) -> AsyncIterator[SimulatorClient]:
    async with SimulatorClient(simulator.url) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def bot(simulator: Simulator) -> AsyncIterator[PageBot]:
    async with ClientSession(simulator.url) as session:
        yield PageBot(session, simulator.token)


@pytest_asyncio.fixture(loop_scope="session")
async def context(browser: Browser, simulator: Simulator) -> AsyncIterator[BrowserContext]:
    context = await browser.new_context(
        base_url=simulator.url, locale="en-GB", viewport={"width": 1200, "height": 800}
    )
    context.set_default_timeout(PATIENCE_MS)
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(context: BrowserContext) -> AsyncIterator[Page]:
    """The page, not opened yet; console errors fail the test."""
    page = await context.new_page()
    faults: list[str] = []
    page.on("console", lambda line: faults.append(line.text) if line.type in ("error", "warning") else None)
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    yield page
    assert faults == []


@pytest_asyncio.fixture(loop_scope="session")
async def person(client: SimulatorClient) -> SimulatedPerson:
    """A person who has started the bot."""
    person = await client.person("Айгүл", "kk")
    await person.start()
    return person


@pytest_asyncio.fixture(loop_scope="session")
async def talk(page: Page, bot: PageBot, person: SimulatedPerson) -> OpenChat:
    await bot.next("message")
    await page.goto(f"/#{person.number}")
    await page.get_by_role("log").get_by_text("/start").wait_for()
    return OpenChat(page=page, bot=bot, person=person.number)
