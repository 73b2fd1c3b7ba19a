"""Intake by webhook: Telegram gets its 200 once the update is in the inbox."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import SetWebhook
from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from messaging.health import SLOW_S
from messaging.inbox.intake import Arrival, Intake, Refusals, parse

MAX_BODY_BYTES = 512 * 1024
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  a header's name
_BATCH = 200
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 60.0
_PASSING = (TelegramRetryAfter, TelegramNetworkError, TelegramServerError, ClientDecodeError)
_log = structlog.get_logger(__name__)


@dataclass(slots=True, kw_only=True)
class IntakeBatcher:
    """Writes updates that arrive together in one transaction, one transaction at a time."""

    intake: Intake
    _waiting: list[tuple[Arrival, asyncio.Future[None]]] = field(default_factory=list)
    _writing: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def accept(self, arrival: Arrival) -> None:
        """Return when the update is stored; raises the database's errors."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((arrival, done))
        async with self._writing:
            while not done.done():
                await self._write()
        await done

    async def _write(self) -> None:
        batch, self._waiting = self._waiting[:_BATCH], self._waiting[_BATCH:]
        try:
            await self.intake.accept([arrival for arrival, _ in batch])
        except Exception as error:  # noqa: BLE001  each of those who wait gets it
            for _, done in batch:
                done.set_exception(error)
            return
        except asyncio.CancelledError:
            for _, done in batch:
                done.cancel()
            raise
        for _, done in batch:
            done.set_result(None)


def webhook_app(intake: Intake, *, path: str, secret: str) -> web.Application:
    """Serves POST `path`: 401 without the right `secret`, 400 for what is not an update, 408 for what comes
    too slowly. What is an update but for what it holds is refused three times and then taken.
    """
    batcher, refusals = IntakeBatcher(intake=intake), Refusals()

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return web.Response(status=401)
        try:
            async with asyncio.timeout(SLOW_S):
                body = await request.read()
            arrival = _arrival(body, refusals)
        except TimeoutError:
            return web.Response(status=408)
        except ValueError:
            return web.Response(status=400)
        try:
            await batcher.accept(arrival)
        except (SQLAlchemyError, OSError) as error:
            _log.warning("updates cannot be kept", error=type(error).__name__)
            return web.Response(status=500)  # Telegram retries
        return web.Response()

    app = web.Application(client_max_size=MAX_BODY_BYTES)
    app.router.add_post(path, receive)
    return app


def _arrival(body: bytes, refusals: Refusals) -> Arrival:
    """Raises ValueError for what is refused."""
    try:
        return parse(body.decode())
    except ValueError:
        if (arrival := refusals.taken(body)) is None:
            raise
        _log.warning("an update that was refused is taken as it came", update_id=arrival.update_id)
        return arrival


async def set_until_taken(bot: Bot, webhook: SetWebhook, sleep: Callable[[float], Awaitable[None]]) -> None:
    """Tell Telegram where to send updates, again and again on its bad days.

    Raises TelegramAPIError for what will never pass, such as an address that Telegram refuses.
    """
    pause = _FIRST_PAUSE_S
    while True:
        try:
            await bot(webhook)
        except _PASSING as error:
            _log.warning("the webhook cannot be set now", error=type(error).__name__)
            await sleep(float(error.retry_after) if isinstance(error, TelegramRetryAfter) else pause)
            pause = min(pause * 2, _LONGEST_PAUSE_S)
        else:
            return
