"""The shipped Caddyfile over TLS, in a real Caddy whose own authority signs the certificate."""

import asyncio
import shutil
import signal
import ssl
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import ClientSession, TCPConnector
from sqlalchemy import select

from database.engine import Database
from kernel.clock import FixedClock
from messaging.inbox.tables import InboxRow
from tests.deploy.test_proxy import CADDY, CALENDAR, HEADERS, NOT_PASSED, free_port, program, raw, shipped
from tests.each import each_case
from tests.messaging.telegram import as_text, message

CURL = shutil.which("curl")
AUTHORITY = Path(".local/share/caddy/pki/authorities/local/root.crt")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CADDY is None, reason="Caddy is not installed (Debian's package caddy)"),
]


@dataclass(frozen=True, slots=True)
class TlsProxy:
    """Caddy answers at `port` over TLS, at `plain` without."""

    port: int
    plain: int
    authority: Path

    def url(self, path: str) -> str:
        return f"https://localhost:{self.port}{path}"

    def trusting(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.authority))

    async def raw(self, *parts: bytes, pause_s: float = 0, name: str = "localhost") -> tuple[bytes, float]:
        """What comes back over TLS until the connection is closed, and after how many seconds."""
        began = time.monotonic()
        trusting = self.trusting()
        trusting.check_hostname = name == "localhost"
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", self.port, ssl=trusting, server_hostname=name
        )
        try:
            for part in parts:
                writer.write(part)
                await writer.drain()
                await asyncio.sleep(pause_s)
            async with asyncio.timeout(10):
                found = await reader.read()
        finally:
            writer.close()
        return found, time.monotonic() - began


