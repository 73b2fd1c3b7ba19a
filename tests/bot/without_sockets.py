"""HTTP without sockets: requests to the local Telegram are handed to its web application in this process.

Routing, middlewares, arguments and answers are those of the server; only TCP is left out, which costs more
than most handlers do.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import Mock

from aiohttp import ClientSession, ClientTimeout, FormData, HttpVersion11, StreamReader, web
from aiohttp.http_parser import RawRequestMessage
from localgram.keys import WORLD
from localgram.server import LARGEST_BODY_BYTES, Simulator
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from messaging.api import TelegramSession
from tests.quick_session import QuickSession

BUFFER = 2**16
_protocol = Mock(peername=None, sockname=None, ssl_context=None, transport=None)


@dataclass(slots=True)
class Sockets:
    """Whether requests travel over sockets after all: some talks do, to hold the two alike."""

    used: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What callers read of aiohttp's response."""

    status: int
    body: bytes

    @property
    def ok(self) -> bool:
        return self.status < 400

    async def read(self) -> bytes:
        return self.body

    async def text(self) -> str:
        return self.body.decode()

    async def json(self) -> Any:
        return json.loads(self.body)


@dataclass(slots=True, kw_only=True)
class SocketlessSession:
    """Stands in for a ClientSession. Forms, downloads and ordered faults take the real one."""

    simulator: Simulator
    sockets: Sockets
    real: ClientSession
    get: Callable[..., Any] = field(init=False)

    def __post_init__(self) -> None:
        self.get = self.real.get

    @property
    def closed(self) -> bool:
        return self.real.closed

    async def close(self) -> None:
        await self.real.close()

    def post(self, url: str, **more: Any) -> AbstractAsyncContextManager[Any]:
        return self.request("POST", url, **more)

    def request(self, method: str, url: str, **more: Any) -> AbstractAsyncContextManager[Any]:
        faulty = bool(self.simulator.app[WORLD].faults.remaining())
        if self.sockets.used or faulty or isinstance(more.get("data"), FormData):
            return self.real.request(method, url, **more)
        return self._answered(method, url, **more)

    @asynccontextmanager
    async def _answered(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str | float] | None = None,
        timeout: ClientTimeout | None = None,  # noqa: ASYNC109  aiohttp's own name
        **more: Any,
    ) -> AsyncIterator[Answer]:
        place = URL(url).relative() if URL(url).absolute else URL(url)
        request = _request(method, place.with_query(params) if params else place, _body(**more))
        async with asyncio.timeout(timeout.total if timeout else None):
            response = await self.simulator.app._handle(request)
        assert isinstance(response, web.Response)
        assert isinstance(response.body, bytes)
        yield Answer(response.status, response.body)


def _body(
    *, json: Any = None, data: bytes | None = None, headers: Mapping[str, str] | None = None
) -> bytes | None:
    return data if json is None else _dumped(json)


def _dumped(value: Any) -> bytes:
    return json.dumps(value).encode()


def _request(method: str, url: URL, body: bytes | None) -> web.Request:
    loop = asyncio.get_running_loop()
    fields = {"Host": "127.0.0.1"} | ({} if body is None else {"Content-Type": "application/json"})
    raw = tuple((name.encode(), value.encode()) for name, value in fields.items())
    headers = CIMultiDictProxy(CIMultiDict(fields))
    message = RawRequestMessage(method, str(url), HttpVersion11, headers, raw, False, None, False, False, url)
    content = StreamReader(_protocol, BUFFER, loop=loop)
    content.feed_data(body or b"")
    content.feed_eof()
    task = asyncio.current_task()
    return web.Request(message, content, _protocol, Mock(), task, loop, client_max_size=LARGEST_BODY_BYTES)


def socketless_bot_session(simulator: Simulator, sockets: Sockets) -> type[TelegramSession]:
    """A session of aiogram whose calls of the Bot API reach this simulator."""

    class SocketlessBotSession(QuickSession):
        async def create_session(self) -> Any:
            if not isinstance(self._session, SocketlessSession) or self._session.closed:
                real = await super().create_session()
                self._session = SocketlessSession(simulator=simulator, sockets=sockets, real=real)
            return self._session

    return SocketlessBotSession
