"""A person who writes too fast is asked to wait and does not affect others."""

from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from localgram.client import SimulatorClient
from localgram.server import TOKEN, Simulator

from accounts.cipher import Cipher, make_key
from bot.app.runner import AppResources, BotSettings, running_bot
from database.engine import Database
from kernel.clock import SystemClock
from kernel.language import Language
from knowledge.catalogue import LiveCatalogue
from localisation.translations import Translations
from messaging import rate_limits as limits_module
from messaging.inbox.runner import InboxSettings
from messaging.rate_limits import LimitDecision, Limits, LimitScope, RateLimit
from tests.messaging.recording import FakeMonotonic

ROOM = RateLimit(burst=1_000, per_second=1_000)
texts = Translations.load()


@pytest.fixture
def seconds() -> FakeMonotonic:
    return FakeMonotonic()


def limits_of(seconds: FakeMonotonic, *, person: RateLimit = ROOM, everybody: RateLimit = ROOM) -> Limits:
    return Limits(person=person, everybody=everybody, monotonic=seconds)


def test_person_has_a_burst_and_then_a_rate(seconds: FakeMonotonic):
    limits = limits_of(seconds, person=RateLimit(burst=3, per_second=0.5))
    assert [limits.ask(1).limit for _ in range(4)] == [None, None, None, LimitScope.PERSON]
    seconds.now += 2
    assert [limits.ask(1).limit for _ in range(2)] == [None, LimitScope.PERSON]
    assert limits.ask(2) == LimitDecision()  # another person is not affected


def test_person_is_warned_once_a_minute(seconds: FakeMonotonic):
    limits = limits_of(seconds, person=RateLimit(burst=1, per_second=0.001))
    limits.ask(1)
    assert [limits.ask(1).say for _ in range(3)] == [True, False, False]
    seconds.now += 60
    assert limits.ask(1).say


def test_everyone_together_has_a_limit(seconds: FakeMonotonic):
    limits = limits_of(seconds, everybody=RateLimit(burst=2, per_second=1))
    assert [limits.ask(person).limit for person in (1, 2, 3)] == [None, None, LimitScope.ALL]
    seconds.now += 1
    assert limits.ask(3).limit is None


def test_person_over_the_limit_does_not_affect_others(seconds: FakeMonotonic):
    limits = limits_of(
        seconds, person=RateLimit(burst=1, per_second=0.001), everybody=RateLimit(burst=3, per_second=0.001)
    )
    for _ in range(100):
        limits.ask(1)
    assert [limits.ask(person).limit for person in (2, 3)] == [None, None]


@given(pauses=st.lists(st.floats(min_value=0, max_value=3), max_size=60))
def test_passed_requests_never_exceed_the_rate(pauses: list[float]):
    seconds = FakeMonotonic()
    limits = limits_of(seconds, person=RateLimit(burst=5, per_second=1))
    through = 0
    for pause in pauses:
        seconds.now += pause
        through += limits.ask(1).limit is None
    assert through <= 5 + sum(pauses) + 1e-6


def test_number_of_remembered_people_is_bounded(seconds: FakeMonotonic, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits_module, "MAX_PEOPLE", 10)
    limits = limits_of(seconds)
    for person in range(100):
        limits.ask(person)
    assert len(limits._people) == 10


@pytest.fixture
async def strict_client(
    registry_database: Database, catalogue: LiveCatalogue
) -> AsyncIterator[SimulatorClient]:
    """The client of a bot that lets each person write twice."""
    clock = SystemClock()
    limits = Limits(person=RateLimit(burst=2, per_second=1e-6), everybody=ROOM, monotonic=FakeMonotonic())
    resources = AppResources(
        database=registry_database, clock=clock, catalogue=catalogue, cipher=Cipher.of(make_key())
    )
    async with Simulator(clock=clock) as simulator, SimulatorClient(simulator.url) as client:
        settings = BotSettings(
            token=TOKEN,
            api_url=simulator.url,
            inbox=InboxSettings(poll_wait_s=1),
            tick_interval_s=None,
            limits=limits,
        )
        async with running_bot(resources, settings):
            yield client


@pytest.mark.parametrize("language", Language)
async def test_flood_gets_one_warning_in_the_persons_language(
    strict_client: SimulatorClient, language: Language
):
    person, other = await strict_client.person(language_code=language.value), await strict_client.person()
    for number in range(6):
        await person.say(f"/menu {number}")
    kind = texts.plain(language, "limit.person")
    await person.wait_until(lambda seen: any(kind == one.get("text") for one in seen))
    assert (await other.ask("/menu"))["text"]
    assert [one.get("text") for one in await person.messages()].count(kind) == 1


async def test_too_fast_callback_gets_an_alert(strict_client: SimulatorClient):
    person = await strict_client.person(language_code="ru")
    for text in ("/start", "/menu"):
        await person.ask(text)
    message = (await person.messages())[-1]
    pressed = await person.send_callback("anything", message["message_id"])
    assert pressed["answer"]["text"] == texts.plain(Language.RU, "limit.person")
    again = await person.send_callback("anything", message["message_id"])
    assert not again["answer"].get("text")
