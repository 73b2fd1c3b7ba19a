"""Several processes that work on one inbox: which of them takes which chat, and how it hears of it.

Each chat is one process's alone, by its number among those that listen, so that no two of them reach for
the same update. Who ends stops listening, and the others share his chats a second later. That a chat is
served by one at a time is not decided here: the claim of its update does that (bot/inbox/queue.py).
"""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.inbox.ready import ReadyChats
from database.engine import Database
from database.signals import Seat, listening, signal

CHANNEL = "qyzmet_inbox"
SEATS_SEEN_EVERY_S = 1.0
FORSAKEN_AFTER = timedelta(seconds=30)  # a chat that waits so long is anybody's
_ALONE = Seat(place=0, of=1)


@dataclass(slots=True, kw_only=True)
class Sharing:
    """Until it listens, and while it does not hear, every chat is this process's."""

    database: Database
    ready: ReadyChats
    sleep: Callable[[float], Awaitable[None]]
    seat: Seat = _ALONE
    is_listening: bool = False

    def is_ours(self, chat_id: int, waited: timedelta = timedelta()) -> bool:
        """Whether this process takes the chat, whose first update has waited so long."""
        return chat_id % self.seat.of == self.seat.place or waited > FORSAKEN_AFTER

    async def run(self) -> None:
        """Listen until cancelled."""
        while True:
            with suppress(SQLAlchemyError, OSError):  # the workers tell of a failing database
                async with listening(self.database, CHANNEL, self._hear) as line:
                    while True:
                        self.seat, self.is_listening = await line.seat(), True
                        await self.sleep(SEATS_SEEN_EVERY_S)
            self.seat, self.is_listening = _ALONE, False
            await self.sleep(SEATS_SEEN_EVERY_S)

    def _hear(self, payload: str) -> None:
        for chat_id in map(int, payload.split(",")):
            if self.is_ours(chat_id):
                self.ready.add(chat_id)


async def call_others(session: AsyncSession, chats: Sequence[int]) -> None:
    """Tell the processes that work of these chats (200 at most) when the session's transaction commits."""
    await signal(session, CHANNEL, ",".join(map(str, dict.fromkeys(chats))))
