"""`qyzmet demo`: the local Telegram and the bot in one process, with a movable clock."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import typer
from localgram.server import TOKEN, Simulator

from bot.app.runner import AppResources, BotSettings, running_bot
from cli.keys import data_cipher, seal_left_files
from cli.local_database import only_bot, ready_database
from cli.logs import log_to_standard_error
from cli.say import say
from cli.settings import Settings
from complaints.attachments.folder import FileFolder
from kernel.clock import MovableClock, SystemClock
from knowledge.catalogue import LiveCatalogue
from messaging.inbox.runner import InboxSettings

DEFAULT_PORT = 8080
POLL_WAIT_S = 20


def demo(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The page's port; 0 for any free one.")
    ] = DEFAULT_PORT,
    database: Annotated[str | None, typer.Option(help="The database; the settings' if not given.")] = None,
) -> None:
    """Start the local Telegram with the bot in it, and print the chat page's address."""
    log_to_standard_error()
    url = database or Settings().database_url
    try:
        with only_bot(url):
            asyncio.run(_serve(port, url))
    except KeyboardInterrupt:
        say("Stopped.")
    except OSError as error:
        say(f"Port {port} cannot be used ({error.strerror}). Try another: qyzmet demo --port 8090")
        raise typer.Exit(1) from error


async def _serve(port: int, url: str) -> None:
    async with running_demo(port, url) as address:
        typer.echo(f"Open {address} and write to the bot. Ctrl+C stops it.")
        await asyncio.Event().wait()


@asynccontextmanager
async def running_demo(port: int, url: str) -> AsyncIterator[str]:
    """The demo, running until the block exits; yields the chat page's address."""
    clock = MovableClock(SystemClock())
    async with ready_database(url, clock) as database:
        say("Starting the bot …")
        cipher, files = await data_cipher(database, clock), FileFolder(Settings().files)
        await seal_left_files(database, files, cipher)
        resources = AppResources(
            database=database,
            clock=clock,
            catalogue=LiveCatalogue(),
            cipher=cipher,
            files=files,
        )
        simulator = Simulator(clock=clock, movable=clock, port=port)
        for add in resources.pages():
            add(simulator.app)
        async with simulator, running_bot(resources, _settings(simulator.url)):
            yield simulator.url


def _settings(url: str) -> BotSettings:
    inbox = InboxSettings(poll_wait_s=POLL_WAIT_S)
    return BotSettings(token=TOKEN, api_url=url, inbox=inbox, public_url=url)
