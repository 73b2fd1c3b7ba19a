"""Wakes working processes when another process takes in an update (PostgreSQL's NOTIFY).

All of them hear it and one claims the update (messaging/inbox/unit.py). If a signal is lost, polling finds
the chat.
"""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from database.engine import Database
from database.signals import listening, signal
from messaging.inbox.worker import ReadyChats

CHANNEL = "qyzmet_inbox"
RETRY_AFTER_S = 1.0


@dataclass(slots=True, kw_only=True)
class WakeListener:
    database: Database
    ready: ReadyChats
    sleep: Callable[[float], Awaitable[None]]
    is_listening: bool = False

    async def run(self) -> None:
        """Listen until cancelled, reconnecting when the connection is lost."""
        while True:
            with suppress(SQLAlchemyError, OSError):  # the workers report a failing database
                async with listening(self.database, CHANNEL, self._wake) as lost:
                    self.is_listening = True
                    await lost.wait()
            self.is_listening = False
            await self.sleep(RETRY_AFTER_S)

    def _wake(self, payload: str) -> None:
        for chat_id in map(int, payload.split(",")):
            self.ready.add(chat_id)


async def wake_others(session: AsyncSession, chats: Sequence[int]) -> None:
    """Announce the chats (at most 200) to working processes when the session's transaction commits."""
    await signal(session, CHANNEL, ",".join(map(str, dict.fromkeys(chats))))
