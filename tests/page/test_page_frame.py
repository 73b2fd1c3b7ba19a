"""Around the chat: people, languages, the clock, a lost server, narrow screens, keyboard use."""

import re

import pytest
from localgram.client import SimulatorClient
from localgram.server import Simulator
from playwright.async_api import Browser, Page, expect

from kernel.clock import MovableClock
from tests.page.open_chat import OpenChat
from tests.page.page_bot import PageBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_added_person_starts_the_chat(page: Page, bot: PageBot) -> None:
    await page.goto("/")
    await page.get_by_role("button", name="Add a person").last.click()
    await page.get_by_label("First name").fill("Айгүл")
    await page.get_by_label("Telegram language").select_option("ru")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Start", exact=True).click()
    started = await bot.next("message")
    assert (started["text"], started["from"]["first_name"]) == ("/start", "Айгүл")
    assert started["from"]["language_code"] == "ru"
    await expect(page.get_by_role("button", name="Айгүл")).to_have_attribute("aria-current", "true")


async def test_person_can_have_a_language_unknown_to_the_page(page: Page, client: SimulatorClient) -> None:
    await page.goto("/")
    await page.get_by_role("button", name="Add a person").last.click()
    await page.get_by_label("First name").fill("Ayşe")
    await page.get_by_label("Telegram language").select_option("")
    await page.get_by_label("Language code").fill("tr")
    await page.keyboard.press("Enter")
    await expect(page.locator(".person")).to_have_count(1)
    assert [one["language_code"] for one in (await client.get("/people"))["people"]] == ["tr"]


async def test_unread_messages_of_others_are_marked(talk: OpenChat, client: SimulatorClient) -> None:
    other = await client.person("Сергей", "ru")
    await other.start()
    entry = talk.page.get_by_role("button", name="Сергей")
    await expect(entry).to_be_visible()
    await talk.bot.say(other.number, "Срок выходит завтра")
    await expect(entry).to_contain_text("Срок выходит завтра")
    await expect(entry.locator(".unread")).to_be_attached()
    await entry.click()
    await expect(talk.page.get_by_role("log")).to_contain_text("Срок выходит завтра")
    await expect(entry.locator(".unread")).to_have_count(0)


async def test_unsent_text_stays_in_its_chat(talk: OpenChat, client: SimulatorClient) -> None:
    await client.person("Сергей", "ru")
    field = talk.page.get_by_label("Write a message")
    await field.fill("half a question")
    await talk.page.get_by_role("button", name="Сергей").click()
    await expect(field).to_have_value("")
    await talk.page.get_by_role("button", name="Айгүл").click()
    await expect(field).to_have_value("half a question")


@pytest.mark.parametrize(
    ("code", "name", "label"),
    [
        ("kk", "Қазақша", "Хабар жазыңыз"),
        ("ru", "Русский", "Напишите сообщение"),
        ("en", "English", "Write a"),
    ],
)
async def test_page_has_three_languages(talk: OpenChat, code: str, name: str, label: str) -> None:
    await talk.page.get_by_role("button", name=name, exact=True).click()
    await expect(talk.page.get_by_label(label)).to_be_visible()
    await expect(talk.page.locator("html")).to_have_attribute("lang", code)
    await talk.page.reload()
    await expect(talk.page.get_by_label(label)).to_be_visible()


async def test_clock_is_moved_from_the_page(talk: OpenChat, clock: MovableClock) -> None:
    time = talk.page.locator("#clock-time")
    await expect(time).to_have_text("Thu, 1 October 2026, 09:00")
    await talk.page.get_by_role("button", name="+1 hour").click()
    await expect(time).to_have_text("Thu, 1 October 2026, 10:00")
    await talk.page.get_by_role("button", name="+1 day").click()
    await expect(time).to_have_text("Fri, 2 October 2026, 10:00")
    await talk.page.get_by_role("button", name="Go to…").click()
    await talk.page.get_by_label("Date and time").fill("2027-01-05T08:30")
    await talk.page.get_by_role("button", name="Go", exact=True).click()
    await expect(time).to_have_text("Tue, 5 January 2027, 08:30")
    assert clock.now().isoformat() == "2027-01-05T03:30:00+00:00"


async def test_fixed_clock_is_not_shown(browser: Browser, clock: MovableClock) -> None:
    async with Simulator(clock=clock) as simulator:
        page = await browser.new_page(base_url=simulator.url, locale="en-GB")
        await page.goto("/")
        await expect(page.get_by_role("button", name="Add a person").first).to_be_visible()
        await expect(page.locator("#clock")).to_be_hidden()
        await page.close()


async def test_page_reconnects_with_the_server(browser: Browser, clock: MovableClock) -> None:
    async with Simulator(clock=clock, movable=clock) as simulator, SimulatorClient(simulator.url) as client:
        person = await client.person("Айгүл", "kk")
        await person.start()
        page = await browser.new_page(base_url=simulator.url, locale="en-GB")
        await page.goto(f"/#{person.number}")
        await page.get_by_role("log").get_by_text("/start").wait_for()
        port = simulator.port
    await expect(page.get_by_text("No connection")).to_be_visible()
    async with Simulator(clock=clock, movable=clock, port=port):
        # The server keeps everything in memory: the person is gone, and the page says so.
        await expect(page.get_by_role("heading", name="Add a person first")).to_be_visible(timeout=30_000)
        await page.close()


