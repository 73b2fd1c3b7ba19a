"""Updates that were given up: kept encrypted, listed, and handled again after an upgrade."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from database.types import insert_into
from kernel import retention
from messaging.inbox.tables import PAYLOAD, FailedUpdate, InboxRow
from messaging.outbox.tables import OutboxRow

if TYPE_CHECKING:
    from messaging.inbox.unit import Claimed  # slow to import; commands list failures without it

Bound = Callable[[str, str, int], str]  # a text, and the field and the row that it belongs to
RETENTION = retention.FAILED_UPDATES
_AS_JUST_ARRIVED = ("payload", "handled_at", "attempts", "failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What kind of update was given up, and why: the error and the fields it names, its number in the log."""

    kind: str
    why: str
    incident: str
    at: datetime


async def keep(
    session: AsyncSession, chat_id: int, claimed: "Claimed", failure: Failure, encrypt: Bound
) -> None:
    row = {
        "update_id": claimed.update_id,
        "chat_id": chat_id,
        "kind": failure.kind,
        "why": failure.why,
        "incident": failure.incident,
        "ciphertext": encrypt(claimed.payload, PAYLOAD.field, claimed.update_id),
        "received_at": claimed.received_at,
        "failed_at": failure.at,
    }
    await session.execute(insert_into(session, FailedUpdate).values(row).on_conflict_do_nothing())


async def failed_updates(session: AsyncSession) -> Sequence[FailedUpdate]:
    """All that was given up and may be handled again, oldest first."""
    return (await session.scalars(select(FailedUpdate).order_by(FailedUpdate.update_id))).all()


async def retry(session: AsyncSession, rows: Collection[FailedUpdate], decrypt: Bound) -> None:
    """Put the updates back into the inbox, as if they had just arrived; a running bot finds them there.

    The answers of before give up their placeholders: the new ones get the same.
    """
    for row in rows:
        anew = {
            "update_id": row.update_id,
            "chat_id": row.chat_id,
            "payload": decrypt(row.ciphertext, PAYLOAD.field, row.update_id),
            "received_at": row.received_at,
            "handled_at": None,
            "attempts": 0,
            "failed": None,
        }
        written = insert_into(session, InboxRow).values(anew)
        await session.execute(
            written.on_conflict_do_update(
                index_elements=["update_id"],
                set_={name: written.excluded[name] for name in _AS_JUST_ARRIVED},
            )
        )
        await session.execute(
            update(OutboxRow).where(OutboxRow.update_id == row.update_id).values(placeholder_message_id=None)
        )
        await session.delete(row)


async def forget_person(session: AsyncSession, telegram_id: int) -> None:
    await session.execute(delete(FailedUpdate).where(FailedUpdate.chat_id == telegram_id))


async def forget_old(session: AsyncSession, now: datetime) -> None:
    """Delete what nobody has repeated in ninety days."""
    await session.execute(delete(FailedUpdate).where(FailedUpdate.failed_at < now - RETENTION))
