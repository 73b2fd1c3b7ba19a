"""Notifies a head of a request and its author of the decision, in the deciding transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.officials.membership import Membership
from accounts.officials.store import MembershipStore
from accounts.person import PersonStore
from accounts.roles import Role
from bot.request_context import ReaderContexts, RequestContext, as_read_by
from bot.views.accounts.officials import organisation_name
from bot.views.callbacks import FilingAction, FilingCallback
from bot.views.filings.names import FilingNames
from bot.views.screen import Screen, button, fields, keyboard
from deadlines.store import LiveCalendar
from messaging.outbox.hours import Audience
from messaging.outbox.refreshing import WaitingNotice
from notifications.notices import Notice, NoticeKind, Notices
from registry_data.store import OrganisationRepository
from reminders.filing import Filing
from reminders.store import FilingStore


class WaiverStage(StrEnum):
    """Stages of a notice about a waiver; see Notice."""

    ASKED = "asked"  # to the heads
    ACCEPTED = "accepted"  # to who asked
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class WaiverNoticeView:
    names: FilingNames
    organisations: OrganisationRepository

    async def screen(self, read: RequestContext, stage: WaiverStage, filing: Filing) -> Screen:
        """The window, not the message, gives the reason."""
        what = {
            "name": self.names.name(filing, read.language),
            "occasion": self.names.occasion(filing, read.language),
        }
        if stage is not WaiverStage.ASKED:
            return Screen(text=str(read.html(f"filings.waiver_{stage.value}_told", **what)))
        organisation = await self.organisations.get(filing.organisation)
        where = organisation_name(read, organisation, filing.organisation)
        text = read.html("filings.waiver_request", organisation=where, **what)
        data = FilingCallback(action=FilingAction.OPEN, number=filing.number).pack()
        board = keyboard([[button(read.plain("filings.waiver_open"), data)]])
        return Screen(text=str(text), keyboard=board)


@dataclass(frozen=True, slots=True)
class FilingNotifier:
    filings: FilingStore
    members: MembershipStore
    organisations: OrganisationRepository
    people: PersonStore
    names: FilingNames
    live: LiveCalendar

    async def asked(self, context: RequestContext, filing: Filing) -> None:
        """Ask the organisation's heads."""
        staff = await self.members.of_organisation(filing.organisation)
        for head in _heads(staff):
            await self._write(context, filing, head, WaiverStage.ASKED)

    async def decided(self, context: RequestContext, filing: Filing, asker: int, *, accepted: bool) -> None:
        stage = WaiverStage.ACCEPTED if accepted else WaiverStage.REFUSED
        await self._write(context, filing, asker, stage)

    async def _write(
        self, context: RequestContext, filing: Filing, recipient: int, stage: WaiverStage
    ) -> None:
        """One notice per entry of the history: a repeated request gets a new notice."""
        session = self.filings.session
        read = await as_read_by(context, self.people, recipient)
        screen = await WaiverNoticeView(self.names, self.organisations).screen(read, stage, filing)
        notice = Notice(
            subject=NoticeKind.WAIVER.of(filing.number),
            version=len(await self.filings.history(filing.number)),
            stage=stage,
            recipient=recipient,
            audience=Audience.OFFICIAL,
            due_at=context.now,
            payload=fields(screen),
        )
        is_working = (await self.live.current(session)).expects_work
        await Notices(session=session, is_working=is_working).write([notice], context.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverRefresher:
    """Notices about waivers as they are when they are sent."""

    readers: ReaderContexts
    names: FilingNames

    async def __call__(
        self, session: AsyncSession, notice: WaitingNotice, _: datetime
    ) -> Mapping[str, Any] | None:
        """None where it was decided, or decided anew, meanwhile."""
        stage, filing = WaiverStage(notice.stage), await FilingStore(session).get(notice.number)
        staff = await MembershipStore(session).of_organisation(filing.organisation) if filing else []
        if filing is None or not _holds(stage, filing, staff, notice.recipient):
            return None
        view = WaiverNoticeView(self.names, OrganisationRepository(session))
        read = await self.readers.of(session, notice.recipient)
        return fields(await view.screen(read, stage, filing))


def _holds(stage: WaiverStage, filing: Filing, staff: list[Membership], reader: int) -> bool:
    match stage:
        case WaiverStage.ASKED:
            return filing.is_open and filing.waiver_asked_by is not None and reader in _heads(staff)
        case WaiverStage.ACCEPTED:
            return filing.is_waived
        case WaiverStage.REFUSED:
            return filing.is_open and filing.waiver_asked_by is None


def _heads(staff: list[Membership]) -> list[int]:
    return sorted({member.telegram_id for member in staff if member.role is Role.HEAD})
