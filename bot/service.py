"""The bot at work: Telegram's client, the dispatcher and everything that runs beside them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode

from accounts.cipher import Cipher
from bot.app import Parts, make_dispatcher
from bot.catalogue import LiveCatalogue
from bot.complaints.fetching import forget_old as forget_fetches
from bot.complaints.work import ComplaintWork
from bot.downloads.fetcher import Fetcher
from bot.failures import Apologies
from bot.feed import FeedAddress, feed_routes
from bot.jobs import make_tick
from bot.limits import Limits
from bot.profile import set_profile
from bot.reporting.taker import SheetTaker
from bot.translations import Translations
from bot.untold import Untold
from bot.watching import metrics
from bot.watching.server import Health, Watched, add_health, watched
from complaints.actions.sending import DailyLimit
from complaints.attachments.folder import DEFAULT_FOLDER, FileFolder
from complaints.desk_drafts.store import forget_old as forget_desk_drafts
from complaints.forgetting import forget_old as forget_complaints
from complaints.untold import SUBJECT, extension_not_told
from database.engine import Database
from deadlines.clock import Clock
from deadlines.queries import LiveCalendar
from knowledge.journal.store import drop_old
from messaging.capture import install_capture
from messaging.dialog_storage import DatabaseStorage
from messaging.inbox.runner import InboxRunner, InboxSettings
from messaging.outbox.working_days import WorkingDays
from messaging.periodic import PeriodicJob
from notifications.tick import INTERVAL_S


@dataclass(frozen=True, slots=True, kw_only=True)
class BotSettings:
    """`tick_interval_s` is None where another process ticks, `watched` where nobody asks for metrics,
    `limits` where anybody may write as fast as he can. `daily` is how many complaints a person may send.
    """

    token: str
    api_url: str
    inbox: InboxSettings = field(default_factory=InboxSettings)
    tick_interval_s: float | None = INTERVAL_S
    watched: Watched | None = None
    limits: Limits | None = None
    daily: DailyLimit = field(default_factory=DailyLimit)


def make_bot(settings: BotSettings) -> Bot:
    """The client of the Bot API; whatever it says while an update is handled goes through the outbox."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(settings.api_url))
    bot = Bot(settings.token, session=session, default=DefaultBotProperties(parse_mode=ParseMode.HTML))
    install_capture(bot)
    return bot


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the bot stands on. Several bots of one process may share a catalogue."""

    database: Database
    clock: Clock
    catalogue: LiveCatalogue
    cipher: Cipher
    files: FileFolder = field(default_factory=lambda: FileFolder(DEFAULT_FOLDER))

    def complaints(self) -> ComplaintWork:
        return ComplaintWork(
            database=self.database,
            clock=self.clock,
            catalogue=self.catalogue,
            cipher=self.cipher,
            folder=self.files,
            texts=Translations.load(),
        )


def make_runner(bot: Bot, ground: Ground, settings: BotSettings, health: Health) -> InboxRunner:
    texts = Translations.load()
    storage = DatabaseStorage(ground.database, ground.clock)
    parts = Parts(
        clock=ground.clock,
        texts=texts,
        storage=storage,
        catalogue=ground.catalogue,
        cipher=ground.cipher,
        files=ground.files,
        limits=settings.limits,
        daily=settings.daily,
        feed=FeedAddress.beside(settings.inbox.webhook.url if settings.inbox.webhook else None),
    )
    return InboxRunner(
        database=ground.database,
        bot=bot,
        dispatcher=make_dispatcher(parts),
        clock=ground.clock,
        failures=Apologies(texts),
        settings=settings.inbox,
        retention_jobs=(drop_old, forget_fetches, forget_complaints, forget_desk_drafts),
        jobs=_periodic_jobs(bot, ground, settings),
        health=health,
        observe=metrics.ANSWERED.observe,
        routes=(
            partial(add_health, health=health),
            *([feed_routes(ground.database, ground.clock)] if settings.inbox.webhook else ()),
        ),
        tell_of=Untold(
            texts=texts,
            working_days=WorkingDays(LiveCalendar(ground.clock)),
            tellers={SUBJECT: extension_not_told},
        ),
    )


@asynccontextmanager
async def running_bot(ground: Ground, settings: BotSettings) -> AsyncIterator[InboxRunner]:
    """The bot, running until the block is left; then what it has begun is finished (20 seconds at most).

    The catalogue is made before the first update is taken: nobody waits for it, and a process that is killed
    while it starts has touched nobody's message.
    """
    if settings.inbox.works:
        async with ground.database.session() as session:
            await ground.catalogue.current(session)
    async with make_bot(settings) as bot:
        if settings.inbox.takes_in:
            await set_profile(bot, Translations.load())
        health = Health(database=ground.database, clock=ground.clock)
        runner = make_runner(bot, ground, settings, health)
        async with asyncio.TaskGroup() as group, watched(health, settings.watched):
            group.create_task(runner.run())
            try:
                yield runner
            finally:
                await runner.stop()


def _periodic_jobs(bot: Bot, ground: Ground, settings: BotSettings) -> Sequence[PeriodicJob]:
    """Files of complaints, spreadsheets of reports, and the tick where it is this process's."""
    taker = SheetTaker(database=ground.database, clock=ground.clock, texts=Translations.load())
    sheets = Fetcher(database=ground.database, bot=bot, clock=ground.clock, taker=taker)
    jobs = [*ground.complaints().periodic_jobs(bot), sheets.as_job("report spreadsheets")]
    if settings.tick_interval_s is not None:
        tick = make_tick(
            ground.database,
            ground.clock,
            Translations.load(),
            ground.complaints().jobs(LiveCalendar(ground.clock)),
        )
        tick.observe = _count_tick(ground.clock)
        jobs.append(PeriodicJob(name="tick", every_s=settings.tick_interval_s, run=tick.run))
    return jobs


def _count_tick(clock: Clock) -> Callable[[float, int], None]:
    def observe(seconds: float, written: int) -> None:
        metrics.TICK.observe(seconds)
        metrics.NOTICES.inc(written)
        metrics.TICKED_AT.set(clock.now().timestamp())

    return observe
