"""Runs the bot: Telegram's client, the dispatcher and the background jobs."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiohttp import web

from accounts.cipher import Cipher
from accounts.officials.invitations import forget_old as forget_guesses
from bot.app.complaints import ComplaintBackground
from bot.app.dispatcher import DispatcherParts, make_dispatcher, used_updates
from bot.app.error_reporter import ChatErrorReporter
from bot.app.jobs import make_refreshers, make_tick
from bot.app.metrics_probes import PROBES
from bot.app.profile import set_in_background
from bot.handlers.calendar_feed import feed_routes
from bot.handlers.open_data import open_data_routes
from bot.views.accounts.undelivered import UndeliveredNotices
from bot.views.public_address import PublicAddress
from bot.views.reports.sheet_replies import SheetReplyView
from bot.views.voice import VoiceReplyView
from complaints.actions.sending import DailyLimit
from complaints.attachments.antivirus import Antivirus
from complaints.attachments.downloads import forget_old as forget_downloads
from complaints.attachments.folder import DEFAULT_FOLDER, FileFolder
from complaints.forgetting import forget_old as forget_complaints
from complaints.staff_drafts.store import forget_old as forget_staff_drafts
from complaints.undelivered import notice_undelivered
from database.engine import Database
from deadlines.store import LiveCalendar
from kernel.clock import Clock
from knowledge.catalogue import LiveCatalogue
from knowledge.journal.store import drop_old
from localisation.translations import Translations
from messaging import metrics
from messaging.api import TelegramSession
from messaging.capture import install_capture
from messaging.downloads.downloader import Downloader
from messaging.health import Health, MonitoringAddress, add_health, serve_monitoring
from messaging.inbox.runner import InboxRunner, InboxSettings
from messaging.inbox.unit import DatabaseStorage
from messaging.outbox.hours import WorkingDays
from messaging.periodic import PeriodicJob
from messaging.rate_limits import Limits
from messaging.voice.receiver import VoiceReceiver
from messaging.voice.recogniser import SpeechRecogniser
from notifications.notices import NoticeKind
from notifications.tick import INTERVAL_S
from oversight.open_data.release import OpenFiguresRelease
from reports.uploads.receiver import SheetReceiver


@dataclass(frozen=True, slots=True, kw_only=True)
class BotSettings:
    """`tick_interval_s` is None if another process ticks, `monitoring` if nobody scrapes metrics, `limits`
    for no rate limits. `daily` limits the complaints a person may send. `speech` hears voice messages;
    without it the bot asks for text. `on_profile_set` is called once Telegram shows the bot's profile.
    `public_url` is where pages() are served, if not beside the webhook.
    """

    token: str
    api_url: str
    inbox: InboxSettings = field(default_factory=InboxSettings)
    tick_interval_s: float | None = INTERVAL_S
    monitoring: MonitoringAddress | None = None
    limits: Limits | None = None
    daily: DailyLimit = field(default_factory=DailyLimit)
    speech: SpeechRecogniser | None = None
    on_profile_set: Callable[[], None] = lambda: None
    public_url: str | None = None

    @property
    def address(self) -> PublicAddress:
        """Where people reach the calendar and the open data."""
        webhook = self.inbox.webhook
        return PublicAddress.beside(self.public_url or (webhook.url if webhook else None))


def make_bot(settings: BotSettings) -> Bot:
    """The Bot API client; calls made while an update is handled go through the outbox."""
    session = TelegramSession(api=TelegramAPIServer.from_base(settings.api_url))
    bot = Bot(settings.token, session=session, default=DefaultBotProperties(parse_mode=ParseMode.HTML))
    install_capture(bot)
    return bot


@dataclass(frozen=True, slots=True, kw_only=True)
class AppResources:
    """Resources shared by the bot's parts. Several bots of one process may share a catalogue."""

    database: Database
    clock: Clock
    catalogue: LiveCatalogue
    cipher: Cipher
    files: FileFolder = field(default_factory=lambda: FileFolder(DEFAULT_FOLDER))
    antivirus: Antivirus | None = None

    def complaints(self) -> ComplaintBackground:
        return ComplaintBackground(
            database=self.database,
            clock=self.clock,
            catalogue=self.catalogue,
            cipher=self.cipher,
            folder=self.files,
            texts=Translations.load(),
            antivirus=self.antivirus,
        )

    def pages(self) -> tuple[Callable[[web.Application], None], ...]:
        """What the web part serves to people: calendars under secret addresses, open data to anybody."""
        return (feed_routes(self.database, self.clock), open_data_routes(self.database))


