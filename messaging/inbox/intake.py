"""Intake: updates are written to the inbox before Telegram is told they arrived."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from database.engine import Database
from database.upsert import dialect_of, insert_into
from kernel.clock import Clock
from messaging.inbox.tables import InboxRow


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
    if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
        raise ValueError("not an update")  # noqa: TRY004  the value came from outside
    return Arrival(update_id=update["update_id"], chat_id=chat_of(update), payload=payload)


def parse(payload: str) -> Arrival:
    """Parse a JSON update. Raises ValueError if it is not one."""
    return arrival_of(json.loads(payload), payload)


def chat_of(update: dict[str, Any]) -> int:
    """The chat whose order the update belongs to: its chat, else the sender, else 0."""
    events = [event for name, event in update.items() if name != "update_id" and isinstance(event, dict)]
    for event in events:
        message = event.get("message")
        for holder in (event, message if isinstance(message, dict) else {}):
            if number := _id_of(holder.get("chat")):
                return number
        if number := _id_of(event.get("from")) or _id_of(event.get("user")):
            return number
    return 0


def _id_of(party: Any) -> int:
    number = party.get("id") if isinstance(party, dict) else None
    return number if isinstance(number, int) else 0
