"""An official's unsent text: a reply to a citizen, or a complaint that arrived elsewhere; pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import TypeAdapter

from complaints.actions.answering import ComplaintReply
from complaints.actions.entering import ComplaintEntry
from complaints.draft import TextPart, text_of
from complaints.errors import AnswerEmptyError, DraftIncompleteError
from complaints.facts import Complainant, ComplaintOutcome, ComplaintSource, ServiceDelivery
from complaints.kinds.kind import ComplaintKind
from complaints.paper import PaperMark
from complaints.thread import MessageContent


class ReplyPurpose(StrEnum):
    ASK = "ask"  # ask the citizen for more
    PASS_ON = "pass_on"  # noqa: S105  no password
    PRELIMINARY = "preliminary"  # the decision before it is taken
    PROTOCOL = "protocol"  # of an oral hearing
    ANSWER = "answer"
    GIVE_BACK = "give_back"  # return an incomplete complaint
    MATERIALS = "materials"  # show the file of the case


DECIDED = frozenset({ReplyPurpose.PRELIMINARY, ReplyPurpose.ANSWER})  # with an outcome; on paper, a number


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyDraft:
    """`to` is the code of the body it is passed on to. `how` says how rights were restored. `outgoing` and
    `sent_on` are the number and day of the paper, of a complaint on paper.
    """

    purpose: ReplyPurpose
    parts: tuple[TextPart, ...] = ()
    to: str | None = None
    outcome: ComplaintOutcome | None = None
    restored: bool = False
    how: str = ""
    outgoing: str = ""
    sent_on: date | None = None

    @property
    def text(self) -> str:
        return text_of(self.parts)

    @property
    def mark(self) -> PaperMark | None:
        if not self.outgoing or self.sent_on is None:
            return None
        return PaperMark(number=self.outgoing, on=self.sent_on)

    def content(self, files: tuple[int, ...]) -> MessageContent:
        return MessageContent(text=self.text, attached=files)

    def reply(self, files: tuple[int, ...]) -> ComplaintReply:
        """Raises AnswerEmptyError where no outcome was chosen."""
        if self.outcome is None:
            raise AnswerEmptyError
        return ComplaintReply(
            outcome=self.outcome,
            content=self.content(files),
            restored=self.restored,
            how=self.how,
            mark=self.mark,
        )


class EntryField(StrEnum):
    """Required fields of a complaint that arrived elsewhere; values are names of windows."""

    SOURCE = "source"
    RECEIVED = "received"
    DELIVERY = "delivery"
    SERVICE = "service"
    KIND = "kind"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDraft:
    """`service_known` is also true when the official said no service applies."""

    source: ComplaintSource | None = None
    received_on: date | None = None
    delivery: ServiceDelivery | None = None
    service: str | None = None
    service_known: bool = False
    kind: ComplaintKind | None = None
    complainant: Complainant | None = None
    name: str | None = None
    number: str | None = None
    phone: str | None = None
    text: str | None = None
    incoming_number: str | None = None

    def missing(self) -> tuple[EntryField, ...]:
        answered = {
            EntryField.SOURCE: self.source,
            EntryField.RECEIVED: self.received_on,
            EntryField.DELIVERY: self.delivery,
            EntryField.SERVICE: self.service_known,
            EntryField.KIND: self.kind,
        }
        return tuple(name for name, value in answered.items() if not value)

    def entry(self, organisation: str) -> ComplaintEntry:
        """Raises DraftIncompleteError."""
        if self.source is None or self.received_on is None or self.delivery is None or self.kind is None:
            raise DraftIncompleteError(missing=tuple(name.value for name in self.missing()))
        return ComplaintEntry(
            organisation=organisation,
            received_on=self.received_on,
            source=self.source,
            delivery=self.delivery,
            kind=self.kind,
            service=self.service,
            complainant=self.complainant or complainant_of(self.source),
            name=self.name,
            number=self.number,
            phone=self.phone,
            text=self.text,
            incoming_number=self.incoming_number,
        )


StaffDraft = ReplyDraft | EntryDraft


def complainant_of(source: ComplaintSource) -> Complainant:
    """The complainant where none is given: a legal entity complains for itself."""
    return Complainant.LEGAL if source is ComplaintSource.LEGAL_ENTITIES else Complainant.NATURAL


def complainant_told(draft: EntryDraft) -> Complainant:
    """Who complains, as far as the draft says."""
    if draft.complainant is not None or draft.source is None:
        return draft.complainant or Complainant.NATURAL
    return complainant_of(draft.source)


def about_complaint(complaint: int) -> str:
    return f"complaint/{complaint}"


def about_entry(organisation: str) -> str:
    return f"entry/{organisation}"


_REPLY: TypeAdapter[ReplyDraft] = TypeAdapter(ReplyDraft)
_ENTRY: TypeAdapter[EntryDraft] = TypeAdapter(EntryDraft)


def to_json(draft: StaffDraft) -> str:
    adapter: TypeAdapter[ReplyDraft] | TypeAdapter[EntryDraft] = (
        _REPLY if isinstance(draft, ReplyDraft) else _ENTRY
    )
    return adapter.dump_json(draft).decode()  # type: ignore[arg-type]


def reply_from(text: str) -> ReplyDraft:
    return _REPLY.validate_json(text)


def entry_from(text: str) -> EntryDraft:
    return _ENTRY.validate_json(text)
