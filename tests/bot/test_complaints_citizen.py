"""A citizen complains from a card, the menu or by words: presses and typed messages are counted."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from tests.bot.complaint_dialog import (
    CARD,
    HEAD,
    NAME,
    OFFICER,
    POLICE,
    REGION,
    CitizenChat,
    citizen,
    connect,
    to_the_story,
)
from tests.bot.live_bot import RunningBot
from tests.each import each_case

MOST_WITH_DATA, MOST_FOR_A_NEW_PERSON, MOST_TYPED = 4, 8, 4
KEPT = {"name": NAME, "number": "010101200014", "telephone": "+77010000042", "region": REGION}


@dataclass(frozen=True)
class Sayings:
    """In one language: a story whose kind is clear, one whose kind is not, and what the receipt says."""

    clear: str
    unclear: str
    wish: str
    registered: str


SAYINGS = {
    "kk": Sayings(
        clear="Жүргізуші куәлігін ауыстыруға құжат тапсырдым, мерзімі өтті, әлі дайын емес",
        unclear="Жүргізуші куәлігін ауыстыруға барып едім",
        wish="шағым айтқым келеді: жүргізуші куәлігі әлі дайын емес",
        registered="Шағым тіркелді",
    ),
    "ru": Sayings(
        clear="Подал документы на замену прав, срок прошёл, до сих пор ничего не готово",
        unclear="Приходил насчёт замены водительских прав",
        wish="хочу пожаловаться: водительские права до сих пор не готовы",
        registered="Жалоба зарегистрирована",
    ),
    "en": Sayings(
        clear="I applied for a driving licence, the deadline passed and it is still not ready",
        unclear="I came about my driving licence",
        wish="I want to complain: my driving licence is still not ready",
        registered="Your complaint is registered",
    ),
}


async def begin_at_card(one: CitizenChat, _: Sayings, story: str) -> None:
    await to_the_story(one, region=None)
    await choose_if_asked(one, f"region:{REGION}")
    await one.says(story)


async def begin_at_menu(one: CitizenChat, _: Sayings, story: str) -> None:
    await one.says("/menu")
    await one.press("complain")
    await one.press("agree:office")
    await one.says(story)


async def begin_with_words(one: CitizenChat, words: Sayings, _: str) -> None:
    await one.says(words.wish)
    await one.press("agree:office")


Begin = Callable[[CitizenChat, Sayings, str], Awaitable[None]]
ROUTES: dict[str, Begin] = {"card": begin_at_card, "menu": begin_at_menu, "words": begin_with_words}


async def choose_if_asked(one: CitizenChat, *endings: str) -> bool:
    """Press the first of these buttons that the newest window has."""
    await one.window()
    shown = await one.labels((await one.person.messages())[-1]["message_id"])
    for ending in endings:
        if any(label.endswith(ending) for label in shown):
            await one.press(ending)
            return True
    return False


async def to_the_receipt(one: CitizenChat, words: Sayings) -> int:
    """Answer whatever is asked, each value in a message of its own; the number of messages typed."""
    typed = 0
    told = [NAME, one.iin]
    for _ in range(12):
        if words.registered in await one.window():
            return typed
        if not await choose_if_asked(one, "send", "yes", f"service:{CARD}", "kind:3.1", f"region:{REGION}"):
            await one.says(told.pop(0))
            typed += 1
    raise AssertionError(await one.window())


@pytest.mark.slow
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("route", ROUTES)
async def test_new_person_presses_and_types_no_more_than_this(
    live_bot: RunningBot, language: str, route: str
):
    await connect(live_bot, POLICE, officer=OFFICER, head=HEAD)
    words = SAYINGS[language]
    with each_case() as cases:
        for story in (words.clear, words.unclear):
            with cases.case(story):
                one = await citizen(live_bot, language)
                await ROUTES[route](one, words, story)
                typed = await to_the_receipt(one, words) + (story != words.wish)
                assert one.presses <= MOST_FOR_A_NEW_PERSON, one.presses
                assert typed <= MOST_TYPED, typed


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_person_with_kept_data_complains_from_a_card_in_four_presses(
    live_bot: RunningBot, language: str
):
    await connect(live_bot, POLICE, officer=OFFICER, head=HEAD)
    words = SAYINGS[language]
    with each_case() as cases:
        for story in (words.clear, words.unclear):
            with cases.case(story):
                one = await citizen(live_bot, language, **KEPT)
                await begin_at_card(one, words, story)
                assert await to_the_receipt(one, words) == 0  # nothing but the story is typed
                assert one.presses <= MOST_WITH_DATA, one.presses


async def test_receipt_holds_number_day_and_body(live_bot: RunningBot):
    await connect(live_bot, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(live_bot)
    await begin_at_card(one, SAYINGS["ru"], SAYINGS["ru"].clear)
    await to_the_receipt(one, SAYINGS["ru"])
    receipt = await one.window()
    for expected in (
        "26-00000001-",
        "23.11.2026 10:",
        "Департамент полиции",
        "по 30 ноября 2026 года включительно",
        "считая с 24.11.2026",
    ):
        assert expected in receipt
    assert await one.documents() == [f"raspiska-{receipt.split('Номер: ')[1].split()[0]}.docx"]
