"""The command `localgram`: local Telegrams for one bot or several, until they are interrupted."""

import argparse
import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from localgram import state
from localgram.clock import ShiftedClock
from localgram.server import TOKEN, Simulator
from localgram.world import NAME

DEFAULT_PORT = 8081
SAVED_EVERY_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedBot:
    token: str
    name: str


def run() -> None:
    given = parser().parse_args()
    bots = given.bot or [NamedBot(token=TOKEN, name=NAME)]
    clock = ShiftedClock()
    if given.now is not None:
        clock.set(given.now)
    asyncio.run(serve(bots, clock, given.port, given.state))


def parser() -> argparse.ArgumentParser:
    described = argparse.ArgumentParser(prog="localgram", description="A local Telegram for developing bots.")
    described.add_argument(
        "--bot",
        type=named_bot,
        action="append",
        metavar="TOKEN[=NAME]",
        help="a bot; once for each. Each has its chat page, and every address takes the calls of all",
    )
    described.add_argument(
        "--port", type=int, default=DEFAULT_PORT, help="of the first bot, 0 for any (default: %(default)s)"
    )
    described.add_argument("--now", type=instant, help="begin at this instant, with its offset from UTC")
    described.add_argument(
        "--state", type=Path, metavar="FOLDER", help="keep people, chats and files there between runs"
    )
    return described


def named_bot(text: str) -> NamedBot:
    token, _, name = text.partition("=")
    number, colon, secret = token.partition(":")
    if not (number.isdecimal() and colon and secret):
        raise argparse.ArgumentTypeError("a token is a number, a colon and a secret: 42:x")
    return NamedBot(token=token, name=name or NAME)


def instant(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise argparse.ArgumentTypeError("the instant needs its offset from UTC")
    return found


async def serve(bots: Sequence[NamedBot], clock: ShiftedClock, port: int, folder: Path | None) -> None:
    async with AsyncExitStack() as stack:
        running: list[Simulator] = []
        for place, bot in enumerate(bots):
            one = Simulator(
                clock=clock, movable=clock, token=bot.token, name=bot.name, port=port + place if port else 0
            )
            if folder is not None:
                await stack.enter_async_context(kept(one, folder))
            running.append(await stack.enter_async_context(one))
        for one in running:
            for other in running:
                one.take_calls_of(other)
            sys.stdout.write(f"Bot API: {one.url}/bot{one.token}/…\nChat page: {one.url}\n")
        sys.stdout.flush()
        await _stopped()


@asynccontextmanager
async def kept(one: Simulator, folder: Path) -> AsyncIterator[None]:
    """Load the bot's world from the folder, save it every few seconds and at the end."""
    path = _loaded(one, folder)
    async with asyncio.TaskGroup() as group:
        saving = group.create_task(_save_often(one, path))
        try:
            yield
        finally:
            saving.cancel()
            state.save(one.world, path)


def _loaded(one: Simulator, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{one.world.bot.id}.json"
    if path.exists():
        state.load(one.world, path)
    return path


async def _save_often(one: Simulator, path: Path) -> None:
    while True:
        await asyncio.sleep(SAVED_EVERY_SECONDS)
        state.save(one.world, path)


async def _stopped() -> None:
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, asked.set)
    await asked.wait()
