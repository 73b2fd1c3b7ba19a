"""The public page and its files, as a stranger reads them."""

import csv
import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser

from bot.handlers.open_data import open_data_routes
from bot.views.open_data.columns import COLUMNS
from bot.views.public_address import OPEN_DATA_PATH
from database.engine import Database
from kernel.language import Language
from kernel.period import Period
from oversight.open_data.counts import ComplaintCounts, Group, group_of
from oversight.open_data.disclosure import publish, round_down
from oversight.open_data.store import OpenFiguresStore, QuarterFigures
from tests.page.conftest import browser  # noqa: F401  a fixture

AT = datetime(2026, 8, 20, 4, 0, tzinfo=UTC)
POLICE, AKIMAT, SERVICE = "police-abai", "akimat-abai", "passport"
BODY = {
    Language.KK: "полиция",
    Language.RU: "полиции",
    Language.EN: "olice",
}


def country(received: int) -> Group:
    counts = ComplaintCounts(
        received=received, late=received // 4, not_solved=6, rated=20, stars=90, restored=8
    )
    services = [
        Group(code=SERVICE, counts=counts),
        Group(code=None, counts=ComplaintCounts(received=60, late=2)),
    ]
    return group_of(
        None, [group_of(POLICE, services), group_of(AKIMAT, [Group(code=SERVICE, counts=counts)])]
    )


@pytest.fixture
async def address(registry_database: Database) -> AsyncIterator[str]:
    """The page of two quarters: one settled, one running."""
    async with registry_database.unit_of_work() as unit:
        store = OpenFiguresStore(unit.session)
        for code, shown, is_final in (
            ("2026Q1", publish(country(80)), True),
            ("2026Q3", round_down(country(47)), False),
        ):
            figures = QuarterFigures(quarter=Period.of_code(code), is_final=is_final, as_of=AT, country=shown)
            await store.put(figures)
        await unit.commit()
    app = web.Application()
    open_data_routes(registry_database)(app)
    async with TestServer(app) as server:
        yield str(server.make_url(OPEN_DATA_PATH))


async def text_of(address: str, query: str = "", **headers: str) -> str:
    async with ClientSession() as session, session.get(f"{address}{query}", headers=headers) as answer:
        assert answer.status == 200
        return await answer.text()


async def test_the_page_speaks_three_languages(address: str) -> None:
    for language, said in {"kk": "ашық деректер", "ru": "открытые данные", "en": "open data"}.items():
        assert said in await text_of(address, f"?lang={language}")
        assert said in await text_of(address, **{"Accept-Language": f"{language}-KZ,de;q=0.5"})
    assert "ашық деректер" in await text_of(address, **{"Accept-Language": "de"})


async def test_exact_figures_of_a_settled_quarter_are_shown(address: str) -> None:
    page = await text_of(address, "?lang=en&quarter=2026Q1")
    assert "at least 90 %" in page  # two late of sixty
    assert "mean rating 4.5" in page
    assert "<dd>80</dd>" in page
    assert "Bodies: quarter 1 of 2026" in page
    assert "<dd>2</dd>" not in page


async def test_bodies_are_searched_and_strange_addresses_are_harmless(address: str) -> None:
    found = await text_of(address, "?lang=ru&q=акимат")
    assert "<h3>Департамент полиции" not in found
    for query in ("?quarter=<b>&page=-1&q=<script>", "?page=99999&lang=xx", "?page=9999", f"?q={'я' * 1000}"):
        page = await text_of(address, query)
        assert "<script" not in page
    assert "&lt;script&gt;" in await text_of(address, "?q=<script>")


async def test_files_hold_the_same_rows(address: str) -> None:
    rows = list(csv.DictReader(io.StringIO(await text_of(address + "/data.csv"))))
    async with ClientSession() as session, session.get(address + "/data.json") as answer:
        data = await answer.json()
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert tuple(rows[0]) == COLUMNS
    assert [
        {key: "" if value is None else str(value) for key, value in row.items()} for row in data["rows"]
    ] == rows
    assert {column["name"] for column in data["columns"]} == set(COLUMNS)
    assert all(column[language.value] for column in data["columns"] for language in Language)
    levels = [(row["quarter"], row["level"]) for row in rows]
    assert levels.count(("2026Q1", "service")) == 3
    unnamed = [row for row in data["rows"] if row["level"] == "service" and row["service"] is None]
    hidden = next(row for row in unnamed if row["is_final"])
    assert hidden["received"] == 60
    assert hidden["late"] is None


async def test_without_complaints_the_page_says_so(registry_database: Database) -> None:
    app = web.Application()
    open_data_routes(registry_database)(app)
    async with TestServer(app) as server:
        assert "No complaint has been registered" in await text_of(str(server.make_url("/open")), "?lang=en")


@pytest.mark.browser
async def test_a_phone_needs_no_sideways_scrolling(address: str, browser: Browser) -> None:  # noqa: F811
    async with await browser.new_context(viewport={"width": 390, "height": 844}) as context:
        page = await context.new_page()

        async def fits(language: Language) -> None:
            await page.goto(f"{address}?lang={language.value}&quarter=2026Q1")
            await page.locator("summary").first.click()
            assert await page.evaluate("document.documentElement.scrollWidth") <= 390
            assert BODY[language] in await page.inner_text("body")
            assert await page.locator("dd:visible").count() > 30

        for language in Language:
            await fits(language)
