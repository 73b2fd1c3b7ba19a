"""Officials who have chosen their language and hold a role."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.officials.membership import Membership
from accounts.officials.store import MembershipStore
from accounts.roles import Role
from complaints.actions.context import ComplaintContext
from complaints.notifier import ComplaintNotification
from database.engine import JoinedUnitOfWork
from deadlines.store import LiveCalendar
from tests.bot.complaint_dialog import POLICE, CitizenChat, citizen
from tests.bot.live_bot import RunningBot


async def official(
    live_bot: RunningBot, language: str = "ru", role: Role = Role.OFFICER, *organisations: str
) -> CitizenChat:
    """A person with the role in each organisation, by default the police."""
    one = await citizen(live_bot, language)
    async with live_bot.database.unit_of_work() as unit:
        for code in organisations or (POLICE,):
            membership = Membership(
                number=0,
                telegram_id=one.person.number,
                organisation=code,
                role=role,
                joined_at=live_bot.clock.now(),
            )
            await MembershipStore(unit.session).add(membership, None)
        await unit.commit()
    return one


async def _placeholder_texts(
    _: AsyncSession, notifications: Sequence[ComplaintNotification]
) -> Sequence[Mapping[str, Any]]:
    return [{"text": "…"} for _ in notifications]


@asynccontextmanager
async def plain_context(live_bot: RunningBot) -> AsyncIterator[ComplaintContext]:
    """A complaint context outside the chat, with a renderer that needs no catalogue; committed at the end."""
    async with live_bot.database.unit_of_work() as unit:
        yield ComplaintContext(
            JoinedUnitOfWork(unit),
            live_bot.cipher,
            live_bot.clock,
            LiveCalendar(live_bot.clock),
            _placeholder_texts,
        )
        await unit.commit()


async def at(live_bot: RunningBot, moment: str) -> None:
    """Set the clock to that moment in Kazakhstan and run the tick."""
    live_bot.clock.set(datetime.fromisoformat(f"{moment}+05:00"))
    await live_bot.tick.run()


async def hears(one: CitizenChat, words: str) -> str:
    """Wait for a notice that contains `words`; return its text."""
    found = await one.person.wait_until(
        lambda seen: any(words in message.get("text", "") for message in seen), wait=60
    )
    return next(str(message["text"]) for message in found if words in message.get("text", ""))
