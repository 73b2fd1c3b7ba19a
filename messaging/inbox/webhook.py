"""Intake by webhook: Telegram is answered 200 when its update is in the inbox."""

import asyncio
import hmac
from dataclasses import dataclass, field

import structlog
from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from messaging.inbox.intake import Arrival, Intake, parse

LARGEST_BODY_BYTES = 512 * 1024
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  a header's name
_AT_ONCE = 200
_log = structlog.get_logger(__name__)


@dataclass(slots=True, kw_only=True)
class Gathering:
    """Updates that arrive together are written together: one transaction for all that wait, one at a time."""

    intake: Intake
    _waiting: list[tuple[Arrival, asyncio.Future[None]]] = field(default_factory=list)
    _writing: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def accept(self, arrival: Arrival) -> None:
        """Return when the update is safe; raise what the database raised."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((arrival, done))
        async with self._writing:
            while not done.done():
                await self._write()
        await done

    async def _write(self) -> None:
        together, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
        try:
            await self.intake.accept([arrival for arrival, _ in together])
        except Exception as error:  # noqa: BLE001  each of those who wait gets it
            for _, done in together:
                done.set_exception(error)
            return
        except asyncio.CancelledError:
            for _, done in together:
                done.cancel()
            raise
        for _, done in together:
            done.set_result(None)


def webhook_app(intake: Intake, *, path: str, secret: str) -> web.Application:
    """Serves POST `path`; who does not know `secret` gets 401, what is not an update gets 400."""
    gathering = Gathering(intake=intake)

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return web.Response(status=401)
        try:
            arrival = parse((await request.read()).decode())
        except ValueError:
            return web.Response(status=400)
        try:
            await gathering.accept(arrival)
        except (SQLAlchemyError, OSError) as error:
            _log.warning("updates cannot be kept", error=type(error).__name__)
            return web.Response(status=500)  # Telegram brings it again
        return web.Response()

    app = web.Application(client_max_size=LARGEST_BODY_BYTES)
    app.router.add_post(path, receive)
    return app
