"""Health checks and Prometheus metrics over HTTP."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

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
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringAddress:
    """`host` and `port` serve /metrics, /healthz and /readyz."""

    host: str
    port: int


@dataclass(slots=True, kw_only=True)
class Health:
    """Alive while it answers; ready while the database answers and the process is not stopping.

    `probes` refresh the database gauges whenever the metrics are read.
    """

    database: Database
    clock: Clock
    probes: Sequence[Probe] = ()
    is_stopping: bool = False

    async def ready(self) -> bool:
        if self.is_stopping:
            return False
        try:
            async with asyncio.timeout(DATABASE_TIMEOUT_S), self.database.session() as session:
                await session.execute(text("SELECT 1"))
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


@asynccontextmanager
async def serve_monitoring(health: Health, at: MonitoringAddress | None) -> AsyncIterator[None]:
    """Serve the monitoring endpoints until the block exits."""
    if at is None:
        yield
        return
    server = web.AppRunner(monitoring_app(health), access_log=None)
    await server.setup()
    try:
        await web.TCPSite(server, at.host, at.port).start()
        yield
    finally:
        await server.cleanup()
