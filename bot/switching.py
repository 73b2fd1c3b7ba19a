"""What a switch changes in the rooms below, in its own transaction."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.switches.switch import Switch, SwitchedJob
from reminders.pausing import take_back


async def followed(session: AsyncSession, turned: Switch, now: datetime) -> None:
    """Reminders that were written and not sent yet stop with the job."""
    if turned.is_off and turned.job is SwitchedJob.REMINDERS:
        await take_back(session, now)