@pytest.fixture
async def proxy(
    sqlite_database: Database, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[TlsProxy]:
    for module in ("health", "inbox.webhook"):
        monkeypatch.setattr(f"messaging.{module}.SLOW_S", 1)
    upstream, port, plain = free_port(), free_port(), free_port()
    ours = f"{{\n\tlocal_certs\n\tskip_install_trust\n\thttps_port {port}\n\thttp_port {plain}\n"
    config = tmp_path / "Caddyfile"
    config.write_text(ours + shipped(upstream).removeprefix("{\n"), encoding="utf-8")
    found = TlsProxy(port, plain, tmp_path / AUTHORITY)
    async with program(sqlite_database, clock, upstream):
        process = await asyncio.create_subprocess_exec(
            str(CADDY), "run", "--config", str(config), "--adapter", "caddyfile",
            env={"QYZMET_DOMAIN": "localhost", "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            await _until_signed(found)
            yield found
        finally:
            process.send_signal(signal.SIGTERM)
            await process.wait()


async def _until_signed(proxy: TlsProxy) -> None:
    async with asyncio.timeout(30):
        while True:
            try:
                await proxy.raw(b"GET / HTTP/1.0\r\n\r\n")
            except OSError:
                await asyncio.sleep(0.1)
            else:
                return


async def test_webhook_and_calendar_pass_over_tls(proxy: TlsProxy, sqlite_database: Database):
    async with ClientSession(connector=TCPConnector(ssl=proxy.trusting())) as session:
        for secret, status in ((HEADERS, 200), ({}, 401)):
            answer = await session.post(
                proxy.url("/webhook"), data=as_text(message(1, "сәлем")), headers=secret
            )
            assert answer.status == status
        assert await (await session.get(proxy.url(CALENDAR))).text() == CALENDAR
    async with sqlite_database.session() as reading:
        assert (await reading.scalars(select(InboxRow.update_id))).all() == [1]


async def test_nothing_else_reaches_the_program_over_tls(proxy: TlsProxy):
    """Nor under another name than that of the certificate, nor without TLS."""
    with each_case() as each:
        for path in NOT_PASSED:
            for host in ("localhost", "elsewhere.kz", "127.0.0.1"):
                with each.case((path, host)):
                    request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
                    assert b"X-Reached" not in (await proxy.raw(request.encode()))[0]
        for host in ("elsewhere.kz", "127.0.0.1", "localhost.elsewhere.kz"):
            with each.case(host):
                request = f"GET {CALENDAR} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
                assert b"X-Reached" not in (await proxy.raw(request.encode()))[0]
        for name in ("elsewhere.kz", "127.0.0.1"):
            with each.case(f"SNI {name}"), pytest.raises(ssl.SSLError):
                await proxy.raw(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", name=name)
        for method, path in (("GET", CALENDAR), ("POST", "/webhook"), ("GET", "/metrics")):
            with each.case(f"plain {method} {path}"):
                request = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                answer, _ = await raw(proxy.plain, request.encode())
                assert answer.startswith(b"HTTP/1.1 308"), answer
                assert b"Location: https://localhost" in answer


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1:DeprecationWarning")
async def test_old_versions_of_tls_are_refused(proxy: TlsProxy):
    for version in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
        old.set_ciphers("ALL:@SECLEVEL=0")
        old.minimum_version = ssl.TLSVersion.TLSv1
        old.maximum_version = version
        with pytest.raises((ssl.SSLError, ConnectionResetError)):
            await asyncio.open_connection("127.0.0.1", proxy.port, ssl=old, server_hostname="localhost")


async def test_slow_handshakes_headers_and_bodies_are_closed(proxy: TlsProxy, sqlite_database: Database):
    with each_case() as each:
        for name, parts in {
            "silence": [],
            "half a handshake": [b"\x16\x03\x01"],
            "no TLS": [b"GET / "],
        }.items():
            with each.case(name):
                try:
                    _, seconds = await raw(proxy.port, *parts)
                except ConnectionResetError:
                    continue
                assert seconds < 6
        begun = b"POST /webhook HTTP/1.1\r\nHost: localhost\r\n"
        secret = b"".join(f"{name}: {value}\r\n".encode() for name, value in HEADERS.items())
        for name, parts in {
            "headers": [begun, *(b"X-%d: 1\r\n" % number for number in range(8))],
            "a body": [begun + secret + b"Content-Length: 100\r\n\r\n", *[b" "] * 8],
        }.items():
            with each.case(name):
                try:
                    answer, seconds = await proxy.raw(*parts, pause_s=0.3)
                except (ConnectionResetError, BrokenPipeError, ssl.SSLError):
                    continue
                assert seconds < 6, answer
                assert answer[:12] == (b"HTTP/1.1 408" if name == "a body" else b""), answer
    async with sqlite_database.session() as reading:
        assert not (await reading.scalars(select(InboxRow.update_id))).all()


@pytest.mark.skipif(CURL is None, reason="curl is not installed")
async def test_http_2_passes_the_same_and_no_slow_body(
    proxy: TlsProxy, sqlite_database: Database, tmp_path: Path
):
    async def curl(*words: str, given: bytes = b"") -> str:
        process = await asyncio.create_subprocess_exec(
            str(CURL), "--silent", "--http2", "--max-time", "9", "--cacert", str(proxy.authority),
            "--write-out", "%{http_version} %{http_code} %{time_total}", "--output", str(tmp_path / "body"),
            *words, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        return (await process.communicate(given))[0].decode()

    header = [word for name, value in HEADERS.items() for word in ("--header", f"{name}: {value}")]
    sent = await curl(
        *header, "--data-binary", "@-", proxy.url("/webhook"), given=as_text(message(1, "a")).encode()
    )
    assert sent.startswith("2 200 "), sent
    for path in ("/metrics", "/readyz", "/calendar/../metrics", "/webhook/"):
        answer = await curl("--path-as-is", proxy.url(path))
        assert answer.startswith("2 404 "), (path, answer)
    slow = tmp_path / "slow"
    slow.write_bytes(b" " * 400_000)
    answer = await curl(*header, "--limit-rate", "20k", "--data-binary", f"@{slow}", proxy.url("/webhook"))
    assert answer[:5] in {"2 408", "0 000"}, answer  # Caddy 2.6 resets the stream: Telegram sends it again
    assert float(answer.split()[2]) < 6
    async with sqlite_database.session() as reading:
        assert (await reading.scalars(select(InboxRow.update_id))).all() == [1]
