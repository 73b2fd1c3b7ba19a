"""`qyzmet run`: the bot against Telegram."""

import asyncio
import re
from datetime import timedelta
from enum import StrEnum
from time import monotonic
from typing import Annotated

import typer
from aiogram.exceptions import TelegramAPIError
from aiogram.utils.token import TokenValidationError

from accounts.no_keys import no_keys
from bot.app.runner import AppResources, BotSettings, running_bot
from cli.gc_freeze import freeze_long_lived
from cli.keys import data_cipher, seal_left_files
from cli.local_database import only_bot, ready_database
from cli.logs import log_to_standard_error
from cli.say import say
from cli.settings import Settings
from cli.stopping import stopped
from complaints.actions.sending import DailyLimit
from complaints.attachments.antivirus import Clamd
from complaints.attachments.folder import FileFolder
from database.engine import normalise
from kernel.clock import SystemClock
from knowledge.catalogue import LiveCatalogue
from messaging.health import MonitoringAddress
from messaging.inbox.runner import InboxSettings, Webhook
from messaging.rate_limits import Limits, RateLimit
from messaging.voice.recogniser import load_recogniser

_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")  # Telegram accepts shorter ones too


class ProcessRole(StrEnum):
    """The role of one process of several."""

    WEB = "web"  # takes updates in
    WORKER = "worker"  # handles them, sends, ticks
    ALL = "all"


def run(
    role: Annotated[
        ProcessRole, typer.Option(help="web takes updates in, worker handles them, sends and ticks.")
    ] = ProcessRole.ALL,
) -> None:
    """Run the bot against Telegram: polling, or a webhook where QYZMET_WEBHOOK_URL is set."""
    settings = Settings()
    if settings.bot_token is None:
        say("QYZMET_BOT_TOKEN is not set. Get one from @BotFather, or try `qyzmet demo`: it needs none.")
        raise typer.Exit(1)
    _check(role, settings)
    log_to_standard_error()
    try:
        with only_bot(settings.database_url):
            asyncio.run(_run(role, settings, settings.bot_token.get_secret_value()))
    except (TelegramAPIError, TokenValidationError) as error:
        say(f"Telegram refused: {error}")
        raise typer.Exit(1) from error


def _check(role: ProcessRole, settings: Settings) -> None:
    """Exit if the chosen role cannot run with these settings."""
    if role is ProcessRole.ALL:
        return
    if normalise(settings.database_url).get_backend_name() == "sqlite":
        say("SQLite serves one process: use --role all, or PostgreSQL. See QYZMET_DATABASE_URL.")
        raise typer.Exit(1)
    if role is ProcessRole.WEB and settings.webhook_url is None:
        say("--role web listens for a webhook: set QYZMET_WEBHOOK_URL.")
        raise typer.Exit(1)


async def _run(role: ProcessRole, settings: Settings, token: str) -> None:
    inbox = InboxSettings(
        webhook=_webhook(settings),
        takes_in=role is not ProcessRole.WORKER,
        works=role is not ProcessRole.WEB,
        workers=settings.workers,
    )
    bot = BotSettings(
        token=token,
        api_url=settings.telegram_api_url,
        inbox=inbox,
        monitoring=_monitoring(settings),
        limits=limits_of(settings),
        daily=DailyLimit(most=settings.complaints_per_day),
        speech=load_recogniser(settings.speech_recogniser) if settings.speech_recogniser else None,
    )
    clock = SystemClock()
    async with ready_database(settings.database_url, clock) as database:
        files = FileFolder(settings.files)
        cipher = await data_cipher(database, clock) if inbox.works else no_keys()
        if inbox.works:
            await seal_left_files(database, files, cipher)
        refresh = timedelta(seconds=settings.refresh_seconds)
        resources = AppResources(
            database=database,
            clock=clock,
            catalogue=LiveCatalogue(refresh),
            cipher=cipher,
            files=files,
            antivirus=Clamd(settings.clamd) if settings.clamd else None,
        )
        async with running_bot(resources, bot):
            freeze_long_lived()
            say("The bot is running. Ctrl+C stops it.")
            await stopped()


def limits_of(settings: Settings) -> Limits:
    return Limits(
        person=RateLimit(burst=settings.person_burst, per_second=settings.person_per_minute / 60),
        everybody=RateLimit(burst=int(settings.all_per_second) + 1, per_second=settings.all_per_second),
        monotonic=monotonic,
    )


def _monitoring(settings: Settings) -> MonitoringAddress | None:
    if settings.metrics_port is None:
        return None
    return MonitoringAddress(host=settings.metrics_host, port=settings.metrics_port)


def _webhook(settings: Settings) -> Webhook | None:
    if settings.webhook_url is None:
        return None
    if settings.webhook_secret is None:
        say("QYZMET_WEBHOOK_URL needs QYZMET_WEBHOOK_SECRET: else anybody could write in Telegram's name.")
        raise typer.Exit(1)
    secret = settings.webhook_secret.get_secret_value()
    if not _SECRET.fullmatch(secret):
        say("QYZMET_WEBHOOK_SECRET: 16 to 256 of A-Z a-z 0-9 _ - (for example from `openssl rand -hex 32`).")
        raise typer.Exit(1)
    return Webhook(
        url=settings.webhook_url, secret=secret, host=settings.webhook_host, port=settings.webhook_port
    )
