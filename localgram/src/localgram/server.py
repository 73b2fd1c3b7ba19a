"""The local Telegram as a web server, for the command line, the demo and tests."""

import asyncio
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Self

from aiohttp import web

from localgram import bot_api, pages
from localgram.clock import MovableSimulatorClock, SimulatorClock
from localgram.guard import guard
from localgram.keys import MOVABLE, WORLD, WORLDS
from localgram.person_side import control, inline, messages, people, press
from localgram.webhook_delivery import deliver
from localgram.world import NAME, TelegramWorld

HOST = "127.0.0.1"
TOKEN = "42:local-telegram"  # noqa: S105  the simulator's own, it opens nothing else
LARGEST_BODY_BYTES = 60 * 1024 * 1024
SHUTDOWN_SECONDS = 0.5


def make_app(world: TelegramWorld, movable: MovableSimulatorClock | None = None) -> web.Application:
    """The application of a bot. With `movable` the person side can move the clock."""
    app = web.Application(middlewares=[guard], client_max_size=LARGEST_BODY_BYTES)
    app[WORLD] = world
    app[WORLDS] = {world.token: world}
    if movable is not None:
        app[MOVABLE] = movable
    for part in (bot_api, people, messages, press, inline, control, pages):
        app.add_routes(part.routes())
    app.cleanup_ctx.append(_delivery)
    return app


async def _delivery(app: web.Application) -> AsyncIterator[None]:
    async with asyncio.TaskGroup() as group:
        task = group.create_task(deliver(app[WORLD]))
        yield
        task.cancel()


class Simulator:
    """A running local Telegram: `async with Simulator(clock=clock) as simulator`. Port 0: any free one."""

    def __init__(
        self,
        *,
        clock: SimulatorClock,
        movable: MovableSimulatorClock | None = None,
        token: str = TOKEN,
        name: str = NAME,
        port: int = 0,
    ) -> None:
        self.token = token
        self.world = TelegramWorld(token=token, clock=clock, name=name)
        self.app = make_app(self.world, movable)
        self.port = port
        # A poll whose client has gone must not take updates from the next one.
        self._runner = web.AppRunner(
            self.app, access_log=None, handler_cancellation=True, shutdown_timeout=SHUTDOWN_SECONDS
        )

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def take_calls_of(self, other: "Simulator") -> None:
        """Serve another bot's calls at this address, too: a program that runs both has one address."""
        self.app[WORLDS][other.token] = other.world

    @property
    def waiting_updates(self) -> int:
        """How many updates the bot has not confirmed yet."""
        return len(self.world.updates)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._runner.cleanup()
