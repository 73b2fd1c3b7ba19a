"""The digest of a morning as it is when it is sent: one message for complaints and filings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.request_context import ReaderContexts
from bot.views.filings.digest import DigestView
from bot.views.morning.digest import MorningDigest, MorningReader, stage_of
from bot.views.morning.view import MorningView
from bot.views.screen import fields
from complaints.digest import DigestKind, DigestRenderer
from complaints.due import DueReader
from deadlines.store import LiveCalendar
from messaging.outbox.refreshing import Refresh, WaitingNotice
from notifications.notices import NoticeKind
from reminders.digest import Digest
from reminders.notifier import DigestReader, names_of

Fields = Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MorningRefresher:
    """`complaints` renders digests of complaints alone, `filings` a reminder of one filing."""

    calendar: LiveCalendar
    readers: ReaderContexts
    complaints: DigestRenderer
    filings: DigestView

    def by_subject(self) -> Mapping[str, Refresh]:
        """A refresher for each first word of a digest's subject."""
        return {NoticeKind.COMPLAINT_DIGEST: self.digest, NoticeKind.REMINDERS: self.morning}

    async def digest(self, session: AsyncSession, notice: WaitingNotice, now: datetime) -> Fields:
        """Of complaints that are due, or of those whose date moved."""
        stage = stage_of(notice)
        if stage.kind is DigestKind.DUE:
            return await self.morning(session, notice, now)
        reader = DueReader(session=session, now=now, calendar=await self.calendar.current(session))
        moved = await reader.digest(notice.recipient, stage)
        return None if moved is None else await self.complaints.digest(session, moved)

    async def morning(self, session: AsyncSession, notice: WaitingNotice, now: datetime) -> Fields:
        reader = MorningReader(session=session, now=now, calendar=await self.calendar.current(session))
        found = await reader.to_send(notice)
        return None if found is None else await self._render(session, found)

    async def _render(self, session: AsyncSession, found: MorningDigest) -> Mapping[str, Any]:
        if found.complaints is not None and not found.filings:
            return await self.complaints.digest(session, found.complaints)
        context = await self.readers.of(session, found.recipient)
        digest = Digest(recipient=found.recipient, lines=found.filings)
        names = await names_of(session, digest)
        if found.complaints is None and len(found.filings) == 1:
            return self.filings.render(digest, DigestReader(language=context.language, names=names))
        view = MorningView(context=context, names=self.filings.names, organisations=names)
        return fields(view.screen(found))
