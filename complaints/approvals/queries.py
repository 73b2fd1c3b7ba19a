"""What the head and the author read of an answer that waits, or was returned."""

from dataclasses import dataclass

from accounts.permissions import Action
from complaints.actions.context import ComplaintContext
from complaints.approvals.store import NOTE, ApprovalStore
from complaints.staff_drafts.actions import ReplyDrafts, StoredReply


@dataclass(frozen=True, slots=True)
class ApprovalQueries:
    context: ComplaintContext

    async def waiting(self, by: int, complaint: int) -> StoredReply | None:
        """The answer that waits, for the head; None where nothing waits or its draft is gone.

        Raises GoneError, NotAllowedError.
        """
        row = await self.context.complaints.get(complaint)
        await self.context.right(by, Action.LEAD_COMPLAINTS, row.organisation)
        asked = await ApprovalStore(self.context.session).waiting(complaint)
        return None if asked is None else await ReplyDrafts(self.context).find(asked.asked_by, complaint)

    async def note(self, by: int, complaint: int) -> str:
        """The note on the answer last returned, for those who may work on the complaint; empty without one.

        Raises GoneError, NotAllowedError, WrongKeyError.
        """
        row = await self.context.complaints.get(complaint)
        await self.context.right(by, Action.WORK_ON_COMPLAINTS, row.organisation)
        asked = await ApprovalStore(self.context.session).last(complaint)
        key = (await self.context.keys.of([complaint])).get(complaint)
        if asked is None or asked.note_cipher is None or key is None:
            return ""
        return key.open(asked.note_cipher, NOTE)
