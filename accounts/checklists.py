"""Lists that people tick: what to do in a situation, and the documents of a service."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import JSON, BigInteger, String, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.engine import UnitOfWork, atomic
from database.types import UtcDateTime
from kernel.clock import Clock


class ChecklistRow(Base):
    """`key` names the list; `ticked` are its items, each a word of the list's own."""

    __tablename__ = "checklists"

    telegram_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    ticked: Mapped[list[str]] = mapped_column(JSON)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


@dataclass(frozen=True, slots=True)
class ChecklistStore:
    session: AsyncSession

    async def ticked(self, telegram_id: int, key: str) -> frozenset[str]:
        row = await self.session.get(ChecklistRow, (telegram_id, key))
        return frozenset(row.ticked) if row is not None else frozenset()

    async def keys(self, telegram_id: int) -> Sequence[str]:
        """The person's lists, the one changed last in front."""
        mine = select(ChecklistRow.key).where(ChecklistRow.telegram_id == telegram_id)
        return (await self.session.scalars(mine.order_by(ChecklistRow.changed_at.desc()))).all()

    async def keep(self, telegram_id: int, key: str, ticked: frozenset[str], at: datetime) -> None:
        row = await self.session.get(ChecklistRow, (telegram_id, key))
        if row is None:
            row = ChecklistRow(telegram_id=telegram_id, key=key)
            self.session.add(row)
        row.ticked, row.changed_at = sorted(ticked), at

    async def forget(self, telegram_id: int, key: str | None = None) -> None:
        """Delete one list, or all of them."""
        mine = delete(ChecklistRow).where(ChecklistRow.telegram_id == telegram_id)
        await self.session.execute(mine if key is None else mine.where(ChecklistRow.key == key))


@dataclass(frozen=True, slots=True)
class TickItem:
    unit: UnitOfWork
    lists: ChecklistStore
    clock: Clock

    @atomic
    async def __call__(self, telegram_id: int, key: str, item: str) -> frozenset[str]:
        """Tick the item, or take its tick away; the first tick keeps the list. Returns what is ticked."""
        ticked = await self.lists.ticked(telegram_id, key) ^ {item}
        await self.lists.keep(telegram_id, key, ticked, self.clock.now())
        return ticked


@dataclass(frozen=True, slots=True)
class DropChecklist:
    unit: UnitOfWork
    lists: ChecklistStore

    @atomic
    async def __call__(self, telegram_id: int, key: str) -> None:
        await self.lists.forget(telegram_id, key)
