"""Submit a draft: register it once with a connected organisation, or add it to an earlier complaint."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import update

from accounts.errors import GoneError
from complaints.actions.citizens import AddToComplaint
from complaints.actions.context import ComplaintContext, citizen
from complaints.actions.drafting import DropDraft, StoredDraft
from complaints.actions.registration import NewComplaint, register
from complaints.attachments.download_tables import AttachmentDownloadRow
from complaints.case import ComplaintCase, case_of
from complaints.daily_use import check_files_of_complaint
from complaints.draft import Draft, check_complete
from complaints.drafts import DraftStore
from complaints.errors import TooManyComplaintsError
from complaints.facts import SOURCE_OF, Origin
from complaints.queries.routes import RouteQueries, RoutingRegistry
from complaints.routing import NotConnected, PlaceNeeded, Routed
from complaints.store import AttachmentStore, ComplaintContent, SourceMessages
from complaints.tables import DraftRow
from complaints.thread import MessageContent
from database.engine import atomic

MOST_A_DAY = 5
SOON = timedelta(days=31)  # a new complaint within "a month" is shown the earlier one


@dataclass(frozen=True, slots=True)
class DailyLimit:
    """How many complaints one person may submit on one day in Asia/Almaty."""

    most: int = MOST_A_DAY


_USUAL = DailyLimit()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmittedComplaint:
    """The complaint the draft became; `created` is False where an earlier call submitted it already."""

    case: ComplaintCase
    created: bool


@dataclass(frozen=True, slots=True)
class SubmitDraft:
    """Submitting the same draft again returns the same complaint.

    A person has one draft, and it is locked, so submissions of one person never overlap.
    """

    context: ComplaintContext
    limit: DailyLimit = _USUAL

    @atomic
    async def __call__(self, by: int, draft: int) -> SubmittedComplaint | NotConnected | PlaceNeeded:
        """Registers nothing and leaves the draft where no organisation is connected or the place is missing.

        Raises ConsentNeededError, DraftIncompleteError, GoneError (no such draft of this person),
        TooManyComplaintsError, ComplaintsOffError, OutsideCalendarError.
        """
        drafts = DraftStore(self.context.session, self.context.cipher)
        row = await drafts.lock(by)
        if row is None or row.id != draft:
            return await self._sent_already(by, draft)
        await self.context.check_consent(by)
        opened = drafts.read(row)
        check_complete(opened)
        route = await RouteQueries.stored(self.context.session).of_draft(opened)
        if not isinstance(route, Routed):
            return route
        await self.context.check_taking()
        await self._check_day(by)
        case = await self._register(row, opened, route)
        await drafts.drop(row)
        return SubmittedComplaint(case=case, created=True)

    async def _sent_already(self, by: int, draft: int) -> SubmittedComplaint:
        found = await self.context.complaints.of_draft(draft)
        if found is None or found.person != by:
            raise GoneError
        return SubmittedComplaint(case=case_of(found), created=False)

    async def _check_day(self, by: int) -> None:
        """Complaints continued at another body do not count. Raises TooManyComplaintsError."""
        if await self.context.daily_use.add_complaint(by, self.context.today()) > self.limit.most:
            raise TooManyComplaintsError(most=self.limit.most)

    async def _register(self, row: DraftRow, draft: Draft, route: Routed) -> ComplaintCase:
        complaint = await register(self.context, self._new(row, draft, route), citizen(row.person))
        await AttachmentStore(self.context.session).move_to_complaint(row.id, complaint.id)
        return case_of(complaint)

    def _new(self, row: DraftRow, draft: Draft, route: Routed) -> NewComplaint:
        assert draft.complainant is not None
        assert draft.delivery is not None
        assert draft.kind is not None
        return NewComplaint(
            organisation=route.organisation.code,
            rule=route.rule,
            at=self.context.now(),
            origin=Origin.CITIZEN,
            complainant=draft.complainant,
            delivery=draft.delivery,
            kind=draft.kind,
            source=SOURCE_OF[draft.complainant],
            content=content_of(draft),
            behalf=draft.behalf,
            person=row.person,
            service=draft.service,
            region=draft.region,
            district=draft.district,
            applied_on=draft.applied_on,
            happened_on=draft.happened_on,
            draft=row.id,
        )


@dataclass(frozen=True, slots=True)
class ComplaintSubmission:
    """What becomes of a finished draft, and of the messages that are its text."""

    context: ComplaintContext
    send_draft: SubmitDraft
    add: AddToComplaint
    drop: DropDraft

    async def duplicate(
        self, by: int, stored: StoredDraft, registry: RoutingRegistry
    ) -> ComplaintCase | None:
        """The person's complaint of the last month about the same service at the same organisation."""
        route = await RouteQueries(self.context.session, registry).of_draft(stored.draft)
        if not isinstance(route, Routed):
            return None
        since = self.context.now() - SOON
        found = await self.context.complaints.earlier(
            by, stored.draft.service, route.organisation.code, since
        )
        return None if found is None else case_of(found)

    @atomic
    async def send(self, by: int, stored: StoredDraft) -> SubmittedComplaint | NotConnected | PlaceNeeded:
        """Raises what SubmitDraft raises."""
        found = await self.send_draft(by, stored.id)
        if isinstance(found, SubmittedComplaint) and found.created:
            await self._link_messages(by, stored, found.case.id)
        return found

    @atomic
    async def add_to(self, by: int, stored: StoredDraft, complaint: int) -> ComplaintCase:
        """Move the draft's text and files into an earlier complaint and delete the draft.

        Raises what AddToComplaint raises, and TooManyFilesError, FilesHeavyError.
        """
        session = self.context.session
        files = await AttachmentStore(session).of_draft(stored.id)
        await check_files_of_complaint(session, complaint, [file.size_bytes for file in files])
        case = await self.add(by, complaint, MessageContent(text=stored.draft.text))
        await AttachmentStore(session).move_to_complaint(stored.id, complaint)
        moved = update(AttachmentDownloadRow).where(AttachmentDownloadRow.draft == stored.id)
        await session.execute(moved.values(draft=None, complaint=complaint))
        await self._link_messages(by, stored, complaint)
        await self.drop(by)
        return case

    async def _link_messages(self, by: int, stored: StoredDraft, complaint: int) -> None:
        messages = [part.message for part in stored.draft.parts]
        await SourceMessages(self.context.session).keep(by, messages, complaint)


def content_of(draft: Draft) -> ComplaintContent:
    """The draft's values and text."""
    return ComplaintContent(
        name=draft.name or None,
        iin=draft.number or None,
        phone=draft.phone or None,
        represented=draft.represented or None,
        text=draft.text or None,
    )
