"""The random name that each installation of the bot got with its database."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from reminders.tables import InstallationRow

_UNNAMED = "unnamed"  # an emptied database


async def installation_name(session: AsyncSession) -> str:
    return await session.scalar(select(InstallationRow.name)) or _UNNAMED
