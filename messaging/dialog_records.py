"""Loads and saves the dialog records of a chat."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, cast

from aiogram.fsm.storage.base import StorageKey
from sqlalchemy import Table, and_, bindparam, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from database.types import dialect_of, insert_into
from messaging.dialog_tables import DialogState
from messaging.outbox.tables import OutboxRow

_LAST_MESSAGE = "last_message_id"
TABLE = cast(Table, DialogState.__table__)
_OUTBOX = cast(Table, OutboxRow.__table__)
_KEY_COLUMNS = ["bot_id", "chat_id", "user_id", "thread_id", "business_id", "destiny"]
_OF_CHAT = (
    select(*[TABLE.c[name] for name in _KEY_COLUMNS], TABLE.c.state, TABLE.c.data, _OUTBOX.c.message_id)
    .select_from(TABLE.outerjoin(_OUTBOX, _OUTBOX.c.placeholder_message_id == TABLE.c.awaits))
    .where(TABLE.c.bot_id == bindparam("bot"), TABLE.c.chat_id == bindparam("chat"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The state and data under one key; an empty record equals none."""

    state: str | None = None
    data: dict[str, Any] = field(default_factory=dict)


def is_loaded_whole(chat_id: int) -> bool:
    """Whether to load all records of the chat: a private chat has few and an update needs most; a group may
    have many.
    """
    return chat_id > 0


@dataclass(slots=True)
class DialogRecords:
    """The records one update has read and changed: as loaded, and as they are now."""

    now: dict[StorageKey, Record] = field(default_factory=dict)
    _loaded: dict[StorageKey, Record] = field(default_factory=dict)
    _whole_chats: set[tuple[int, int]] = field(default_factory=set)

    def knows(self, key: StorageKey) -> bool:
        return (key.bot_id, key.chat_id) in self._whole_chats or key in self._loaded

    def add(self, key: StorageKey, found: Mapping[StorageKey, Record]) -> None:
        """Add records loaded for `key`; changes made meanwhile win."""
        self._loaded |= found
        self.now = {**found, **self.now}
        if is_loaded_whole(key.chat_id):
            self._whole_chats.add((key.bot_id, key.chat_id))
        else:
            self._loaded.setdefault(key, Record())

    def changed(self) -> dict[StorageKey, Record]:
        return {key: record for key, record in self.now.items() if record != self._loaded.get(key, Record())}


async def load(session: AsyncSession, key: StorageKey) -> dict[StorageKey, Record]:
    """The record of `key`; for a private chat all its records, in one statement.

    A placeholder for the stack's last message is replaced with Telegram's id.
    """
    query = _OF_CHAT if is_loaded_whole(key.chat_id) else _OF_CHAT.where(_is(key))
    rows = await session.execute(query, {"bot": key.bot_id, "chat": key.chat_id})
    return {_key(row): _record(row) for row in rows}


async def save(session: AsyncSession, records: Mapping[StorageKey, Record], now: datetime) -> None:
    """Save `records`; empty ones are deleted."""
    emptied = [key for key, record in records.items() if record == Record()]
    rows = [_values(key, record, now) for key, record in records.items() if record != Record()]
    if emptied:
        await session.execute(delete(TABLE).where(or_(*map(_is, emptied))))
    if rows:
        await session.execute(_upsert(dialect_of(session)), rows)


async def forget(session: AsyncSession, chat_id: int) -> None:
    """Delete every record of a person's private chat, and what they left in others."""
    await session.execute(delete(TABLE).where(or_(TABLE.c.chat_id == chat_id, TABLE.c.user_id == chat_id)))


@cache
def _upsert(dialect: str) -> Any:
    """Built once per dialect: building it takes longer than running it."""
    written = insert_into(dialect, TABLE)
    fresh = {name: written.excluded[name] for name in ("state", "data", "awaits", "changed_at")}
    return written.on_conflict_do_update(index_elements=_KEY_COLUMNS, set_=fresh)


def _is(key: StorageKey) -> Any:
    return and_(*[TABLE.c[name] == value for name, value in _columns(key).items()])


def _columns(key: StorageKey) -> dict[str, Any]:
    return {
        "bot_id": key.bot_id,
        "chat_id": key.chat_id,
        "user_id": key.user_id,
        "thread_id": key.thread_id or 0,
        "business_id": key.business_connection_id or "",
        "destiny": key.destiny,
    }


def _values(key: StorageKey, record: Record, now: datetime) -> dict[str, Any]:
    last = record.data.get(_LAST_MESSAGE)
    return {
        **_columns(key),
        "state": record.state,
        "data": record.data,
        "awaits": last if isinstance(last, int) and last < 0 else None,
        "changed_at": now,
    }


def _key(row: Any) -> StorageKey:
    return StorageKey(
        bot_id=row.bot_id,
        chat_id=row.chat_id,
        user_id=row.user_id,
        thread_id=row.thread_id or None,
        business_connection_id=row.business_id or None,
        destiny=row.destiny,
    )


def _record(row: Any) -> Record:
    data = row.data if row.message_id is None else {**row.data, _LAST_MESSAGE: row.message_id}
    return Record(state=row.state, data=data)
