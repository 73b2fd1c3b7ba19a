"""Whoever writes too fast is asked kindly to wait, and is nobody else's trouble."""

from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.cipher import Cipher, make_key
from bot import limits as limits_module
from bot.catalogue import LiveCatalogue
from bot.limits import Limit, Limits, Rate, Verdict
from bot.service import BotSettings, Ground, running_bot
from bot.translations import Translations
from database.engine import Database
from deadlines.clock import SystemClock
from messaging.inbox.runner import InboxSettings
from registry_data.schema import Language
from simulator.client import SimulatorClient
from simulator.server import TOKEN, Simulator
from tests.notifications.telegram import Seconds

ROOM = Rate(burst=1_000, per_second=1_000)
texts = Translations.load()


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


def limits_of(seconds: Seconds, *, person: Rate = ROOM, everybody: Rate = ROOM) -> Limits:
    return Limits(person=person, everybody=everybody, monotonic=seconds)


def test_a_person_has_a_burst_and_then_his_rate(seconds: Seconds):
    limits = limits_of(seconds, person=Rate(burst=3, per_second=0.5))
    assert [limits.ask(1).limit for _ in range(4)] == [None, None, None, Limit.PERSON]
    seconds.now += 2
    assert [limits.ask(1).limit for _ in range(2)] == [None, Limit.PERSON]
    assert limits.ask(2) == Verdict()  # somebody else notices nothing


def test_he_is_told_once_a_minute(seconds: Seconds):
    limits = limits_of(seconds, person=Rate(burst=1, per_second=0.001))
    limits.ask(1)
    assert [limits.ask(1).say for _ in range(3)] == [True, False, False]
    seconds.now += 60
    assert limits.ask(1).say


def test_all_together_have_a_limit_too(seconds: Seconds):
    limits = limits_of(seconds, everybody=Rate(burst=2, per_second=1))
    assert [limits.ask(person).limit for person in (1, 2, 3)] == [None, None, Limit.ALL]
    seconds.now += 1
    assert limits.ask(3).limit is None


def test_whoever_is_over_his_own_limit_takes_nothing_from_the_others(seconds: Seconds):
    limits = limits_of(
        seconds, person=Rate(burst=1, per_second=0.001), everybody=Rate(burst=3, per_second=0.001)
    )
    for _ in range(100):
        limits.ask(1)
    assert [limits.ask(person).limit for person in (2, 3)] == [None, None]


@given(pauses=st.lists(st.floats(min_value=0, max_value=3), max_size=60))
def test_nobody_is_let_through_more_often_than_his_rate_allows(pauses: list[float]):
    seconds = Seconds()
    limits = limits_of(seconds, person=Rate(burst=5, per_second=1))
    through = 0
    for pause in pauses:
        seconds.now += pause
        through += limits.ask(1).limit is None
    assert through <= 5 + sum(pauses) + 1e-6


def test_only_so_many_people_are_remembered(seconds: Seconds, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits_module, "MOST_PEOPLE", 10)
    limits = limits_of(seconds)
    for person in range(100):
        limits.ask(person)
    assert len(limits._people) == 10


@pytest.fixture
async def strict_door(
    registry_database: Database, catalogue: LiveCatalogue
) -> AsyncIterator[SimulatorClient]:
    """The door to a bot that lets each person write twice."""
    clock = SystemClock()
    limits = Limits(person=Rate(burst=2, per_second=1e-6), everybody=ROOM, monotonic=Seconds())
    ground = Ground(
        database=registry_database, clock=clock, catalogue=catalogue, cipher=Cipher.of(make_key())
    )
    async with Simulator(clock=clock) as simulator, SimulatorClient(simulator.url) as door:
        settings = BotSettings(
            token=TOKEN,
            api_url=simulator.url,
            inbox=InboxSettings(poll_wait_s=1),
            tick_interval_s=None,
            limits=limits,
        )
        async with running_bot(ground, settings):
            yield door


@pytest.mark.parametrize("language", Language)
async def test_a_flood_is_answered_with_one_kind_sentence_in_the_person_s_language(
    strict_door: SimulatorClient, language: Language
):
    person, other = await strict_door.person(language_code=language.value), await strict_door.person()
    for number in range(6):
        await person.say(f"/menu {number}")
    kind = texts.plain(language, "limit.person")
    await person.wait_until(lambda seen: any(kind == one.get("text") for one in seen))
    assert (await other.ask("/menu"))["text"]
    assert [one.get("text") for one in await person.messages()].count(kind) == 1


async def test_a_press_that_comes_too_fast_is_answered_with_an_alert(strict_door: SimulatorClient):
    person = await strict_door.person(language_code="ru")
    for text in ("/start", "/menu"):
        await person.ask(text)
    message = (await person.messages())[-1]
    pressed = await person.send_callback("anything", message["message_id"])
    assert pressed["answer"]["text"] == texts.plain(Language.RU, "limit.person")
    again = await person.send_callback("anything", message["message_id"])
    assert not again["answer"].get("text")
