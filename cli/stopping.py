"""Waits for Ctrl+C or the service manager."""

import asyncio
import signal

from cli.say import say


async def stopped() -> None:
    """Return when the process is asked to stop."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, asked.set)
    await asked.wait()
    say("Stopping: what was begun is being finished …")
