"""What turning a job off changes in the rooms below, in the same transaction."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.switches.switch import JobSwitch, SwitchedJob
from reminders.pausing import withdraw_reminders


async def followed(session: AsyncSession, turned: JobSwitch, now: datetime) -> None:
    """Withdraw unsent reminders when reminders are turned off."""
    if turned.is_off and turned.job is SwitchedJob.REMINDERS:
        await withdraw_reminders(session, now)
