"""Invitations and wrong tokens in the database."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import Cipher
from accounts.officials.invitation import LOCKED_FOR, Invitation, is_locked
from accounts.officials.tables import InvitationRow, WrongGuessRow
from accounts.roles import Role


@dataclass(frozen=True, slots=True)
class InvitationStore:
    """Rows read for a change are locked until the transaction ends."""

    session: AsyncSession

    async def add(self, row: InvitationRow) -> int:
        self.session.add(row)
        await self.session.flush()
        return row.id

    async def by_digest(self, digest: str) -> Invitation | None:
        return await self._one(select(InvitationRow).where(InvitationRow.digest == digest).with_for_update())

    async def get(self, number: int) -> Invitation | None:
        return await self._one(select(InvitationRow).where(InvitationRow.id == number).with_for_update())

    async def read(self, number: int) -> Invitation | None:
        """The same without a lock: it is only looked at."""
        return await self._one(select(InvitationRow).where(InvitationRow.id == number))

    async def waiting(self, organisation: str) -> list[Invitation]:
        """Invitations that wait for confirmation, oldest first."""
        query = select(InvitationRow).where(
            InvitationRow.organisation == organisation,
            InvitationRow.introduced_at.is_not(None),
            InvitationRow.decided_at.is_(None),
        )
        return [_invitation(row) for row in await self.session.scalars(query.order_by(InvitationRow.id))]

    async def take(self, number: int, by: int, at: datetime) -> None:
        await self._set(number, taken_by=by, taken_at=at)

    async def introduce(self, number: int, at: datetime) -> None:
        await self._set(number, introduced_at=at)

    async def decide(self, number: int, *, accepted: bool, at: datetime) -> None:
        await self._set(number, decided_at=at, accepted=accepted)

    async def take_back(self, invited_by: int, organisation: str, at: datetime) -> None:
        """Withdraw the person's undecided invitations to an organisation."""
        undecided = update(InvitationRow).where(
            InvitationRow.invited_by == invited_by,
            InvitationRow.organisation == organisation,
            InvitationRow.decided_at.is_(None),
        )
        await self.session.execute(undecided.values(decided_at=at, accepted=False))

    async def _set(self, number: int, **values: Any) -> None:
        await self.session.execute(update(InvitationRow).where(InvitationRow.id == number).values(**values))

    async def _one(self, query: Select[InvitationRow]) -> Invitation | None:
        row = await self.session.scalar(query.execution_options(populate_existing=True))
        return None if row is None else _invitation(row)


@dataclass(frozen=True, slots=True)
class GuessStore:
    session: AsyncSession
    cipher: Cipher

    async def are_locked(self, telegram_id: int, now: datetime) -> bool:
        row = await self.session.get(WrongGuessRow, self._key(telegram_id))
        return row is not None and is_locked(row.count, row.last_at, now)

    async def count(self, telegram_id: int, now: datetime) -> None:
        row = await self.session.get(WrongGuessRow, self._key(telegram_id))
        if row is None:
            self.session.add(WrongGuessRow(person=self._key(telegram_id), count=1, last_at=now))
            return
        row.count = 1 if now - row.last_at >= LOCKED_FOR else row.count + 1
        row.last_at = now

    async def forget(self, telegram_id: int) -> None:
        mine = WrongGuessRow.person == self._key(telegram_id)
        await self.session.execute(delete(WrongGuessRow).where(mine))

    def _key(self, telegram_id: int) -> str:
        return self.cipher.digest(f"wrong guesses/{telegram_id}")


async def forget_old(session: AsyncSession, now: datetime) -> None:
    """Retention: guesses that lock nobody out any more."""
    await session.execute(delete(WrongGuessRow).where(WrongGuessRow.last_at < now - LOCKED_FOR))


def _invitation(row: InvitationRow) -> Invitation:
    return Invitation(
        number=row.id,
        organisation=row.organisation,
        role=Role(row.role),
        invited_by=row.invited_by,
        expires_at=row.expires_at,
        taken_by=row.taken_by,
        introduced=row.introduced_at is not None,
        decided=row.decided_at is not None,
    )
