"""Runs the bot's parts: intake, workers, delivery, periodic jobs."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import structlog
from aiogram import Bot, Dispatcher
from aiogram.methods import SetWebhook
from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from database.engine import Database
from deadlines.store import LiveCalendar
from kernel.clock import Clock
from messaging.api import TelegramChannel
from messaging.health import Health, http_server
from messaging.inbox import failed
from messaging.inbox import unit as inbox
from messaging.inbox.error_reporter import ErrorReporter
from messaging.inbox.intake import Intake, Poller
from messaging.inbox.waking import WakeListener, wake_others
from messaging.inbox.webhook import set_until_taken, webhook_app
from messaging.inbox.worker import ReadyChats, Worker, add_waiting
from messaging.outbox import writing as outbox
from messaging.outbox.delivery import Delivery
from messaging.outbox.hours import WorkingDays
from messaging.outbox.refreshing import Refresh
from messaging.outbox.sending import MessageSender, Pace
from messaging.outbox.undelivered import OnUndelivered
from messaging.periodic import PeriodicJob, PeriodicJobs

GRACE_S = 20.0
_LAST_REQUESTS_S = 5.0
_RETENTION_INTERVAL_S = 3_600.0
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """`url` is where Telegram reaches us, `host` and `port` where we listen, `secret` what it must send."""

    url: str
    secret: str
    path: str = "/webhook"
    host: str = "127.0.0.1"
    port: int = 8443


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxSettings:
    """Without `webhook`, updates are polled. `takes_in` and `works` split the roles: a process that does not
    take in leaves intake to another; one that does not work handles, sends and deletes nothing.

    Up to `workers` chats are handled at once, each holding a database connection. Every `polling_interval_s`
    seconds a process looks for updates that others, or an earlier run, put into the inbox.
    `messages_per_second` is Telegram's limit over all chats, None for none. A call slower than
    `call_timeout_s` is retried.
    """

    webhook: Webhook | None = None
    takes_in: bool = True
    works: bool = True
    workers: int = 16
    polling_interval_s: float = 0.2
    poll_wait_s: int = 30
    messages_per_second: float | None = 30.0
    call_timeout_s: float = 30.0


def _wake_nobody(_: int) -> None:
    """Default `wake`: working processes find the chat themselves."""


@dataclass(slots=True, kw_only=True)
class InboxRunner:
    """Runs until `stop`, then starts nothing new and gives running updates 20 seconds to finish.

    `retention_jobs` delete old data at startup and every hour, given a session and the current instant.
    `jobs` are further periodic jobs of a working process. `routes` extend the webhook's web application.
    `on_undelivered` receives every notice that is given up, `refreshers` make notices anew as they are sent,
    `observe` receives the seconds each answer took. `health` becomes not ready when the process stops.
    `encrypt` closes what is kept of updates that are given up. `allowed_updates` are the kinds that Telegram
    is asked for.
    """

    database: Database
    bot: Bot
    dispatcher: Dispatcher
    clock: Clock
    error_reporter: ErrorReporter
    allowed_updates: Sequence[str] = ()
    settings: InboxSettings = field(default_factory=InboxSettings)
    retention_jobs: Sequence[Callable[[AsyncSession, datetime], Awaitable[None]]] = ()
    jobs: Sequence[PeriodicJob] = ()
    on_undelivered: OnUndelivered | None = None
    refreshers: Mapping[str, Refresh] = field(default_factory=dict)
    health: Health | None = None
    observe: Callable[[float], None] = lambda _: None
    routes: Sequence[Callable[[web.Application], None]] = ()
    encrypt: failed.Bound | None = None
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ready: ReadyChats = field(init=False, default_factory=ReadyChats)
    listener: WakeListener = field(init=False)
    delivery: Delivery = field(init=False)
    _stopping: asyncio.Event = field(init=False, default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.listener = WakeListener(database=self.database, ready=self.ready, sleep=self.sleep)
        pace = Pace(monotonic=time.monotonic, per_second=self.settings.messages_per_second)
        telegram = TelegramChannel(bot=self.bot, timeout_s=self.settings.call_timeout_s)
        sender = MessageSender(channel=telegram, clock=self.clock, pace=pace, sleep=self.sleep)
        self.delivery = Delivery(
            database=self.database,
            sender=sender,
            clock=self.clock,
            working_days=WorkingDays(LiveCalendar(self.clock)),
            on_undelivered=self.on_undelivered,
            refreshers=self.refreshers,
        )

    @property
    def intake(self) -> Intake:
        """A working process handles what it takes in; otherwise it wakes the working processes."""
        wake = self.ready.add if self.settings.works else _wake_nobody
        calls = not self.settings.works and not self.database.is_sqlite
        call = wake_others if calls else None
        return Intake(database=self.database, clock=self.clock, wake=wake, call=call)

    async def run(self) -> None:
        async with asyncio.TaskGroup() as group:
            ending = [group.create_task(self._take_in())] if self.settings.takes_in else []
            finishing = await self._work(group, ending) if self.settings.works else []
            periodic = PeriodicJobs(self._periodic_jobs() if self.settings.works else ())
            periodic.start()
            try:
                await self._stopping.wait()
                for task in ending:
                    task.cancel()
                self.ready.close()
                self.delivery.stop()
                await asyncio.gather(periodic.stop(GRACE_S), _finish(finishing))
            finally:
                await periodic.stop(0)

    async def stop(self) -> None:
        if self.health is not None:
            self.health.is_stopping = True
        self._stopping.set()

    async def run_periodic_jobs(self) -> None:
        """Run each periodic job once, for a clock that was moved."""
        for job in self._periodic_jobs():
            await job.run()

    async def _work(
        self, group: asyncio.TaskGroup, ending: list[asyncio.Task[None]]
    ) -> list[asyncio.Task[None]]:
        """Start handling and sending. Returns the tasks to wait for at the end; `ending` gets the others."""
        worker = await self._worker()
        if not self.settings.takes_in and not self.database.is_sqlite:
            ending.append(group.create_task(self.listener.run()))
        finishing = [group.create_task(worker.run()) for _ in range(self.settings.workers)]
        return [*finishing, group.create_task(self.delivery.run())]

    async def _worker(self) -> Worker:
        async with self.database.session() as session:
            left_over = set(await inbox.unhandled(session))
        return Worker(
            database=self.database,
            bot=self.bot,
            dispatcher=self.dispatcher,
            clock=self.clock,
            error_reporter=self.error_reporter,
            ready=self.ready,
            deliver=self.delivery.deliver,
            sleep=self.sleep,
            left_over=left_over,
            observe=self.observe,
            encrypt=self.encrypt,
        )

    async def _take_in(self) -> None:
        webhook = self.settings.webhook
        if webhook is None:
            await self._poll()
        else:
            await self._listen(webhook)

    async def _poll(self) -> None:
        poller = Poller(
            bot=self.bot,
            intake=self.intake,
            allowed_updates=self.allowed_updates,
            sleep=self.sleep,
            wait_s=self.settings.poll_wait_s,
        )
        await poller.run()

    async def _listen(self, webhook: Webhook) -> None:
        app = webhook_app(self.intake, path=webhook.path, secret=webhook.secret)
        for add_to in self.routes:
            add_to(app)
        server = http_server(app, shutdown_timeout=_LAST_REQUESTS_S)
        await server.setup()
        try:
            await web.TCPSite(server, webhook.host, webhook.port).start()
            wanted = SetWebhook(
                url=webhook.url, secret_token=webhook.secret, allowed_updates=list(self.allowed_updates)
            )
            await set_until_taken(self.bot, wanted, self.sleep)
            await asyncio.Event().wait()
        finally:
            await server.cleanup()

    def _periodic_jobs(self) -> list[PeriodicJob]:
        return [
            PeriodicJob(
                name="inbox",
                every_s=self.settings.polling_interval_s,
                run=partial(add_waiting, self.database, self.ready),
            ),
            self.delivery.as_job(),
            PeriodicJob(name="retention", every_s=_RETENTION_INTERVAL_S, run=self._delete_old),
            *self.jobs,
        ]

    async def _delete_old(self) -> None:
        async with self.database.unit_of_work() as work:
            for forget_old in (inbox.forget_old, failed.forget_old, outbox.forget_old, *self.retention_jobs):
                await forget_old(work.session, self.clock.now())
            await work.commit()


async def _finish(tasks: Sequence[asyncio.Task[None]]) -> None:
    """Wait for the tasks within the grace period, then cancel them."""
    if tasks:
        _, late = await asyncio.wait(tasks, timeout=GRACE_S)
        for task in late:
            task.cancel()
