"""A bot that kills itself like `kill -9` the first time it reaches a named point."""

import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiogram import Dispatcher

from messaging.api import TelegramChannel
from messaging.inbox.intake import Intake
from messaging.inbox.unit import UpdateUnit
from tests.messaging import echo_process

POINTS: dict[str, tuple[type, str, bool]] = {
    "before receive": (Intake, "accept", False),
    "after receive": (Intake, "accept", True),
    "before handle": (Dispatcher, "feed_update", False),
    "after handle": (Dispatcher, "feed_update", True),
    "before commit": (UpdateUnit, "commit_handled", False),
    "after commit": (UpdateUnit, "commit_handled", True),
    "before send": (TelegramChannel, "send", False),
    "after send": (TelegramChannel, "send", True),
}


def run(database_url: str, api_url: str, point: str, flag: str) -> None:
    """Run the bot; die at `point` unless the file `flag` says it already did."""
    if not Path(flag).exists():
        _lay(*POINTS[point], Path(flag))
    echo_process.run(database_url, api_url)


def _lay(owner: type, name: str, after: bool, flag: Path) -> None:
    whole: Callable[..., Awaitable[Any]] = getattr(owner, name)

    async def deadly(*arguments: Any, **named: Any) -> Any:
        if after:
            await whole(*arguments, **named)
        os.close(os.open(flag, os.O_CREAT | os.O_WRONLY))
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, name, deadly)
