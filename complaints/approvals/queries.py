"""What the head and the author read of an answer that waits, or was returned: each reading is a look."""

from dataclasses import dataclass

from accounts.permissions import Action
from complaints.approvals.store import NOTE, ApprovalStore
from complaints.queries.cases import CaseQueries, LookedAt, LookReason
from complaints.staff_drafts.actions import ReplyDrafts, StoredReply


@dataclass(frozen=True, slots=True)
class ApprovalQueries:
    queries: CaseQueries

    async def is_ready(self, by: int, complaint: int) -> bool:
        """Whether an answer waits for the head and its draft is still there; nothing of it is shown.

        Raises GoneError, NotAllowedError.
        """
        waiting = await self._waiting(by, complaint)
        return waiting is not None and waiting.draft.outcome is not None

    async def answer(self, by: int, complaint: int) -> StoredReply | None:
        """The answer that waits, for the head, whose reason is the supervision that approving is; None where
        nothing waits or its draft is gone.

        Raises GoneError, NotAllowedError.
        """
        found = await self._waiting(by, complaint)
        if found is not None:
            await self.queries.enter(by, complaint, LookedAt.ANSWER, LookReason.SUPERVISION)
        return found

    async def note(self, by: int, complaint: int, reason: LookReason | None = None) -> str:
        """The note on the answer last returned, for those who may work on the complaint; empty without one.

        Raises GoneError, NotAllowedError, LookReasonError, WrongKeyError.
        """
        context = self.queries.context
        row = await context.complaints.get(complaint)
        await context.right(by, Action.WORK_ON_COMPLAINTS, row.organisation)
        asked = await ApprovalStore(context.session).last(complaint)
        key = (await context.keys.of([complaint])).get(complaint)
        if asked is None or asked.note_cipher is None or key is None:
            return ""
        await self.queries.enter(by, complaint, LookedAt.ANSWER, reason)
        return key.open(asked.note_cipher, NOTE)

    async def _waiting(self, by: int, complaint: int) -> StoredReply | None:
        context = self.queries.context
        row = await context.complaints.get(complaint)
        await context.right(by, Action.LEAD_COMPLAINTS, row.organisation)
        asked = await ApprovalStore(context.session).waiting(complaint)
        return None if asked is None else await ReplyDrafts(context).find(asked.asked_by, complaint)