def make_runner(bot: Bot, resources: AppResources, settings: BotSettings, health: Health) -> InboxRunner:
    texts = Translations.load()
    storage = DatabaseStorage(resources.database, resources.clock)
    parts = DispatcherParts(
        clock=resources.clock,
        texts=texts,
        storage=storage,
        catalogue=resources.catalogue,
        cipher=resources.cipher,
        files=resources.files,
        limits=settings.limits,
        daily=settings.daily,
        hears_voice=settings.speech is not None,
        address=settings.address,
    )
    dispatcher = make_dispatcher(parts)
    return InboxRunner(
        database=resources.database,
        bot=bot,
        dispatcher=dispatcher,
        allowed_updates=used_updates(dispatcher),
        clock=resources.clock,
        error_reporter=ChatErrorReporter(texts),
        settings=settings.inbox,
        retention_jobs=(drop_old, forget_downloads, forget_complaints, forget_staff_drafts, forget_guesses),
        jobs=_periodic_jobs(bot, resources, settings),
        health=health,
        observe=metrics.ANSWERED.observe,
        encrypt=resources.cipher.close if settings.inbox.works else None,
        routes=(
            partial(add_health, health=health),
            *(resources.pages() if settings.inbox.webhook else ()),
        ),
        refreshers=make_refreshers(resources.complaints(), resources.clock, texts),
        on_undelivered=UndeliveredNotices(
            texts=texts,
            working_days=WorkingDays(LiveCalendar(resources.clock)),
            notifiers={NoticeKind.COMPLAINT_EVENT: notice_undelivered},
        ),
    )


@asynccontextmanager
async def running_bot(resources: AppResources, settings: BotSettings) -> AsyncIterator[InboxRunner]:
    """Run the bot until the block exits; then it finishes what it has begun (20 seconds at most).

    The catalogue is built before the first update is taken, so that nobody waits for it and a process killed
    during startup has touched no message.
    """
    if settings.inbox.works:
        async with resources.database.session() as session:
            await resources.catalogue.current(session)
    async with make_bot(settings) as bot:
        files = resources.files.path if settings.inbox.works else None
        health = Health(database=resources.database, clock=resources.clock, probes=PROBES, files=files)
        runner = make_runner(bot, resources, settings, health)
        async with asyncio.TaskGroup() as group, serve_monitoring(health, settings.monitoring):
            group.create_task(runner.run())
            setting = group.create_task(_set_profile(bot, settings))
            try:
                yield runner
            finally:
                setting.cancel()
                await runner.stop()


async def _set_profile(bot: Bot, settings: BotSettings) -> None:
    """One process is enough; updates are taken meanwhile."""
    if settings.inbox.takes_in:
        await set_in_background(bot, Translations.load())
        settings.on_profile_set()


def _periodic_jobs(bot: Bot, resources: AppResources, settings: BotSettings) -> Sequence[PeriodicJob]:
    """Complaint files, report spreadsheets, and the tick if it runs in this process."""
    replies = SheetReplyView(texts=Translations.load())
    receiver = SheetReceiver(database=resources.database, clock=resources.clock, replies=replies)
    sheets = Downloader(database=resources.database, bot=bot, clock=resources.clock, receiver=receiver)
    jobs = [*resources.complaints().periodic_jobs(bot), sheets.as_job("report spreadsheets")]
    if settings.speech is not None:
        jobs.append(_voice_job(bot, resources, settings.speech))
    if settings.tick_interval_s is not None:
        tick = make_tick(
            resources.database,
            resources.clock,
            Translations.load(),
            resources.complaints().jobs(LiveCalendar(resources.clock)),
        )
        tick.observe = _count_tick(resources.clock)
        jobs.append(PeriodicJob(name="tick", every_s=settings.tick_interval_s, run=tick.run))
        jobs.append(OpenFiguresRelease(database=resources.database, clock=resources.clock).as_job())
    return jobs


def _voice_job(bot: Bot, resources: AppResources, speech: SpeechRecogniser) -> PeriodicJob:
    receiver = VoiceReceiver(
        database=resources.database,
        clock=resources.clock,
        recognise=speech,
        replies=VoiceReplyView(texts=Translations.load()),
        wake=lambda _: None,  # the runner looks for what has arrived every second
    )
    voices = Downloader(database=resources.database, bot=bot, clock=resources.clock, receiver=receiver)
    return voices.as_job("voice messages")


def _count_tick(clock: Clock) -> Callable[[float, int], None]:
    def observe(seconds: float, written: int) -> None:
        metrics.TICK.observe(seconds)
        metrics.NOTICES.inc(written)
        metrics.TICKED_AT.set(clock.now().timestamp())

    return observe
