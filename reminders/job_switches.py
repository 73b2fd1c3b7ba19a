"""What a switch changes in the rooms below, in its own transaction."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.switches.switch import JobSwitch, SwitchedJob
from reminders.pausing import withdraw_reminders


async def followed(session: AsyncSession, turned: JobSwitch, now: datetime) -> None:
    """Reminders that were written and not sent yet stop with the job."""
    if turned.is_off and turned.job is SwitchedJob.REMINDERS:
        await withdraw_reminders(session, now)
