"""Regenerate the screenshots of the chat page for the documentation: `make screenshots`.

Starts the demo on a fresh database, runs the conversations below and saves one picture each to
docs/screenshots. The clock is set first, so that pictures change only if the bot does.
"""

import asyncio
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from localgram.client import SimulatorClient
from playwright.async_api import Browser, Page, async_playwright

from accounts.officials.store import ConnectionStore
from accounts.officials.tables import ConnectionRow
from cli.demo import running_demo
from database.engine import Database
from tools.browser import ARGUMENTS, find_chromium

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
NOW = "2026-11-23T09:30:00+05:00"
WIDE = (1280, 960)
NARROW = (390, 844)
QUIET_S = 1.0  # a chat in which nothing came for so long has said all
LONGEST_WAIT_S = 20
STEP_MS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Screenshot:
    """One picture. `steps`: texts to write, or labels of buttons to press in brackets."""

    file: str
    language: str
    person: str
    steps: tuple[str, ...]
    size: tuple[int, int] = WIDE
    dark: bool = False


PICTURES = (
    Screenshot(
        file="kazakh.png",
        language="kk",
        person="Айгүл Сәрсенова",
        steps=("/start", "[Қазақша]", "куәлік жоғалды"),
    ),
    Screenshot(
        file="russian.png",
        language="ru",
        person="Сергей Петров",
        steps=("/start", "[Русский]", "сколько стоит замена водительских прав"),
    ),
    Screenshot(
        file="english.png",
        language="en",
        person="Emma Clark",
        steps=("/start", "[English]", "how to register a company"),
        dark=True,
    ),
    Screenshot(
        file="narrow.png",
        language="kk",
        person="Ерлан Қасымов",
        steps=("/start", "[Қазақша]", "балабақшаға кезекке тұру"),
        size=NARROW,
    ),
    Screenshot(
        file="complaint-kazakh.png",
        language="kk",
        person="Жанар Оспанова",
        steps=(
            *(
                "/start",
                "[Қазақша]",
                "жүргізуші куәлігін ауыстыру",
                "[📨 Шағым беру]",
                "[✅ Келісемін: ХҚКО]",
            ),
            *("[Алматы қаласы]", "Құжатты 2 қарашада тапсырдым, әлі дайын емес", "[✅ Иә, әрі қарай]"),
            *("Оспанова Жанар Ерланқызы 010101200014", "[📨 Шағымды жіберу]"),
        ),
    ),
    Screenshot(
        file="complaint-russian.png",
        language="ru",
        person="Сергей Петров",
        steps=(
            *("/start", "[Русский]", "сколько стоит замена водительских прав", "[📨 Пожаловаться]"),
            *("[✅ Согласен: по интернету]", "[город Алматы]", "Вчера оператор нагрубила и отправила домой"),
            *("[✅ Да, дальше]", "Петров Сергей 010101200014"),
        ),
        size=NARROW,
    ),
    Screenshot(
        file="complaint-understood.png",
        language="ru",
        person="Анна Ким",
        steps=(
            *("/start", "[Русский]", "замена водительских прав", "[📨 Пожаловаться]"),
            *("[✅ Согласен: лично в орган]", "[город Алматы]"),
            "Подала документы 2 ноября, до сих пор ничего не готово",
        ),
        size=NARROW,
    ),
    Screenshot(
        file="complaint-elsewhere.png",
        language="kk",
        person="Арман Есенов",
        steps=(
            *("/start", "[Қазақша]", "жүргізуші куәлігін ауыстыру", "[📨 Шағым беру]"),
            *("[✅ Келісемін: органға бардым]", "[Абай облысы]"),
            *("Құжатты 2 қарашада тапсырдым, әлі дайын емес", "[✅ Иә, әрі қарай]"),
            *("Есенов Арман 010101200014", "[📝 Дайын мәтінді алу]", "Семей, Абай көшесі 1"),
        ),
        size=NARROW,
    ),
)
CONNECTED = "police-almaty"  # else no complaint is registered in the pictures


async def make(folder: Path) -> None:
    """Save every picture to `folder`. Raises RuntimeError without Chromium or an answer."""
    async with async_playwright() as playwright:
        path = find_chromium(playwright)
        if path is None:
            raise RuntimeError("no Chromium here: install one, or run `playwright install chromium`")
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        with tempfile.TemporaryDirectory() as scratch:
            url = f"sqlite:///{scratch}/qyzmet.sqlite"
            async with running_demo(0, url) as address:
                await _connect(url)
                await _make_all(browser, address, folder)
        await browser.close()


async def _connect(url: str) -> None:
    database = Database(url)
    async with database.unit_of_work() as unit:
        accepted_at = datetime.fromisoformat(NOW)
        await ConnectionStore(unit.session).add(
            ConnectionRow(organisation=CONNECTED, accepted_by=1, accepted_at=accepted_at, text="…")
        )
        await unit.commit()
    await database.dispose()


async def _make_all(browser: Browser, address: str, folder: Path) -> None:
    async with SimulatorClient(address) as door:
        await door.post("/clock", {"now": NOW})
        people = [await door.person(picture.person, picture.language) for picture in PICTURES]
        for picture, person in zip(PICTURES, people, strict=True):
            page = await _open(browser, picture, f"{address}/#{person.number}")
            for step in picture.steps:
                await _take(page, step)
                await _settle(page)
            await page.mouse.move(0, 0)
            await page.screenshot(path=folder / picture.file, animations="disabled")
            await page.context.close()


async def _open(browser: Browser, picture: Screenshot, address: str) -> Page:
    width, height = picture.size
    context = await browser.new_context(
        locale=picture.language,
        viewport={"width": width, "height": height},
        color_scheme="dark" if picture.dark else "light",
        device_scale_factor=2 if picture.size == NARROW else 1,
    )
    page = await context.new_page()
    page.set_default_timeout(STEP_MS)
    await page.goto(address)
    return page


async def _take(page: Page, step: str) -> None:
    if step.startswith("["):
        await page.locator(".inline-keyboard button", has_text=step.strip("[]")).last.click()
    else:
        await page.locator("#field").fill(step)
        await page.keyboard.press("Enter")


async def _settle(page: Page) -> None:
    """Wait until the bot has stopped writing."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + LONGEST_WAIT_S
    before = ""
    while loop.time() < deadline:
        await asyncio.sleep(QUIET_S)
        now = await page.locator("#messages").inner_text()
        waiting = await page.locator("#messages li").last.evaluate("node => node.matches('.mine')")
        if now == before and not waiting:
            return
        before = now
    raise RuntimeError(f"the bot does not come to an end: {before[-200:]}")


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        asyncio.run(make(FOLDER))
    except RuntimeError as fault:
        sys.exit(str(fault))
