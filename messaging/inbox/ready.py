"""Chats with updates to handle, each given to one worker at a time."""

import asyncio
from dataclasses import dataclass, field


@dataclass(slots=True)
class ReadyChats:
    """A queue of unique chats; one added while it is being served comes again afterwards."""

    _queue: asyncio.Queue[int | None] = field(default_factory=asyncio.Queue)
    _queued: set[int] = field(default_factory=set)
    _busy: set[int] = field(default_factory=set)
    _again: set[int] = field(default_factory=set)
    _is_closed: bool = False

    def add(self, chat_id: int) -> None:
        if chat_id in self._busy:
            self._again.add(chat_id)
        elif chat_id not in self._queued:
            self._queued.add(chat_id)
            self._queue.put_nowait(chat_id)

    async def take(self) -> int | None:
        """Wait for the next chat and hold it until `done`; None once the queue is closed."""
        chat_id = await self._queue.get()
        if chat_id is None or self._is_closed:
            self._queue.put_nowait(None)  # for the next waiting worker
            return None
        self._queued.discard(chat_id)
        self._busy.add(chat_id)
        return chat_id

    def done(self, chat_id: int) -> None:
        self._busy.discard(chat_id)
        if chat_id in self._again:
            self._again.discard(chat_id)
            self.add(chat_id)

    def close(self) -> None:
        """Hand out no more chats."""
        self._is_closed = True
        self._queue.put_nowait(None)

    def is_busy(self, chat_id: int) -> bool:
        return chat_id in self._busy
