"""What an official has typed and not sent: a reply to a citizen, or a complaint that came elsewhere; pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import TypeAdapter

from complaints.actions.answering import Reply
from complaints.actions.entering import Entry
from complaints.draft import Part, text_of
from complaints.errors import AnswerEmptyError, DraftIncompleteError
from complaints.facts import Complainant, Delivery, Outcome, Source
from complaints.kinds.kind import Kind
from complaints.talk import Words


class Purpose(StrEnum):
    ASK = "ask"  # the citizen for more
    PASS_ON = "pass_on"  # noqa: S105  no password
    ANSWER = "answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyDraft:
    """`to` is the code of the body that it is passed on to. `how` says how rights were restored."""

    purpose: Purpose
    parts: tuple[Part, ...] = ()
    to: str | None = None
    outcome: Outcome | None = None
    restored: bool = False
    how: str = ""

    @property
    def text(self) -> str:
        return text_of(self.parts)

    def words(self, files: tuple[int, ...]) -> Words:
        return Words(text=self.text, attached=files)

    def reply(self, files: tuple[int, ...]) -> Reply:
        """Raises AnswerEmptyError where the outcome was not chosen."""
        if self.outcome is None:
            raise AnswerEmptyError
        return Reply(outcome=self.outcome, words=self.words(files), restored=self.restored, how=self.how)


class Asked(StrEnum):
    """What must be told of a complaint that came elsewhere; the names of the windows."""

    SOURCE = "source"
    RECEIVED = "received"
    DELIVERY = "delivery"
    SERVICE = "service"
    KIND = "kind"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDraft:
    """`service_known` says that the question was answered, with "no certain one" too."""

    source: Source | None = None
    received_on: date | None = None
    delivery: Delivery | None = None
    service: str | None = None
    service_known: bool = False
    kind: Kind | None = None
    complainant: Complainant | None = None
    name: str | None = None
    number: str | None = None
    phone: str | None = None
    text: str | None = None

    def missing(self) -> tuple[Asked, ...]:
        told = {
            Asked.SOURCE: self.source,
            Asked.RECEIVED: self.received_on,
            Asked.DELIVERY: self.delivery,
            Asked.SERVICE: self.service_known,
            Asked.KIND: self.kind,
        }
        return tuple(name for name, value in told.items() if not value)

    def entry(self, organisation: str) -> Entry:
        """Raises DraftIncompleteError."""
        if self.source is None or self.received_on is None or self.delivery is None or self.kind is None:
            raise DraftIncompleteError(missing=tuple(name.value for name in self.missing()))
        return Entry(
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
        )


DeskDraft = ReplyDraft | EntryDraft


def complainant_of(source: Source) -> Complainant:
    """Who complains where nobody says so: what came from a legal entity is its own."""
    return Complainant.LEGAL if source is Source.LEGAL_ENTITIES else Complainant.NATURAL


def about_complaint(complaint: int) -> str:
    return f"complaint/{complaint}"


def about_entry(organisation: str) -> str:
    return f"entry/{organisation}"


_REPLY: TypeAdapter[ReplyDraft] = TypeAdapter(ReplyDraft)
_ENTRY: TypeAdapter[EntryDraft] = TypeAdapter(EntryDraft)


def to_json(draft: DeskDraft) -> str:
    adapter: TypeAdapter[ReplyDraft] | TypeAdapter[EntryDraft] = (
        _REPLY if isinstance(draft, ReplyDraft) else _ENTRY
    )
    return adapter.dump_json(draft).decode()  # type: ignore[arg-type]


def reply_from(text: str) -> ReplyDraft:
    return _REPLY.validate_json(text)


def entry_from(text: str) -> EntryDraft:
    return _ENTRY.validate_json(text)
