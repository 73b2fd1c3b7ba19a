"""Officials who have chosen their language and hold a role; what they press, they read."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.officials.membership import Membership
from accounts.officials.store import MembershipStore
from accounts.roles import Role
from complaints.actions.desk import Desk
from complaints.telling import Telling
from database.unit_of_work import JoinedUnitOfWork
from deadlines.queries import LiveCalendar
from tests.bot.complaining import POLICE, Citizen, citizen
from tests.bot.town import Town


async def official(
    town: Town, language: str = "ru", role: Role = Role.OFFICER, *organisations: str
) -> Citizen:
    """Somebody with the role in each of the organisations; the police where none is named."""
    one = await citizen(town, language)
    async with town.database.unit_of_work() as unit:
        for code in organisations or (POLICE,):
            seat = Membership(
                number=0,
                telegram_id=one.person.number,
                organisation=code,
                role=role,
                joined_at=town.clock.now(),
            )
            await MembershipStore(unit.session).add(seat, None)
        await unit.commit()
    return one


async def _words(_: AsyncSession, tellings: Sequence[Telling]) -> Sequence[Mapping[str, Any]]:
    return [{"text": "…"} for _ in tellings]


@asynccontextmanager
async def plain_desk(town: Town) -> AsyncIterator[Desk]:
    """What actions work with outside the talk, with words that cost no catalogue; committed at the end."""
    async with town.database.unit_of_work() as unit:
        yield Desk(JoinedUnitOfWork(unit), town.cipher, town.clock, LiveCalendar(town.clock), _words)
        await unit.commit()


async def at(town: Town, moment: str) -> None:
    """It is that moment in Kazakhstan, and what time has made due is said."""
    town.clock.set(datetime.fromisoformat(f"{moment}+05:00"))
    await town.tick.run()


async def hears(one: Citizen, words: str) -> str:
    """Wait for a notice that says so; all of it."""
    found = await one.person.wait_until(
        lambda seen: any(words in message.get("text", "") for message in seen), wait=60
    )
    return next(str(message["text"]) for message in found if words in message.get("text", ""))
