"""Notices for tests, and their results."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from database.engine import Database
from kernel.clock import ALMATY, FixedClock
from messaging.outbox.hours import Audience
from messaging.outbox.tables import OutboxRow
from notifications.notices import Notice, Notices
from tests.messaging.recording import is_working

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def notice(subject: str = "waiver/17", version: int = 1, stage: str = "soon", **more: Any) -> Notice:
    given = {
        "recipient": 1,
        "audience": Audience.OFFICIAL,
        "due_at": LONG_AGO,
        "payload": {"text": f"{subject} {version} {stage}"},
    }
    return Notice(subject=subject, version=version, stage=stage, **given | more)


async def write(database: Database, clock: FixedClock, *notices: Notice) -> int:
    async with database.unit_of_work() as work:
        written = await Notices(session=work.session, is_working=is_working).write(notices, clock.now())
        await work.commit()
    return written


async def move(database: Database, clock: FixedClock, subject: str, version: int) -> None:
    async with database.unit_of_work() as work:
        await Notices(session=work.session, is_working=is_working).move(subject, version, clock.now())
        await work.commit()


async def rows(database: Database) -> Sequence[OutboxRow]:
    async with database.session() as session:
        return (await session.scalars(select(OutboxRow).order_by(OutboxRow.id))).all()


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ALMATY)
