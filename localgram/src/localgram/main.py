"""The command `localgram`: a local Telegram until it is interrupted."""

import argparse
import asyncio
import signal
import sys

from localgram.clock import ShiftedClock
from localgram.server import TOKEN, Simulator

DEFAULT_PORT = 8081


def run() -> None:
    parser = argparse.ArgumentParser(prog="localgram", description="A local Telegram for developing bots.")
    parser.add_argument(
        "--port", type=int, default=DEFAULT_PORT, help="0 for any free one (default: %(default)s)"
    )
    parser.add_argument("--token", default=TOKEN, help="the bot's token (default: %(default)s)")
    given = parser.parse_args()
    asyncio.run(_serve(given.port, given.token))


async def _serve(port: int, token: str) -> None:
    clock = ShiftedClock()
    async with Simulator(clock=clock, movable=clock, token=token, port=port) as simulator:
        sys.stdout.write(f"Bot API: {simulator.url}/bot{token}/…\nChat page: {simulator.url}\n")
        sys.stdout.flush()
        await _stopped()


async def _stopped() -> None:
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, asked.set)
    await asked.wait()
