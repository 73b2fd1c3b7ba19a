"""What follows when a draft is sent or added to an earlier complaint: one transaction, one complaint."""

from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.complaints.papers import Papers
from bot.complaints.tables import FetchRow
from bot.complaints.told import ToldMessages
from complaints.actions.citizens import AddToComplaint
from complaints.actions.drafting import DropDraft, KeptDraft
from complaints.actions.sending import SendDraft, Sent
from complaints.case import Case
from complaints.queries.mine import MyComplaints
from complaints.routing import Goes, NotConnected, PlaceNeeded, Route
from complaints.store import AttachmentStore
from complaints.talk import Words


@dataclass(frozen=True, slots=True)
class Sender:
    session: AsyncSession
    send_draft: SendDraft
    add: AddToComplaint
    drop: DropDraft
    told: ToldMessages
    mine: MyComplaints
    papers: Papers

    async def twin(self, by: int, kept: KeptDraft, route: Route) -> Case | None:
        """The person's complaint of the last month on the same service to the same organisation."""
        if not isinstance(route, Goes):
            return None
        return await self.mine.earlier(by, kept.draft.service, route.organisation.code)

    async def send(self, by: int, kept: KeptDraft) -> Sent | NotConnected | PlaceNeeded:
        """Raises what SendDraft raises."""
        found = await self.send_draft(by, kept.id)
        if isinstance(found, Sent) and found.anew:
            await self._keep_messages(by, kept, found.case.id)
        return found

    async def add_to(self, by: int, kept: KeptDraft, complaint: int) -> Case:
        """What was told goes to an earlier complaint, with its files; the draft ends.

        Raises what AddToComplaint raises.
        """
        case = await self.add(by, complaint, Words(text=kept.draft.text))
        await AttachmentStore(self.session).move_to_complaint(kept.id, complaint)
        moved = update(FetchRow).where(FetchRow.draft == kept.id)
        await self.session.execute(moved.values(draft=None, complaint=complaint))
        await self._keep_messages(by, kept, complaint)
        await self.drop(by)
        return case

    async def _keep_messages(self, by: int, kept: KeptDraft, complaint: int) -> None:
        await self.told.keep(by, [part.message for part in kept.draft.parts], complaint)
