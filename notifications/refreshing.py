"""Checks of notices that are made anew when they are sent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from messaging.outbox.hours import Audience
from messaging.outbox.refreshing import Refresh, WaitingNotice
from notifications.personal_data import reject_personal_data


def without_personal_data(refresh: Refresh) -> Refresh:
    """`refresh`, raising PersonalDataError for an official's notice that would hold personal data."""

    async def checked(
        session: AsyncSession, notice: WaitingNotice, now: datetime
    ) -> Mapping[str, Any] | None:
        fields = await refresh(session, notice, now)
        if fields is not None and notice.audience is Audience.OFFICIAL:
            reject_personal_data(fields)
        return fields

    return checked
