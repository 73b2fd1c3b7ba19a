"""`qyzmet simulate`: the local Telegram alone."""

import asyncio
from typing import Annotated

import typer
from localgram.server import Simulator

from cli.logs import log_to_standard_error
from cli.stopping import stopped
from kernel.clock import MovableClock, SystemClock

DEFAULT_PORT = 8081


def simulate(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 for any free one.")] = DEFAULT_PORT,
) -> None:
    """Start the local Telegram alone."""
    log_to_standard_error()
    asyncio.run(_simulate(port))


async def _simulate(port: int) -> None:
    clock = MovableClock(SystemClock())
    async with Simulator(clock=clock, movable=clock, port=port) as simulator:
        typer.echo(f"Bot API: {simulator.url}/bot{simulator.token}/…")
        typer.echo(f"Chat page: {simulator.url}")
        await stopped()
