"""Intake by polling: the next getUpdates, which confirms the previous batch, waits until that is stored."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from aiogram import Bot
from sqlalchemy.exc import SQLAlchemyError

from messaging.api import call
from messaging.inbox.intake import Intake, arrival_of
from messaging.outbox.channel import Refused

MAX_PAUSE_S = 30.0
_log = structlog.get_logger(__name__)


@dataclass(slots=True, kw_only=True)
class Poller:
    """Long polling, `wait_s` seconds per request; failures are logged and retried after a pause."""

    bot: Bot
    intake: Intake
    allowed_updates: Sequence[str]
    sleep: Callable[[float], Awaitable[None]]
    wait_s: int = 30
    _offset: int | None = None

    async def run(self) -> None:
        """Poll until cancelled; Telegram offers an update again if storing it was interrupted."""
        failed_in_a_row = 0
        while True:
            if await self._poll():
                failed_in_a_row = 0
                continue
            await self.sleep(min(MAX_PAUSE_S, 0.5 * 2**failed_in_a_row))
            failed_in_a_row = min(failed_in_a_row + 1, 10)

    async def _poll(self) -> bool:
        request = {"timeout": self.wait_s, "allowed_updates": list(self.allowed_updates)}
        if self._offset is not None:
            request["offset"] = self._offset
        updates = await call(self.bot, "getUpdates", json.dumps(request), timeout_s=self.wait_s + 15)
        if isinstance(updates, Refused):
            _log.warning("updates cannot be fetched", code=updates.code, description=updates.description)
            return False
        return await self._store(updates)

    async def _store(self, updates: Sequence[dict[str, Any]]) -> bool:
        if not updates:
            return True
        try:
            await self.intake.accept([arrival_of(update, json.dumps(update)) for update in updates])
        except (SQLAlchemyError, OSError) as error:
            _log.warning("updates cannot be kept", error=type(error).__name__)
            return False
        self._offset = updates[-1]["update_id"] + 1
        return True
