"""Intake: updates are written to the inbox before Telegram is told they arrived."""

import json
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import isfinite
from typing import Any

import structlog
from aiogram import Bot
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from database.engine import Database
from database.types import dialect_of, insert_into
from kernel.clock import Clock
from messaging.api import call
from messaging.inbox.reading import chat_of, is_number, loaded
from messaging.inbox.tables import InboxRow
from messaging.outbox.channel import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A received update; `payload` is Telegram's JSON."""

    update_id: int
    chat_id: int
    payload: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """`wake` is called with each chat that has something new, `call` with all of them before the commit."""

    database: Database
    clock: Clock
    wake: Callable[[int], None]
    call: Callable[[AsyncSession, Sequence[int]], Awaitable[None]] | None = None

    async def accept(self, arrivals: Sequence[Arrival]) -> None:
        """Store `arrivals`, each update once; they are safe when this returns."""
        now = self.clock.now()
        rows = [
            {
                "update_id": arrival.update_id,
                "chat_id": arrival.chat_id,
                "payload": arrival.payload,
                "received_at": now,
            }
            for arrival in arrivals
        ]
        database = self.database
        async with database.single_statement() if self.call is None else database.unit_of_work() as work:
            await work.session.execute(_insert_new(dialect_of(work.session)), rows)
            if self.call is not None:
                await self.call(work.session, [arrival.chat_id for arrival in arrivals])
            await work.commit()
        for arrival in arrivals:
            self.wake(arrival.chat_id)


@cache
def _insert_new(dialect: str) -> Any:
    """INSERT that skips known updates, built once per dialect: building costs more than running it."""
    return insert_into(dialect, InboxRow.__table__).on_conflict_do_nothing()


def arrival_of(update: Any, payload: str) -> Arrival:
    """`update` is the parsed `payload`. Raises ValueError if it is not an update."""
    if not isinstance(update, dict) or not is_number(update.get("update_id")):
        raise ValueError("not an update")
    return Arrival(update_id=update["update_id"], chat_id=chat_of(update), payload=payload)


_DEEPEST = 64  # a reply to a rich message stays below 20
_LONGEST_INTEGER = 19  # digits and a sign: what 64 bits hold


def parse(payload: str) -> Arrival:
    """Parse a JSON update. Raises ValueError if it is not one, deeper than any of Telegram's, or holds a
    number that no database takes.
    """
    try:
        update = json.loads(payload, parse_int=_integer, parse_float=_fraction, parse_constant=_fraction)
    except RecursionError:
        raise ValueError("not an update") from None
    if payload.count("[") + payload.count("{") > _DEEPEST and _depth(update) > _DEEPEST:
        raise ValueError("too deep")
    return arrival_of(update, payload)


_BEGINS = re.compile(r'\s*\{\s*"update_id"\s*:\s*(\d{1,19})\s*[,}]')
_REFUSED_TIMES = 3
_REMEMBERED = 1_000


@dataclass(frozen=True, slots=True)
class Refusals:
    """Counts how often an update was refused for what it holds: Telegram sends it again and again until it is
    taken, and holds back those behind it.

    One that begins as Telegram's do is taken at last, as it came; whether it can be read is the worker's
    matter. Anything else is never taken.
    """

    counts: OrderedDict[int, int] = field(default_factory=OrderedDict)

    def taken(self, body: bytes) -> Arrival | None:
        """The update if it has been refused often enough; else this refusal is counted."""
        payload = body.decode(errors="replace").replace("\0", "")
        begins = _BEGINS.match(payload)
        if begins is None or not is_number(number := int(begins[1])):
            return None
        self.counts[number] = self.counts.get(number, 0) + 1
        self.counts.move_to_end(number)
        if len(self.counts) > _REMEMBERED:
            self.counts.popitem(last=False)
        if self.counts[number] <= _REFUSED_TIMES:
            return None
        raw = loaded(payload)
        chat = chat_of(raw) if isinstance(raw, dict) else 0
        return Arrival(update_id=number, chat_id=chat, payload=payload)


def _integer(text: str) -> int:
    if len(text) > _LONGEST_INTEGER + 1:
        raise ValueError("a huge number")
    return int(text)


def _fraction(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise ValueError("a huge number")
    return value


def _depth(value: Any) -> int:
    """How many levels of lists and objects there are, counted without recursion."""
    level, levels = [value], 0
    while level := [one for one in level if isinstance(one, dict | list)]:
        levels += 1
        level = [inner for one in level for inner in (one.values() if isinstance(one, dict) else one)]
    return levels


MAX_PAUSE_S = 30.0
_WEBHOOK_IS_SET = "use deleteWebhook"  # Telegram's words where an earlier process has set one
FLOOR_S = 0.2  # after an empty answer: some servers answer polls at once
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
    _asked_s: float = 0.0  # the pause that Telegram asked for

    async def run(self) -> None:
        """Poll until cancelled; Telegram offers an update again if storing it was interrupted."""
        failed_in_a_row = 0
        while True:
            if await self._poll():
                failed_in_a_row = 0
                continue
            await self.sleep(self._pause(failed_in_a_row))
            failed_in_a_row = min(failed_in_a_row + 1, 10)

    def _pause(self, failed_in_a_row: int) -> float:
        return max(self._asked_s, min(MAX_PAUSE_S, 0.5 * 2.0**failed_in_a_row))

    async def _poll(self) -> bool:
        request = {"timeout": self.wait_s, "allowed_updates": list(self.allowed_updates)}
        if self._offset is not None:
            request["offset"] = self._offset
        updates = await call(self.bot, "getUpdates", json.dumps(request), timeout_s=self.wait_s + 15)
        self._asked_s = (updates.retry_after_s or 0.0) if isinstance(updates, Refused) else 0.0
        if isinstance(updates, Refused):
            _log.warning("updates cannot be fetched", code=updates.code, description=updates.description)
            if _WEBHOOK_IS_SET in updates.description:
                await call(self.bot, "deleteWebhook", "{}", timeout_s=self.wait_s + 15)
            return False
        if not isinstance(updates, list):
            _log.warning("what Telegram sent are no updates", type=type(updates).__name__)
            return False
        return await self._store(updates)

    async def _store(self, updates: Sequence[Any]) -> bool:
        if not updates:
            await self.sleep(FLOOR_S)
            return True
        arrivals = _arrivals(updates)
        if not arrivals:
            return False
        try:
            await self.intake.accept(arrivals)
        except (SQLAlchemyError, OSError) as error:
            _log.warning("updates cannot be kept", error=type(error).__name__)
            return False
        self._offset = max(arrival.update_id for arrival in arrivals) + 1
        return True


def _arrivals(updates: Sequence[Any]) -> list[Arrival]:
    """What is an update among `updates`; the rest can be neither kept nor confirmed."""
    found = []
    for update in updates:
        try:
            found.append(arrival_of(update, json.dumps(update)))
        except ValueError:
            _log.warning("what Telegram sent is no update", type=type(update).__name__)
    return found
