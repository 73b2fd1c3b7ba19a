"""Health checks and Prometheus metrics over HTTP."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from database.engine import Database
from kernel.clock import Clock
from messaging.metrics import REGISTRY

Probe = Callable[[AsyncSession, datetime], Awaitable[None]]

DATABASE_TIMEOUT_S = 2.0  # a database that takes longer is not ready
LINGER_S = 5.0  # for what is still coming of a request that was answered
SLOW_S = 20.0  # for the headers of a request, for its body, and for the next request of a connection
_WRITING = {
    "sqlite": text("PRAGMA user_version = 1"),
    # Divides by zero where only reading is allowed, which the log's message would not notice.
    "postgresql": text(
        "SELECT pg_logical_emit_message(true, 'qyzmet', 'ready?'), "
        "1 / (current_setting('transaction_read_only') = 'off')::int"
    ),
}
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringAddress:
    """`host` and `port` serve /metrics, /healthz and /readyz."""

    host: str
    port: int


@dataclass(slots=True, kw_only=True)
class Health:
    """Alive while it answers; ready while the process is not stopping and what it needs is read and written:
    the database, and the folder of `files` if it has one.

    `probes` refresh the database gauges whenever the metrics are read.
    """

    database: Database
    clock: Clock
    probes: Sequence[Probe] = ()
    files: Path | None = None
    is_stopping: bool = False

    async def ready(self) -> bool:
        if self.is_stopping:
            return False
        try:
            async with asyncio.timeout(DATABASE_TIMEOUT_S):
                await _write_and_read(self.database)
                if self.files is not None:
                    await asyncio.to_thread(_write_file, self.files)
        except (SQLAlchemyError, OSError):  # a TimeoutError is an OSError
            return False
        return True

    async def metrics(self) -> bytes:
        """The metrics in Prometheus' text format. If the database does not answer, its gauges keep their
        values.
        """
        try:
            async with asyncio.timeout(DATABASE_TIMEOUT_S), self.database.session() as session:
                for probe in self.probes:
                    await probe(session, self.clock.now())
        except (SQLAlchemyError, OSError) as error:
            _log.warning("the database was not asked for its metrics", error=type(error).__name__)
        return generate_latest(REGISTRY)


async def _write_and_read(database: Database) -> None:
    """A commit that reaches the disk and leaves nothing: SQLite's header, a message in PostgreSQL's log."""
    async with database.unit_of_work() as unit:
        await unit.session.execute(text("SELECT version_num FROM alembic_version"))
        await unit.session.execute(_WRITING["sqlite" if database.is_sqlite else "postgresql"])
        await unit.commit()


def _write_file(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryFile(dir=folder) as file:
        file.write(b"ready?")
        file.flush()


def add_health(app: web.Application, health: Health) -> None:
    """Serve GET /healthz and /readyz."""

    async def healthz(_: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(_: web.Request) -> web.Response:
        is_ready = await health.ready()
        return web.Response(text="ready\n" if is_ready else "not ready\n", status=200 if is_ready else 503)

    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)


def monitoring_app(health: Health) -> web.Application:
    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=await health.metrics(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application()
    add_health(app, health)
    app.router.add_get("/metrics", metrics)
    return app


def http_server(app: web.Application, **options: Any) -> web.AppRunner:
    """Closes connections whose headers, or whose next request, do not come within SLOW_S."""
    return web.AppRunner(app, access_log=None, keepalive_timeout=SLOW_S, lingering_time=LINGER_S, **options)


@asynccontextmanager
async def serve_monitoring(health: Health, at: MonitoringAddress | None) -> AsyncIterator[None]:
    """Serve the monitoring endpoints until the block exits."""
    if at is None:
        yield
        return
    server = http_server(monitoring_app(health))
    await server.setup()
    try:
        await web.TCPSite(server, at.host, at.port).start()
        yield
    finally:
        await server.cleanup()
