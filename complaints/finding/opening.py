"""A coordinator opens the lists of an organisation below."""

from dataclasses import dataclass

from accounts.access_log.store import AccessLog, AccessLogEntry
from accounts.permissions import Action
from complaints.actions.context import ComplaintContext
from complaints.errors import LookReasonError
from complaints.queries.cases import LookReason
from database.engine import atomic


@dataclass(frozen=True, slots=True)
class OpenBody:
    """Entered in the access log, with why."""

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, organisation: str, reason: LookReason | None) -> None:
        """Raises NotAllowedError, LookReasonError."""
        await self.context.right(by, Action.SEE_COMPLAINTS, organisation)
        if reason is None:
            raise LookReasonError
        entry = AccessLogEntry(
            viewer=by, subject=f"organisation/{organisation}", what="lists", reason=reason.value
        )
        await AccessLog(self.context.session).keep(entry, self.context.now())
