"""What a person has entered so far of a complaint not yet submitted; pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise

from pydantic import TypeAdapter

from complaints.errors import DraftIncompleteError, TextTooLongError
from complaints.facts import Behalf, Complainant, ServiceDelivery
from complaints.kinds.kind import ComplaintKind
from complaints.routing import Concern
from messaging.text_parts import MESSAGE_UNITS

LONGEST_TEXT = 20_000  # characters over all messages
_SENTENCE_ENDS = (".", "!", "?", "…", ":", ";", "\n")
MOST_FILES = 10


class MissingField(StrEnum):
    """What a draft lacks; values are the names of the dialog's steps."""

    SERVICE = "service"
    CONCERN = "concern"
    DELIVERY = "delivery"
    KIND = "kind"
    TEXT = "text"
    COMPLAINANT = "complainant"
    REPRESENTED = "represented"
    NAME = "name"
    NUMBER = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPart:
    """The text of one Telegram message, by message id: editing the message replaces its part."""

    message: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """`service` is a slug; `service_known` is also true when the person said no service applies.

    `address` and `email` are for a paper that is handed in elsewhere.
    `named` is an organisation's code. `applied_on` is the day of the application for the service,
    `happened_on` the day it went wrong. `represented` is the name of the person represented, `number` an IIN
    or BIN.
    """

    service: str | None = None
    service_known: bool = False
    concern: Concern = Concern.PROVIDER
    named: str | None = None
    region: str | None = None
    district: str | None = None
    delivery: ServiceDelivery | None = None
    kind: ComplaintKind | None = None
    applied_on: date | None = None
    happened_on: date | None = None
    parts: tuple[TextPart, ...] = ()
    complainant: Complainant | None = None
    behalf: Behalf = Behalf.SELF
    represented: str | None = None
    name: str | None = None
    number: str | None = None
    phone: str | None = None
    to_agency: bool = False
    address: str | None = None
    email: str | None = None

    @property
    def text(self) -> str:
        return text_of(self.parts)


_JSON: TypeAdapter[Draft] = TypeAdapter(Draft)


def with_part(draft: Draft, part: TextPart) -> Draft:
    """The draft with the message's text added or replaced; an empty text removes the part.

    Raises TextTooLongError.
    """
    return replace(draft, parts=parts_with(draft.parts, part))


def parts_with(parts: tuple[TextPart, ...], part: TextPart) -> tuple[TextPart, ...]:
    """The parts with `part` added or replaced, in message order.

    Raises TextTooLongError.
    """
    others = [one for one in parts if one.message != part.message]
    if part.text.strip():
        others.append(part)
    placed = tuple(sorted(others, key=lambda one: one.message))
    if (length := len(text_of(placed))) > LONGEST_TEXT:
        raise TextTooLongError(longest=LONGEST_TEXT, length=length)
    return placed


def text_of(parts: tuple[TextPart, ...]) -> str:
    return joined([part.text for part in parts])


def joined(texts: Sequence[str]) -> str:
    """The messages as one text: paragraphs, but for what an app has cut, which goes on where it was cut."""
    whole = "".join(text + _seam(text, after) for text, after in pairwise(texts))
    return whole + texts[-1] if texts else ""


def _seam(before: str, after: str) -> str:
    """What stands between two messages.

    Apps cut in the second half of what a message may hold, where they find a space, and take it away.
    """
    units = len(before.encode("utf-16-le")) // 2
    if units < MESSAGE_UNITS // 2 or before.endswith(_SENTENCE_ENDS):
        return "\n\n"
    is_word_cut = units >= MESSAGE_UNITS and before[-1:].isalnum() and after[:1].isalnum()
    return "" if is_word_cut or before[-1:].isspace() or after[:1].isspace() else " "


def missing(draft: Draft) -> tuple[MissingField, ...]:
    """What is still required before the draft can be submitted, in the order of asking."""
    wanted = {
        MissingField.SERVICE: draft.service_known,
        MissingField.CONCERN: draft.service is not None or draft.concern is not Concern.PROVIDER,
        MissingField.DELIVERY: draft.delivery,
        MissingField.KIND: draft.kind,
        MissingField.TEXT: draft.text.strip(),
        MissingField.COMPLAINANT: draft.complainant,
        MissingField.REPRESENTED: draft.behalf is Behalf.SELF or draft.represented,
        MissingField.NAME: draft.name,
        MissingField.NUMBER: draft.number,
    }
    return tuple(name for name, given in wanted.items() if not given)


def check_complete(draft: Draft) -> None:
    """Raises DraftIncompleteError."""
    if lacking := missing(draft):
        raise DraftIncompleteError(missing=tuple(name.value for name in lacking))


def to_json(draft: Draft) -> str:
    return _JSON.dump_json(draft).decode()


def from_json(text: str) -> Draft:
    return _JSON.validate_json(text)
