"""Reads and writes what the contact centre is told; commits nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from oversight.contact_centre.tables import ActNoticeRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ActNotice:
    """What one organisation tells the contact centre of one act; `changes` are names of facts by card."""

    event: int
    organisation: str
    act: str
    approved_on: date
    changes: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class ActNoticeStore:
    session: AsyncSession

    async def get(self, event: int) -> ActNotice | None:
        row = await self.session.get(ActNoticeRow, event)
        return _of_row(row) if row is not None else None

    async def of_act(self, organisation: str, act: str, approved_on: date) -> ActNotice | None:
        """Locked for this transaction."""
        row = await self.session.scalar(
            select(ActNoticeRow)
            .where(
                ActNoticeRow.organisation == organisation,
                ActNoticeRow.act == act,
                ActNoticeRow.approved_on == approved_on,
            )
            .with_for_update()
        )
        return _of_row(row) if row is not None else None

    async def keep(self, notice: ActNotice) -> None:
        """Write it, or replace what is told of the same event."""
        row = ActNoticeRow(
            event=notice.event,
            organisation=notice.organisation,
            act=notice.act,
            approved_on=notice.approved_on,
            changes={slug: list(names) for slug, names in notice.changes.items()},
        )
        await self.session.merge(row)
        await self.session.flush()


def _of_row(row: ActNoticeRow) -> ActNotice:
    return ActNotice(
        event=row.event,
        organisation=row.organisation,
        act=row.act,
        approved_on=row.approved_on,
        changes={slug: tuple(names) for slug, names in row.changes.items()},
    )
