"""A citizen who writes a complaint."""

import asyncio

from sqlalchemy import func, select

from complaints.attachments.download_tables import AttachmentDownloadRow
from tests.bot.complaint_dialog import (
    HEAD,
    NAME,
    OFFICER,
    POLICE,
    REGION,
    CitizenChat,
    citizen,
    connect,
    to_the_story,
)
from tests.bot.live_bot import RunningBot


async def at_the_text(live_bot: RunningBot, language: str = "ru") -> CitizenChat:
    """A person with a profile who is asked what happened."""
    await connect(live_bot, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(
        live_bot, language, name=NAME, number="010101200014", telephone="+77010000042", region=REGION
    )
    await to_the_story(one, region=None)
    return one


async def to_the_summary(one: CitizenChat) -> None:
    await one.press("yes")


async def count(live_bot: RunningBot, what: type) -> int:
    async with live_bot.database.session() as session:
        return await session.scalar(select(func.count()).select_from(what)) or 0


async def until_fetched(live_bot: RunningBot) -> None:
    """Wait until every file is downloaded from Telegram."""
    async with asyncio.timeout(60):
        while await count(live_bot, AttachmentDownloadRow):
            await asyncio.sleep(0.01)
