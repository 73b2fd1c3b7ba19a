"""The shipped Caddyfile in a real Caddy (Debian's package `caddy`), on loopback, before a real webhook."""

import asyncio
import os
import shutil
import signal
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from aiohttp import ClientConnectorError, ClientSession, web
from sqlalchemy import select

from bot.views.public_address import CALENDAR_PATH, OPEN_DATA_PATH
from database.engine import Database
from kernel.clock import FixedClock
from messaging.health import http_server
from messaging.inbox.intake import Intake
from messaging.inbox.tables import InboxRow
from messaging.inbox.webhook import SECRET_HEADER, webhook_app
from tests.each import each_case
from tests.messaging.telegram import as_text, message

CADDY = shutil.which("caddy")
CADDYFILE = Path(__file__).parents[2] / "deploy" / "Caddyfile"
HEADERS = {SECRET_HEADER: "right"}
TOKEN = "u_-7" * 10
CALENDAR = CALENDAR_PATH.format(token=TOKEN)
NOT_PASSED = (
    *("/", "/metrics", "/healthz", "/readyz", "/webhook/", "/webhook/x", "/calendar", "/calendar/", "/openx"),
    *("/calendar/../metrics", "/calendar/..%2fmetrics", "/calendar/%2e%2e/readyz", "//metrics", "/METRICS"),
    *(
        "/calendar/a/../../metrics?x=.ics",
        "/metrics#.ics",
        "/metrics%3f.ics",
        "/calendar/x.ics/../../metrics",
    ),
)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CADDY is None, reason="Caddy is not installed (Debian's package caddy)"),
]


@dataclass(frozen=True, slots=True)
class Proxy:
    port: int
    folder: Path

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def shipped(upstream: int) -> str:
    """The shipped file: another address behind it, 20 seconds that are one and 45 that are three,
    no port of Caddy's own.
    """
    text = CADDYFILE.read_text(encoding="utf-8")
    changes = {
        "dynamic a web 8443": f"dynamic a localhost {upstream}",
        "read_header 20s": "read_header 1s",
        "read_body 45s": "read_body 3s",
        "{\n\tservers {": "{\n\tadmin off\n\tservers {",
    }
    for old, new in changes.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


async def _answer(request: web.Request) -> web.Response:
    return web.Response(text=request.path, headers={"X-Reached": "the program"})


@asynccontextmanager
async def program(database: Database, clock: FixedClock, port: int) -> AsyncIterator[None]:
    """A web process's webhook, and whatever else somebody might ask it for."""
    intake = Intake(database=database, clock=clock, wake=lambda _: None)
    app = webhook_app(intake, path="/webhook", secret="right")
    app.router.add_get(CALENDAR_PATH, _answer)
    app.router.add_get("/{rest:.*}", _answer)
    server = http_server(app)
    await server.setup()
    try:
        await web.TCPSite(server, "127.0.0.1", port).start()
        yield
    finally:
        await server.cleanup()


@pytest.fixture
async def proxy(
    sqlite_database: Database, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Proxy]:
    for module in ("health", "inbox.webhook"):
        monkeypatch.setattr(f"messaging.{module}.SLOW_S", 1)
    upstream, port = free_port(), free_port()
    config = tmp_path / "Caddyfile"
    config.write_text(shipped(upstream), encoding="utf-8")
    environment = {
        "QYZMET_DOMAIN": f"http://127.0.0.1:{port}",
        "HOME": str(tmp_path),
        "PATH": os.environ["PATH"],
    }
    async with program(sqlite_database, clock, upstream):
        process = await asyncio.create_subprocess_exec(
            str(CADDY), "run", "--config", str(config), "--adapter", "caddyfile",
            env=environment, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            await _until_listens(port)
            yield Proxy(port, tmp_path)
        finally:
            process.send_signal(signal.SIGTERM)
            await process.wait()


async def _until_listens(port: int) -> None:
    async with asyncio.timeout(20), ClientSession() as session:
        while True:
            try:
                await session.get(f"http://127.0.0.1:{port}/")
            except ClientConnectorError:
                await asyncio.sleep(0.05)
            else:
                return


async def raw(port: int, *parts: bytes, pause_s: float = 0) -> tuple[bytes, float]:
    """The head of the answer, or what came of it before the connection was closed, and the seconds it took.

    When Caddy closes after a 408 is left to it: its server may lose the deadline of a read that it aborts.
    """
    began = time.monotonic()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause_s)
        async with asyncio.timeout(10):
            found = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as closed:
        found = closed.partial
    finally:
        writer.close()
    return found, time.monotonic() - began


