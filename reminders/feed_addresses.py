"""The secret address of a person's calendar feed."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.permissions import RIGHTS, Action
from database.engine import atomic
from database.types import insert_into
from reminders.actions import FilingContext
from reminders.tables import FeedAddressRow

_BYTES = 24  # 192 random bits


@dataclass(frozen=True, slots=True)
class FeedAddressStore:
    session: AsyncSession

    async def owner(self, token: str) -> int | None:
        """The person whose calendar the token opens."""
        query = select(FeedAddressRow.person).where(FeedAddressRow.digest == _digest(token))
        owner: int | None = await self.session.scalar(query)
        return owner

    async def keep(self, person: int, token: str, at: datetime) -> None:
        """Replace the person's address."""
        values = {"digest": _digest(token), "made_at": at}
        made = insert_into(self.session, FeedAddressRow).values(person=person, **values)
        await self.session.execute(made.on_conflict_do_update(index_elements=["person"], set_=values))


@dataclass(frozen=True, slots=True)
class RenewFeedAddress:
    context: FilingContext
    addresses: FeedAddressStore

    @atomic
    async def __call__(self, by: int) -> str:
        """Return a new token, shown once and stored only as a digest; the earlier token stops working.

        Raises NotAllowedError for a person who may see no filings.
        """
        held = await self.context.guard.members.of_person(by)
        if not any((Action.SEE_FILINGS, one.role) in RIGHTS for one in held):
            await self.context.guard.check(by, Action.SEE_FILINGS)
        token = secrets.token_urlsafe(_BYTES)
        await self.addresses.keep(by, token, self.context.clock.now())
        return token


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