@pytest.mark.parametrize("width", [320, 375, 700, 1024])
async def test_no_screen_scrolls_sideways(talk: OpenChat, width: int) -> None:
    await talk.bot.say(talk.person, "https://egov.kz/" + "very-long-address-without-a-space" * 8)
    await talk.bot.offer(talk.person, "Card", {"text": "A long button " * 6, "callback_data": "x"})
    await talk.page.set_viewport_size({"width": width, "height": 640})
    for view in ("chat", "people"):
        await talk.page.evaluate("view => { document.body.dataset.view = view }", view)
        assert await talk.page.evaluate("document.documentElement.scrollWidth") <= width
        assert await talk.page.evaluate("document.body.scrollWidth") <= width


async def test_narrow_screen_shows_list_or_chat(talk: OpenChat) -> None:
    await talk.page.set_viewport_size({"width": 360, "height": 740})
    await expect(talk.page.get_by_role("navigation")).to_be_hidden()
    await talk.page.get_by_role("button", name="Back to the people").click()
    await expect(talk.page.get_by_role("log")).to_be_hidden()
    await talk.page.get_by_role("button", name="Айгүл").click()
    await expect(talk.page.get_by_role("log")).to_be_visible()


async def test_everything_is_reachable_by_keyboard(page: Page, bot: PageBot) -> None:
    await page.goto("/")
    await tab_to(page, "add-person")
    await page.keyboard.press("Enter")
    await page.keyboard.type("Айгүл")
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Write a message")).to_be_focused()
    await page.keyboard.type("one")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("two")
    await page.keyboard.press("Enter")
    asked = await bot.next("message")
    assert asked["text"] == "one\ntwo"
    await bot.offer(asked["chat"]["id"], "Card", {"text": "Papers", "callback_data": "papers"})
    await expect(page.get_by_role("log").get_by_role("button", name="Papers")).to_be_visible()
    await page.keyboard.press("Shift+Tab")  # the field's neighbour above
    await shift_tab_to(page, "Papers")
    await page.keyboard.press("Enter")
    assert (await bot.next("callback_query"))["data"] == "papers"


async def test_arrow_keys_select_messages_and_enter_opens_the_menu(talk: OpenChat) -> None:
    await talk.bot.say(talk.person, "newest")
    newest = talk.page.locator("li.message").last
    await expect(newest).to_contain_text("newest")
    await newest.focus()
    await talk.page.keyboard.press("ArrowUp")
    await expect(talk.page.locator("li.message").first).to_be_focused()
    await talk.page.keyboard.press("ArrowDown")
    await talk.page.keyboard.press("Enter")
    await expect(talk.page.get_by_role("menuitem", name="Reply")).to_be_focused()
    await talk.page.keyboard.press("Escape")
    await expect(newest).to_be_focused()


async def test_page_has_landmarks_live_log_and_named_controls(talk: OpenChat) -> None:
    for role, name in (("navigation", "People"), ("log", "Messages"), ("heading", "Qyzmet")):
        await expect(talk.page.get_by_role(role, name=name)).to_have_count(1)
    await expect(talk.page.get_by_role("log")).to_have_attribute("aria-live", re.compile("off|polite"))
    nameless = await talk.page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, textarea, a")]
            .filter((node) => !node.textContent.trim() && !node.ariaLabel && !node.labels?.length)
            .map((node) => node.outerHTML)"""
    )
    assert nameless == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_text_contrast_meets_wcag_aa(talk: OpenChat, scheme: str) -> None:
    """WCAG AA: 4.5 to 1 for text."""
    await talk.page.emulate_media(color_scheme=scheme)
    await talk.bot.offer(
        talk.person,
        '<b>Card</b> <a href="https://egov.kz">link</a> <code>code</code>',
        {"text": "Papers", "callback_data": "papers"},
    )
    await expect(talk.log.get_by_role("button", name="Papers")).to_be_visible()
    low = await talk.page.evaluate(CONTRASTS)
    assert low == []


async def test_page_requests_no_other_host(talk: OpenChat, simulator: Simulator) -> None:
    hosts: set[str] = set()
    talk.page.on("request", lambda request: hosts.add("/".join(request.url.split("/")[:3])))
    await talk.page.reload()
    await expect(talk.log.get_by_text("/start")).to_be_visible()
    assert hosts == {simulator.url}


async def tab_to(page: Page, name: str) -> None:
    for _ in range(30):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.id") == name:
            return
    pytest.fail(f"{name} is not reached by Tab")


async def shift_tab_to(page: Page, words: str) -> None:
    for _ in range(30):
        if words in await page.evaluate("document.activeElement.textContent"):
            return
        await page.keyboard.press("Shift+Tab")
    pytest.fail(f"{words} is not reached by Shift+Tab")


# Texts whose contrast with the nearest painted background is below 4.5 to 1.
CONTRASTS = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const pixel = (colours) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) => rgb.map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = (node) => {
    const found = [];
    for (let at = node; at; at = at.parentElement) found.unshift(getComputedStyle(at).backgroundColor);
    return found;
  };
  const words = [...document.querySelectorAll("body *")].filter((node) => node.checkVisibility()
    && !node.disabled && !node.closest(".visually-hidden, .avatar, .badge")
    && [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim()));
  return words.flatMap((node) => {
    const back = behind(node);
    const [a, b] = [light(pixel([...back, getComputedStyle(node).color])), light(pixel(back))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    return ratio < 4.5 ? [`${ratio.toFixed(2)} ${node.textContent.slice(0, 40)}`] : [];
  });
}"""
