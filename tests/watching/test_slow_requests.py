"""Requests that come drop by drop hold no connection for long."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from database.engine import Database
from kernel.clock import FixedClock
from messaging.health import SLOW_S, http_server
from messaging.inbox.intake import Intake
from messaging.inbox.webhook import SECRET_HEADER, webhook_app
from tests.messaging.telegram import as_text, message

BODY = as_text(message(1, "a")).encode()
HEAD = f"POST /hook HTTP/1.1\r\nHost: here\r\n{SECRET_HEADER}: right\r\nContent-Length: {len(BODY)}\r\n"
Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@pytest.fixture
async def intake(database: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Intake:
    assert SLOW_S == 20
    for module in ("health", "inbox.webhook"):
        monkeypatch.setattr(f"messaging.{module}.SLOW_S", 0.2)
    monkeypatch.setattr("messaging.health.LINGER_S", 0.2)
    return Intake(database=database, clock=clock, wake=lambda _: None)


@asynccontextmanager
async def connected(intake: Intake) -> AsyncIterator[Connection]:
    """The ends of a connection to the webhook, as its server is started."""
    server = http_server(webhook_app(intake, path="/hook", secret="right"))
    await server.setup()
    site = web.TCPSite(server, "127.0.0.1", 0)
    await site.start()
    reader, writer = await asyncio.open_connection(*server.addresses[0][:2])
    try:
        async with asyncio.timeout(20):
            yield reader, writer
    finally:
        writer.close()
        await server.cleanup()


@pytest.mark.parametrize("begun", ["", "POST", HEAD, f"{HEAD}X-Slow: "])
async def test_slow_headers_are_closed(intake: Intake, begun: str):
    async with connected(intake) as (reader, writer):
        writer.write(begun.encode())
        assert await reader.read() == b""


async def test_slow_headers_after_a_good_request_are_closed(intake: Intake):
    async with connected(intake) as (reader, writer):
        writer.write(HEAD.encode() + b"\r\n" + BODY)
        assert b"200 OK" in await reader.readuntil(b"\r\n")
        writer.write(b"POST /hook")
        rest = await reader.read()
        assert b"HTTP" not in rest


async def test_slow_body_gets_408(intake: Intake):
    async with connected(intake) as (reader, writer):
        writer.write(HEAD.encode() + b"\r\n" + BODY[:-1])
        assert b"408" in await reader.readuntil(b"\r\n")
