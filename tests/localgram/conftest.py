"""A running local Telegram with a frozen clock, a person in it, and the bare Bot API."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import ClientSession
from localgram.client import SimulatedPerson, SimulatorClient
from localgram.keys import WORLD
from localgram.server import Simulator
from localgram.signals import Signal

from kernel.clock import FixedClock


class Api:
    """The Bot API without a client library: arguments are sent unchanged."""

    def __init__(self, session: ClientSession, token: str) -> None:
        self._session = session
        self._path = f"/bot{token}/"

    async def answer(self, method: str, **arguments: Any) -> tuple[int, dict[str, Any]]:
        """Status and body, whatever they are."""
        async with self._session.post(self._path + method, json=arguments) as response:
            return response.status, await response.json()

    async def call(self, method: str, **arguments: Any) -> Any:
        """The result of a call that must succeed."""
        status, body = await self.answer(method, **arguments)
        assert status == 200, body
        return body["result"]

    async def refusal(self, method: str, **arguments: Any) -> str:
        """The description of a call that must be rejected with a 400."""
        status, body = await self.answer(method, **arguments)
        assert (status, body["ok"], body["error_code"]) == (400, False, 400), body
        return str(body["description"]).removeprefix("Bad Request: ")

    async def updates(self, **arguments: Any) -> list[dict[str, Any]]:
        return list(await self.call("getUpdates", **arguments))


async def until_waited_for(signal: Signal, tasks: int = 1) -> None:
    """Return once so many tasks wait for the signal; TimeoutError if they never do."""
    async with asyncio.timeout(10):
        while signal.waiting != tasks:
            await asyncio.sleep(0.001)


async def until_polled(simulator: Simulator) -> None:
    """Return once a poll waits for updates, as the delivery to webhooks always does."""
    await until_waited_for(simulator.app[WORLD].updates.news, 2)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 10, 1, 4, 0, tzinfo=UTC))


@pytest.fixture
async def simulator(clock: FixedClock) -> AsyncIterator[Simulator]:
    async with Simulator(clock=clock) as running:
        yield running


@pytest.fixture
async def client(simulator: Simulator) -> AsyncIterator[SimulatorClient]:
    async with SimulatorClient(simulator.url) as opened:
        yield opened


@pytest.fixture
async def session(simulator: Simulator) -> AsyncIterator[ClientSession]:
    async with ClientSession(simulator.url) as opened:
        yield opened


@pytest.fixture
async def api(simulator: Simulator, session: ClientSession) -> Api:
    return Api(session, simulator.token)


@pytest.fixture
async def person(client: SimulatorClient) -> SimulatedPerson:
    """A person who has started the bot; the update is confirmed."""
    added = await client.person()
    await added.start()
    return added
