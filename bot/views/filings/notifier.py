"""Notifies a head of a request and its author of the decision, in the deciding transaction."""

from dataclasses import dataclass

from accounts.officials.store import MembershipStore
from accounts.person import PersonStore
from accounts.roles import Role
from bot.request_context import RequestContext, as_read_by
from bot.views.accounts.officials import organisation_name
from bot.views.callbacks import FilingAction, FilingCallback
from bot.views.filings.names import FilingNames
from bot.views.screen import Screen, button, fields, keyboard
from deadlines.store import LiveCalendar
from messaging.outbox.hours import Audience
from notifications.notices import Notice, Notices
from registry_data.store import OrganisationRepository
from reminders.filing import Filing
from reminders.store import FilingStore


@dataclass(frozen=True, slots=True)
class FilingNotifier:
    filings: FilingStore
    members: MembershipStore
    organisations: OrganisationRepository
    people: PersonStore
    names: FilingNames
    live: LiveCalendar

    async def asked(self, context: RequestContext, filing: Filing) -> None:
        """Ask the organisation's heads; the window, not the message, gives the reason."""
        staff = await self.members.of_organisation(filing.organisation)
        organisation = await self.organisations.get(filing.organisation)
        for head in sorted({member.telegram_id for member in staff if member.role is Role.HEAD}):
            read = await as_read_by(context, self.people, head)
            where = organisation_name(read, organisation, filing.organisation)
            text = read.html("filings.waiver_request", organisation=where, **self._what(read, filing))
            data = FilingCallback(action=FilingAction.OPEN, number=filing.number).pack()
            board = keyboard([[button(read.plain("filings.waiver_open"), data)]])
            await self._write(context, filing, head, Screen(text=str(text), keyboard=board))

    async def decided(self, context: RequestContext, filing: Filing, asker: int, *, accepted: bool) -> None:
        read = await as_read_by(context, self.people, asker)
        key = "filings.waiver_accepted_told" if accepted else "filings.waiver_refused_told"
        await self._write(
            context, filing, asker, Screen(text=str(read.html(key, **self._what(read, filing))))
        )

    def _what(self, read: RequestContext, filing: Filing) -> dict[str, str]:
        return {
            "name": self.names.name(filing, read.language),
            "occasion": self.names.occasion(filing, read.language),
        }

    async def _write(self, context: RequestContext, filing: Filing, recipient: int, screen: Screen) -> None:
        """One notice per entry of the history: a repeated request gets a new notice."""
        session = self.filings.session
        step = len(await self.filings.history(filing.number))
        notice = Notice(
            subject=f"waiver/{filing.number}",
            version=step,
            stage="waiver",
            recipient=recipient,
            audience=Audience.OFFICIAL,
            due_at=context.now,
            payload=fields(screen),
        )
        is_working = (await self.live.current(session)).expects_work
        await Notices(session=session, is_working=is_working).write([notice], context.now)
