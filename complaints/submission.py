"""Submit a draft or merge it into an earlier complaint: one transaction, one complaint."""

from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from complaints.actions.citizens import AddToComplaint
from complaints.actions.drafting import DropDraft, StoredDraft
from complaints.actions.sending import SubmitDraft, SubmittedComplaint
from complaints.attachments.download_tables import AttachmentDownloadRow
from complaints.case import ComplaintCase
from complaints.queries.mine import MyComplaints
from complaints.routing import NotConnected, PlaceNeeded, Route, Routed
from complaints.source_messages import SourceMessages
from complaints.store import AttachmentStore
from complaints.thread import MessageContent


@dataclass(frozen=True, slots=True)
class ComplaintSubmission:
    session: AsyncSession
    send_draft: SubmitDraft
    add: AddToComplaint
    drop: DropDraft
    source_messages: SourceMessages
    mine: MyComplaints

    async def duplicate(self, by: int, stored: StoredDraft, route: Route) -> ComplaintCase | None:
        """The person's complaint of the last month about the same service at the same organisation."""
        if not isinstance(route, Routed):
            return None
        return await self.mine.earlier(by, stored.draft.service, route.organisation.code)

    async def send(self, by: int, stored: StoredDraft) -> SubmittedComplaint | NotConnected | PlaceNeeded:
        """Raises what SubmitDraft raises."""
        found = await self.send_draft(by, stored.id)
        if isinstance(found, SubmittedComplaint) and found.created:
            await self._link_messages(by, stored, found.case.id)
        return found

    async def add_to(self, by: int, stored: StoredDraft, complaint: int) -> ComplaintCase:
        """Move the draft's text and files into an earlier complaint and delete the draft.

        Raises what AddToComplaint raises.
        """
        case = await self.add(by, complaint, MessageContent(text=stored.draft.text))
        await AttachmentStore(self.session).move_to_complaint(stored.id, complaint)
        moved = update(AttachmentDownloadRow).where(AttachmentDownloadRow.draft == stored.id)
        await self.session.execute(moved.values(draft=None, complaint=complaint))
        await self._link_messages(by, stored, complaint)
        await self.drop(by)
        return case

    async def _link_messages(self, by: int, stored: StoredDraft, complaint: int) -> None:
        await self.source_messages.keep(by, [part.message for part in stored.draft.parts], complaint)
