"""One complaint, as its citizen sees it and as an official of its organisation does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import select

from accounts.access_log.store import AccessLog, AccessLogEntry
from accounts.cipher import ValueKey
from accounts.errors import GoneError, NotAllowedError
from accounts.keys.tables import RecordKeyRow
from accounts.permissions import Action
from complaints.actions.context import ComplaintContext
from complaints.actions.rating import RATING_WORD, SERVICE_RATING_WORD
from complaints.approvals.store import ApprovalStore
from complaints.approvals.tables import ApprovalRow
from complaints.assignment import ComplaintStaff
from complaints.attachments.folder import file_record
from complaints.audit_log import AuditLog, AuditLogEntry, subject_of
from complaints.case import ComplaintCase, case_of
from complaints.errors import LookReasonError, NotAssigneeError
from complaints.hearings.hearing import Hearing
from complaints.hearings.store import HearingStore
from complaints.lifecycle import ComplaintState
from complaints.numbers import ComplaintNumber
from complaints.requests.rules import RequestKind
from complaints.requests.store import PendingRequest, RequestStore
from complaints.service_rating_tables import ServiceRatingRow
from complaints.store import AttachmentStore, ComplaintStore
from complaints.tables import AttachmentRow, ComplaintRow, ExtensionRow, RatingRow
from complaints.thread import MessageThread, ThreadMessage


class LookedAt(StrEnum):
    """What a look opens, by the names of fields."""

    WORDS = "text,messages"
    FILES = "files"
    PERSON = "name,number,phone,represented"
    PAPER = "name,number,phone,text,messages"  # a paper to sign, with what it quotes
    NOTES = "notes"
    ANSWER = "answer,note"  # one that waits for the head, or the head's note on it


class LookReason(StrEnum):
    """Why somebody who does not hold a complaint opens what is in it."""

    SUBSTITUTE = "substitute"
    SUPERVISION = "supervision"
    REQUEST = "request"  # the complainant's own
    AUTHORITY = "authority"  # a court's, a prosecutor's, the Agency's
    QUALITY = "quality"


@dataclass(frozen=True, slots=True, kw_only=True)
class FullCase:
    """A complaint with its text, the messages of its chain, its files and the chain, oldest first.

    `holder` is who has it today, None where unassigned. `files` are the complaint's own, a message has its
    own. `extensions` are those requested, oldest first; `requests` those not done yet; `hearing` is the one
    that stands, `approval` the last asked for an answer. To officials no word is given without a look: they
    get the text's `length` in characters, messages without text, and no `words` of the ratings.
    """

    case: ComplaintCase
    holder: int | None
    text: str | None
    length: int
    thread: Sequence[ThreadMessage]
    files: Sequence[AttachmentRow]
    chain: Sequence[ComplaintCase]
    extensions: Sequence[ExtensionRow]
    requests: Sequence[PendingRequest]
    stars: int | None
    service_stars: int | None = None
    words: Sequence[str] = ()
    hearing: Hearing | None = None
    approval: ApprovalRow | None = None

    @property
    def awaits_head(self) -> bool:
        """Whether an answer waits for the head."""
        return self.case.is_open and self.approval is not None and self.approval.approved is None

    @property
    def is_returned(self) -> bool:
        """Whether the head returned the answer last asked about."""
        return self.case.is_open and self.approval is not None and self.approval.approved is False

    def request(self, kind: RequestKind) -> PendingRequest | None:
        return next((one for one in self.requests if one.kind is kind), None)

    @property
    def is_last(self) -> bool:
        """No other body has it after this one."""
        going = [one for one in self.chain if one.state is not ComplaintState.JOINED]
        return bool(going) and going[-1].id == self.case.id


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplainantDetails:
    """The complainant, decrypted, for a message that deletes itself; each view is recorded in
    the access log.
    """

    name: str | None
    number: str | None
    phone: str | None
    represented: str | None


@dataclass(frozen=True, slots=True)
class CaseQueries:
    context: ComplaintContext

    async def of_person(self, by: int, complaint: int) -> FullCase:
        """Raises GoneError, NotAllowedError."""
        row = await self._store.get(complaint)
        if row.person != by:
            raise NotAllowedError
        return await self._full(row, lambda _: True)

    async def of_official(self, by: int, complaint: int) -> FullCase:
        """The case without a word in it. Raises GoneError, NotAllowedError."""
        row = await self._store.get(complaint)
        await self.context.right(by, Action.SEE_COMPLAINTS, row.organisation)
        full = await self._full(row, lambda one: _is_here(one, row))
        thread = [replace(message, text=None) for message in full.thread]
        return replace(full, text=None, thread=thread, words=())

    async def look(
        self, by: int, complaint: int, what: LookedAt, reason: LookReason | None = None
    ) -> FullCase:
        """The case with the messages up to the official's organisation; later ones belong to the next body.

        The look is entered in the access log. Raises GoneError, NotAllowedError, LookReasonError.
        """
        row = await self._store.get(complaint)
        _, staff = await self.context.right(by, Action.SEE_COMPLAINTS, row.organisation)
        await self._enter(row, by, what, reason, staff)
        return await self._full(row, lambda one: _is_here(one, row))

    async def enter(self, by: int, complaint: int, what: LookedAt, reason: LookReason | None = None) -> None:
        """Enter a look at something that is stored elsewhere. Raises what `look` raises."""
        row = await self._store.get(complaint)
        _, staff = await self.context.right(by, Action.SEE_COMPLAINTS, row.organisation)
        await self._enter(row, by, what, reason, staff)

    async def personal(self, by: int, complaint: int, reason: LookReason | None = None) -> ComplainantDetails:
        """For the holder and the head only; the look is entered in the access log.

        Raises GoneError, NotAllowedError, NotAssigneeError, LookReasonError.
        """
        row, staff = await self._worked(by, complaint)
        await self._enter(row, by, LookedAt.PERSON, reason, staff)
        return await self._complainant(row)

    async def paper(
        self, by: int, complaint: int, reason: LookReason | None = None
    ) -> tuple[FullCase, ComplainantDetails]:
        """What a paper about the case quotes; for the holder and the head, entered in the access log.

        Raises GoneError, NotAllowedError, NotAssigneeError, LookReasonError.
        """
        row, staff = await self._worked(by, complaint)
        await self._enter(row, by, LookedAt.PAPER, reason, staff)
        return await self._full(row, lambda one: _is_here(one, row)), await self._complainant(row)

    async def _worked(self, by: int, complaint: int) -> tuple[ComplaintRow, ComplaintStaff]:
        row = await self._store.get(complaint)
        _, staff = await self.context.right(by, Action.WORK_ON_COMPLAINTS, row.organisation)
        leads = await self.context.allowed(by, Action.LEAD_COMPLAINTS, staff)
        if staff.holder(row.assignee) != by and not leads:
            raise NotAssigneeError
        return row, staff

    async def _complainant(self, row: ComplaintRow) -> ComplainantDetails:
        found = await self.context.keys.content(row)
        return ComplainantDetails(
            name=found.name, number=found.iin, phone=found.phone, represented=found.represented
        )

    async def _enter(
        self,
        row: ComplaintRow,
        by: int,
        what: LookedAt,
        reason: LookReason | None,
        staff: ComplaintStaff,
    ) -> None:
        """Who holds the case gives no reason."""
        holds = staff.holder(row.assignee) == by
        if reason is None and not holds:
            raise LookReasonError
        code = None if holds or reason is None else reason.value
        entry = AccessLogEntry(viewer=by, subject=subject_of(row.id), what=what.value, reason=code)
        await AccessLog(self.context.session).keep(entry, self.context.now())

    async def by_number(self, by: int, number: ComplaintNumber) -> ComplaintCase:
        """The complaint, for its citizen or an official who may see it; GoneError for everyone else."""
        row = await self._store.by_number(number)
        if row.person == by:
            return case_of(row)
        try:
            await self.context.right(by, Action.SEE_COMPLAINTS, row.organisation)
        except NotAllowedError:
            raise GoneError from None
        return case_of(row)

    async def attachment(self, by: int, attachment: int) -> AttachmentRow:
        """A file of a complaint `by` may see, or of their own draft. Raises GoneError, NotAllowedError."""
        row = await self.context.session.get(AttachmentRow, attachment)
        if row is None or row.complaint is None or row.erase_asked_at is not None:
            raise GoneError
        complaint = await self._store.get(row.complaint)
        chain = await self._store.chain(complaint.root or complaint.id)
        if complaint.person == by:
            return row
        for one in chain:
            staff = await self.context.staff(one.organisation)
            if one.id >= complaint.id and await self.context.allowed(by, Action.SEE_COMPLAINTS, staff):
                return row
        raise NotAllowedError

    async def file_keys(self, rows: Sequence[AttachmentRow]) -> Mapping[str, ValueKey]:
        """By name, the keys of files; of an erased one there is none. Raises WrongKeyError."""
        records = {file_record(row.name): row.name for row in rows}
        query = select(RecordKeyRow).where(RecordKeyRow.record.in_(records))
        return {
            records[row.record]: self.context.cipher.record_key(row.wrapped, row.record)
            for row in await self.context.session.scalars(query)
        }

    async def audit_log(self, by: int, complaint: int) -> Sequence[AuditLogEntry]:
        """Raises GoneError, NotAllowedError."""
        row = await self._store.get(complaint)
        if row.person != by:
            await self.context.right(by, Action.SEE_COMPLAINTS, row.organisation)
        return await AuditLog(self.context.session).of(complaint)

    @property
    def _store(self) -> ComplaintStore:
        return self.context.complaints

    async def _rating_words(
        self, row: ComplaintRow, rating: RatingRow | None, of_service: ServiceRatingRow | None
    ) -> list[str]:
        """What the citizen wrote beside the ratings; nothing once it is forgotten."""
        closed = [
            (one.word_cipher, place)
            for one, place in ((rating, RATING_WORD), (of_service, SERVICE_RATING_WORD))
            if one is not None and one.word_cipher is not None
        ]
        key = (await self.context.keys.of([row.id])).get(row.id) if closed else None
        return [key.open(cipher, place) for cipher, place in closed] if key is not None else []

    async def _full(self, row: ComplaintRow, is_shown: Callable[[ComplaintCase], bool]) -> FullCase:
        session = self.context.session
        chain = [case_of(one) for one in await self._store.chain(row.root or row.id)]
        ids = [one.id for one in chain if is_shown(one)]
        extensions = select(ExtensionRow).where(ExtensionRow.complaint == row.id).order_by(ExtensionRow.id)
        files = await AttachmentStore(session).of_complaints(ids)
        rating = await session.get(RatingRow, row.id)
        of_service = await session.get(ServiceRatingRow, row.id)
        text = (await self.context.keys.content(row)).text
        return FullCase(
            case=case_of(row),
            holder=(await self.context.staff(row.organisation)).holder(row.assignee),
            text=text,
            length=len(text or ""),
            thread=await MessageThread(session, self.context.cipher).of(ids),
            files=[file for file in files if file.message is None],
            chain=chain,
            extensions=(await session.scalars(extensions)).all(),
            requests=await RequestStore(session).pending(row.id),
            stars=rating.stars if rating is not None else None,
            service_stars=of_service.stars if of_service is not None else None,
            words=await self._rating_words(row, rating, of_service),
            hearing=await HearingStore(session).hearing(row.id),
            approval=await ApprovalStore(session).last(row.id),
        )


def _is_here(one: ComplaintCase, row: ComplaintRow) -> bool:
    """Whether the officials of `row` see the messages of `one`, of the same chain: what came before, and what
    was joined to it.
    """
    return one.id <= row.id or (one.state is ComplaintState.JOINED and one.organisation == row.organisation)
