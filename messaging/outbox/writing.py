"""Writes to the outbox, in the transaction of the decision to send."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Insert,
    Table,
    Text,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
    not_,
    select,
    update,
)
from sqlalchemy import cast as cast_column
from sqlalchemy.ext.asyncio import AsyncSession

from database.types import dialect_of, insert_into
from kernel import retention
from messaging.outbox.message import OutboxMessage
from messaging.outbox.tables import (
    FORGOTTEN,
    IS_OPEN,
    IS_OPEN_NOTICE,
    OutboxFile,
    OutboxRow,
    UnreachableChat,
)
from messaging.text_parts import CAPTION_UNITS, MESSAGE_UNITS, split_html, split_plain, units

TABLE = cast(Table, OutboxRow.__table__)
_FILES = cast(Table, OutboxFile.__table__)
VALUES = (
    *(
        "chat_id",
        "method",
        "payload",
        "made_at",
        "send_at",
        "placeholder_message_id",
        "update_id",
        "key",
        "has_files",
    ),
    *("subject", "version", "audience"),
)  # the columns a message fills
MANY = 50  # from this many rows, one INSERT FROM unnest is faster
_ENCODER = json.JSONEncoder(separators=(",", ":"))
_LONE_SURROGATE = re.compile(  # in ASCII JSON, where a literal backslash is two
    r"(?<!\\)((?:\\\\)*)(?:\\ud[89ab]..(?!\\ud[c-f])|(?<!\\ud[89ab]..)\\ud[c-f]..)"
)
_REPLACEMENT = r"\1\\ufffd"
RETENTION = retention.OUTBOX
ALERT_UNITS = 200  # of an answered callback
_UNSYNCHRONISED = {"synchronize_session": False}
_PART = "~"  # in the key of a part that another one follows
_MOST_PARTS = 20
_ABOUT_THE_CHAT = ("chat_id", "message_thread_id", "business_connection_id", "parse_mode")
_AND_OF_THE_TEXT = (*_ABOUT_THE_CHAT, "link_preview_options", "disable_notification", "protect_content")


def is_part(key: str) -> bool:
    """Whether the key is that of a part before the last: the last one stands for the whole notice."""
    return _PART in key


def part_keys(key: str) -> list[str]:
    """The keys that parts of a notice may have, by the key of one of them; the last one last."""
    whole = key.partition(_PART)[0]
    return [*(f"{whole}{_PART}{place}" for place in range(_MOST_PARTS)), whole]


def in_parts(message: OutboxMessage) -> list[OutboxMessage]:
    """The message, or its parts. The last has the buttons, the key and the placeholder."""
    payload = message.payload
    if message.method == "answerCallbackQuery":
        return _alert(message) if _is_long(payload.get("text"), ALERT_UNITS) else [message]
    if _is_long(payload.get("caption"), CAPTION_UNITS):
        return _captioned(message)
    if message.method in {"sendMessage", "editMessageText"} and _is_long(payload.get("text"), MESSAGE_UNITS):
        return _texts(message)
    return [message]


def _is_long(text: Any, limit: int) -> bool:
    return isinstance(text, str) and len(text) * 2 > limit and units(text) > limit


def _splitter(payload: dict[str, Any]) -> Callable[..., list[str]]:
    return split_html if payload.get("parse_mode") == "HTML" else split_plain


def _texts(message: OutboxMessage) -> list[OutboxMessage]:
    """An edited message keeps the first part; the others follow it as new ones."""
    texts = _splitter(message.payload)(message.payload["text"])
    payloads = [_sent(message, text, _AND_OF_THE_TEXT) for text in texts]
    if "reply_parameters" in message.payload:
        payloads[0]["reply_parameters"] = message.payload["reply_parameters"]
    if message.method == "editMessageText" and len(texts) > 1:
        payloads[0]["message_id"] = message.payload["message_id"]
    if "reply_markup" in message.payload:
        payloads[-1]["reply_markup"] = message.payload["reply_markup"]
    if len(texts) == 1:
        return [replace(message, payload=message.payload | {"text": texts[0]})]
    first = replace(_part(message, 0, payloads[0]), method=message.method)
    return [
        first,
        *(_part(message, place, payload) for place, payload in enumerate(payloads[1:-1], start=1)),
        replace(message, method="sendMessage", payload=payloads[-1], files=()),
    ]


def _captioned(message: OutboxMessage) -> list[OutboxMessage]:
    """The file with the first part of its caption, then the rest as messages."""
    texts = _splitter(message.payload)(message.payload["caption"], MESSAGE_UNITS, CAPTION_UNITS)
    whole = replace(message, payload=message.payload | {"caption": texts[0]})
    rest = [_sent(message, text, _ABOUT_THE_CHAT) for text in texts[1:]]
    return [whole, *(_part(message, place, payload) for place, payload in enumerate(rest))]


def _alert(message: OutboxMessage) -> list[OutboxMessage]:
    """An alert holds two hundred units: its beginning, and the whole as a message."""
    text = message.payload["text"]
    begins = split_plain(text[: 2 * ALERT_UNITS], ALERT_UNITS - 1)[0] + "…"
    payload = {"chat_id": message.chat_id, "text": text}
    return [
        replace(message, payload=message.payload | {"text": begins}),
        *in_parts(replace(_part(message, 0, payload), method="sendMessage")),
    ]


def _sent(message: OutboxMessage, text: str, names: tuple[str, ...]) -> dict[str, Any]:
    about = {name: message.payload[name] for name in names if name in message.payload}
    return {**about, "text": text}


def _part(message: OutboxMessage, place: int, payload: dict[str, Any]) -> OutboxMessage:
    key = None if message.key is None else f"{message.key}{_PART}{place}"
    return replace(
        message, method="sendMessage", payload=payload, files=(), key=key, placeholder_message_id=None
    )


async def write(session: AsyncSession, messages: Sequence[OutboxMessage], now: datetime) -> int:
    """Put `messages` into the outbox in this order, those too long for Telegram in parts.

    Returns how many were new, as known keys are skipped.
    """
    if not messages:
        return 0
    parts = [part for message in messages for part in in_parts(message)]
    if any(part.files for part in parts):
        return sum([await _write_one(session, part, now) for part in parts])
    rows = [values_of(part, now) for part in parts]
    if all(part.key is None for part in parts):
        await _write_new(session, rows)
        return len(messages)
    statement = _insert_new(dialect_of(session))
    written = (await session.execute(statement, rows)).all()
    return sum(row.key is None or not is_part(row.key) for row in written)


async def drop(session: AsyncSession, subject: str, now: datetime, *which: ColumnElement[bool]) -> None:
    """Drop open notices about `subject` that match `which`; waits while one of them is being sent."""
    dropped = {"given_up_at": now, "reason": "dropped", "payload": ""}
    await session.execute(
        update(OutboxRow).where(OutboxRow.subject == subject, IS_OPEN_NOTICE, *which).values(dropped)
    )


async def postpone(session: AsyncSession, subject: str, to: datetime) -> None:
    """Move what waits about `subject` to a later instant."""
    waits = update(OutboxRow).where(OutboxRow.subject == subject, IS_OPEN, OutboxRow.send_at < to)
    await session.execute(waits.values(send_at=to), execution_options=_UNSYNCHRONISED)


async def forget_old(session: AsyncSession, now: datetime) -> None:
    """Delete finished rows older than 90 days.

    Rows with a key stay, without their text: otherwise the tick would write them again. A chat that could not
    be reached so long ago is tried again.
    """
    unreachable = delete(UnreachableChat).where(UnreachableChat.since < now - RETENTION)
    await session.execute(unreachable)
    old = (OutboxRow.made_at < now - RETENTION, not_(IS_OPEN), OutboxRow.key.is_(None))
    await session.execute(delete(OutboxRow).where(*old))


async def forget_chat(
    session: AsyncSession, chat_id: int, now: datetime, which: ColumnElement[bool] | None = None
) -> None:
    """Leave no row that names the chat: what waits to be said or hidden goes out at once, notices do not.

    `which` chooses among the notices, all by default. Their rows stay, so that none is written again, with
    another key.
    """
    mine, row = OutboxRow.chat_id == chat_id, OutboxRow
    at_once = {"subject": FORGOTTEN, "send_at": now}
    without_key = update(row).where(mine, row.key.is_(None))
    await session.execute(without_key.where(IS_OPEN).values(at_once), execution_options=_UNSYNCHRONISED)
    await session.execute(
        without_key.where(not_(IS_OPEN)).values(chat_id=0, subject=None), execution_options=_UNSYNCHRONISED
    )
    await forget_notices(session, chat_id, now, which)


async def forget_notices(
    session: AsyncSession, chat_id: int, now: datetime, which: ColumnElement[bool] | None = None
) -> None:
    """The same for notices only."""
    row = OutboxRow
    mine = (row.chat_id == chat_id, row.key.is_not(None), *([] if which is None else [which]))
    files = delete(OutboxFile).where(OutboxFile.row_id.in_(select(row.id).where(*mine)))
    await session.execute(files, execution_options=_UNSYNCHRONISED)
    nobody = func.replace(row.key, f"/{chat_id}", literal("/-") + cast_column(row.id, Text))
    given_up = {
        "given_up_at": case((IS_OPEN, literal(now, row.given_up_at.type)), else_=row.given_up_at),
        "reason": case((IS_OPEN, "dropped"), else_=row.reason),
    }
    anonymous = {"chat_id": 0, "subject": None, "payload": "", "key": nobody}
    await session.execute(
        update(row).where(*mine).values({**anonymous, **given_up}), execution_options=_UNSYNCHRONISED
    )


def _of_arrays() -> Insert:
    """INSERT … SELECT FROM unnest, preserving order; each array is named like its column, with an s."""
    arrays = [bindparam(f"{name}s", type_=ARRAY(TABLE.c[name].type)) for name in VALUES]
    given = func.unnest(*arrays).table_valued(*VALUES, with_ordinality="place").render_derived(name="given")
    query = select(*(given.c[name] for name in VALUES)).order_by(given.c.place)
    return insert(TABLE).from_select(VALUES, query)


_OF_ARRAYS = _of_arrays()


async def _write_new(session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> None:
    if len(rows) < MANY or dialect_of(session) == "sqlite":
        await session.execute(insert(TABLE), rows)
    else:
        await session.execute(_OF_ARRAYS, {f"{name}s": [row[name] for row in rows] for name in VALUES})


@cache
def _insert_new(dialect: str) -> Any:
    """INSERT that skips known keys and returns the new ids, built once per dialect: building dominates its
    cost.
    """
    return (
        insert_into(dialect, TABLE)
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(TABLE.c.id, TABLE.c.key)
    )


async def _write_one(session: AsyncSession, message: OutboxMessage, now: datetime) -> bool:
    statement = _insert_new(dialect_of(session))
    row_id = await session.scalar(statement, values_of(message, now))
    if row_id is not None and message.files:
        files = [
            {"row_id": row_id, "field": file.field, "name": file.name, "content": file.content}
            for file in message.files
        ]
        await session.execute(insert(_FILES), files)
    return row_id is not None and not (message.key and is_part(message.key))


def values_of(message: OutboxMessage, now: datetime) -> dict[str, Any]:
    """The message as a row: a value for each of VALUES."""
    return {
        "chat_id": message.chat_id,
        "method": message.method,
        "payload": dumped(message.payload),
        "made_at": now,
        "send_at": message.send_at or now,
        "placeholder_message_id": message.placeholder_message_id,
        "update_id": message.update_id,
        "key": message.key,
        "has_files": bool(message.files),
        "subject": message.subject,
        "version": message.version,
        "audience": message.audience,
    }


def dumped(fields: Mapping[str, Any]) -> str:
    """ASCII JSON: a NUL that somebody sent must not fail in the database, a lone surrogate at Telegram."""
    return _LONE_SURROGATE.sub(_REPLACEMENT, _ENCODER.encode(fields))
