"""Tells the official who asked for a correction what the Agency decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.officials.store import MembershipStore
from accounts.person import PersonStore
from bot.request_context import ReaderContexts, RequestContext, as_read_by
from bot.views.callbacks import ReportCallback
from bot.views.reports.report import ReportView
from bot.views.screen import Screen, button, fields, keyboard
from deadlines.store import LiveCalendar
from messaging.outbox.hours import Audience
from messaging.outbox.refreshing import WaitingNotice
from notifications.notices import Notice, NoticeKind, Notices
from reports.context import form_of
from reports.store import ReportState, ReportStore, ReportVersion


class CorrectionStage(StrEnum):
    """Stages of a notice about a correction; see Notice."""

    ACCEPTED = "correction_accepted"
    REFUSED = "correction_refused"


@dataclass(frozen=True, slots=True)
class CorrectionNotifier:
    reports: ReportStore
    people: PersonStore
    live: LiveCalendar

    async def decided(self, context: RequestContext, report: ReportVersion) -> None:
        """Answer whoever asked for it; the window, not the message, gives the reason."""
        if report.made_by is None:
            return
        accepted = report.state is ReportState.HANDED_IN
        stage = CorrectionStage.ACCEPTED if accepted else CorrectionStage.REFUSED
        read = await as_read_by(context, self.people, report.made_by)
        notice = Notice(
            subject=NoticeKind.CORRECTION.of(report.number),
            version=1,
            stage=stage,
            recipient=report.made_by,
            audience=Audience.OFFICIAL,
            due_at=context.now,
            payload=fields(correction_screen(read, stage, report)),
        )
        session = self.reports.session
        is_working = (await self.live.current(session)).expects_work
        await Notices(session=session, is_working=is_working).write([notice], context.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionRefresher:
    """Notices about corrections as they are when they are sent."""

    readers: ReaderContexts

    async def __call__(
        self, session: AsyncSession, notice: WaitingNotice, _: datetime
    ) -> Mapping[str, Any] | None:
        """None where the recipient has left the organisation."""
        stage, report = CorrectionStage(notice.stage), await ReportStore(session).get(notice.number)
        if report is None:
            return None
        staff = await MembershipStore(session).of_organisation(report.subject.organisation)
        if notice.recipient not in {one.telegram_id for one in staff}:
            return None
        read = await self.readers.of(session, notice.recipient)
        return fields(correction_screen(read, stage, report))


def correction_screen(read: RequestContext, stage: CorrectionStage, report: ReportVersion) -> Screen:
    form = ReportView(read.texts, read.language).form(form_of(report.subject.form), report.subject.period)
    data = ReportCallback(number=report.number).pack()
    board = keyboard([[button(read.plain("report.open_button"), data)]])
    return Screen(text=str(read.html(f"report.{stage.value}", form=form)), keyboard=board)