async def test_webhook_passes_and_is_stored(proxy: Proxy, sqlite_database: Database):
    async with ClientSession() as session:

        async def post(body: bytes | BytesIO, headers: dict[str, str]) -> int:
            return (await session.post(proxy.url("/webhook"), data=body, headers=headers)).status

        assert await post(as_text(message(1, "сәлем")).encode(), HEADERS) == 200
        assert await post(as_text(message(2, "a")).encode(), {SECRET_HEADER: "wrong"}) == 401
        assert await post(b"{", HEADERS) == 400
        too_large = {413, 502}  # older versions of Caddy say 502
        assert await post(BytesIO(b" " * (600 * 1024)), HEADERS) in too_large
        assert await post(BytesIO(b" " * (3 * 2**20)), HEADERS) in too_large
        for method in ("GET", "PUT", "DELETE", "OPTIONS"):
            assert (await session.request(method, proxy.url("/webhook"), headers=HEADERS)).status == 404
    async with sqlite_database.session() as reading:
        assert (await reading.scalars(select(InboxRow.update_id))).all() == [1]


async def test_body_without_a_length_is_limited_too(proxy: Proxy, sqlite_database: Database):
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(48):
            yield b" " * 65_536

    async with ClientSession() as session:
        answer = await session.post(proxy.url("/webhook"), data=endless(), headers=HEADERS)
        assert answer.status in {400, 413, 502}
        assert (await session.post(proxy.url("/webhook"), data=as_text(message(1, "a")), headers=HEADERS)).ok


async def test_secret_calendar_address_and_open_data_pass(proxy: Proxy):
    async with ClientSession() as session:
        for path in (CALENDAR, OPEN_DATA_PATH, f"{OPEN_DATA_PATH}/data.csv", f"{OPEN_DATA_PATH}/data.json"):
            answer = await session.get(proxy.url(path))
            assert (answer.status, await answer.text()) == (200, path)
            assert (await session.head(proxy.url(path))).status == 200
            assert (await session.post(proxy.url(path))).status == 404


async def test_nothing_else_reaches_the_program(proxy: Proxy):
    """Whatever way a path is written, unchanged by any client."""
    with each_case() as each:
        for path in NOT_PASSED:
            with each.case(path):
                request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                answer, _ = await raw(proxy.port, request.encode())
                assert b"X-Reached" not in answer, answer


async def test_slow_headers_and_bodies_are_closed(proxy: Proxy, sqlite_database: Database):
    begun = b"POST /webhook HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    secret = f"{SECRET_HEADER}: right\r\n".encode()
    cases = {
        "headers that end nowhere": [begun],
        "headers drop by drop": [begun, *(b"X-%d: 1\r\n" % number for number in range(8))],
        "a body that ends nowhere": [begun + secret + b"Content-Length: 100\r\n\r\n{"],
        "a body drop by drop": [begun + secret + b"Content-Length: 100\r\n\r\n", *[b" "] * 8],
    }
    with each_case() as each:
        for name, parts in cases.items():
            with each.case(name):
                try:
                    answer, seconds = await raw(proxy.port, *parts, pause_s=0.3)
                except (ConnectionResetError, BrokenPipeError):
                    continue
                assert seconds < 6, answer
                assert answer[:12] == (b"HTTP/1.1 408" if "body" in name else b""), answer
    async with sqlite_database.session() as reading:
        assert not (await reading.scalars(select(InboxRow.update_id))).all()
