"""Pending updates, stored until the bot confirms them."""

import asyncio
import itertools
from collections.abc import Sequence
from typing import Any

import telegram

from localgram.errors import conflict
from localgram.signals import Signal
from localgram.wire import to_wire

# Sent only if the bot asks for them by name.
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
LONGEST_POLL_SECONDS = 50


WireUpdate = dict[str, Any]  # as it is sent; injected ones may have any shape


class UpdateQueue:
    def __init__(self, first_id: int) -> None:
        self._ids = itertools.count(first_id)
        self._waiting: dict[int, WireUpdate] = {}
        self._allowed: frozenset[str] = frozenset()
        self._poll = 0
        self._reason = ""
        self.news = Signal()

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def allowed(self) -> list[str]:
        return sorted(self._allowed)

    def allow(self, kinds: Sequence[str]) -> None:
        """Limit updates to these kinds; an empty list means all but those sent on request."""
        self._allowed = frozenset(kinds)

    def add(self, kind: str, content: Any) -> None:
        """Queue an update with `content` in its field `kind`, if the bot wants that kind."""
        wanted = kind in self._allowed if self._allowed else kind not in ON_REQUEST
        if not wanted:
            return
        number = next(self._ids)
        self._waiting[number] = to_wire(telegram.Update(number, **{kind: content}))
        self.news.fire()

    def inject(self, fields: dict[str, Any]) -> int:
        """Queue a raw update, of whatever shape and kind; its id."""
        number = next(self._ids)
        self._waiting[number] = {"update_id": number} | fields
        self.news.fire()
        return number

    def restore(self, update: WireUpdate) -> None:
        """Queue an update of an earlier run again, with its id."""
        self._waiting[update["update_id"]] = update
        self.news.fire()

    def first(self, limit: int) -> list[WireUpdate]:
        return list(itertools.islice(self._waiting.values(), limit))

    def confirm(self, offset: int) -> None:
        """Forget the updates below `offset`; a negative one keeps that many of the newest."""
        if offset < 0:
            offset = max([0, *list(self._waiting)[:offset]]) + 1
        for number in [number for number in self._waiting if number < offset]:
            del self._waiting[number]

    def clear(self) -> None:
        self._waiting.clear()

    async def poll(self, limit: int, seconds: int) -> list[WireUpdate]:
        """The oldest updates, waiting up to `seconds` for one; raises a 409 if another poll starts."""
        self.interrupt(OTHER_POLL)
        mine = self._poll
        loop = asyncio.get_running_loop()
        deadline = loop.time() + min(seconds, LONGEST_POLL_SECONDS)
        while not self._waiting and await self.news.wait(deadline - loop.time()):
            if mine != self._poll:
                raise conflict(self._reason)
        return self.first(limit)

    def interrupt(self, reason: str) -> None:
        """End the waiting poll, if any, with a 409 that gives the reason."""
        self._poll += 1
        self._reason = reason
        self.news.fire()
