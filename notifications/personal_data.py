"""Personal data in texts: masked when stored, rejected in notices to officials and in reasons; pure.

One set of finders (`notifications/masking`) serves all three. What is stored is masked by all of them; a
notice is rejected for numbers and addresses alone: it names services and offices with capitals, and days.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from notifications.masking import births, contacts, dwellings, names, numbers
from notifications.masking.ordinary import ordinary_numbers
from notifications.masking.plain_text import PlainText, Span, without

_Finder = Callable[[str], Iterable[Span]]

# What a check digit, a sign or a word proves to be personal, among ordinary numbers too.
_PROVEN: Final[tuple[_Finder, ...]] = (
    numbers.identity_numbers,
    numbers.accounts,
    numbers.shaped_cards,
    numbers.passports,
    numbers.prefixed_telephones,
    contacts.addresses,
    contacts.named_handles,
    births.births,
)
# What is told by length and grouping once ordinary numbers are left out.
_LIKELY: Final[tuple[_Finder, ...]] = (
    numbers.cards, numbers.grouped, numbers.telephones, numbers.document_numbers, numbers.applications,
    numbers.long_numbers, dwellings.dwellings,
)  # fmt: skip
_REJECTED: Final[Mapping[str, tuple[_Finder, ...]]] = {
    "long number": (numbers.identity_numbers, numbers.accounts, numbers.cards, numbers.grouped),
    "telephone": (numbers.prefixed_telephones, numbers.telephones),
    "address": (contacts.addresses,),
}


class PersonalDataError(ValueError):
    """A notice to an official contains personal data. Names the kind of data, never the data."""


def mask(text: str) -> str:
    """`text` with what tells who wrote it hidden: numbers, names, birth dates and addresses of every kind.

    Ordinary numbers (an article of a law, a year, a fee, a complaint's number) stay: the question needs them.
    """
    read = PlainText.of(text)
    return read.hide(_personal(read.plain))


def kept(text: str) -> str:
    """`text` as it is kept: masked; nothing of an introduction whose name was not found."""
    read = PlainText.of(text)
    if names.is_introduction(read.plain) and not any(True for _ in names.people(read.plain)):
        return ""
    return read.hide(_personal(read.plain))


def reject_personal_data(payload: Mapping[str, Any]) -> None:
    """Raise PersonalDataError if any text in the payload contains an IIN, telephone number or address."""
    for text in _texts(payload):
        plain = PlainText.of(text).plain
        proven = without(plain, contacts.bots(plain))
        likely = without(proven, ordinary_numbers(proven))
        for kind, finders in _REJECTED.items():
            for finder in finders:
                if any(True for _ in finder(proven if finder in _PROVEN else likely)):
                    raise PersonalDataError(kind)


def reject_people(text: str) -> None:
    """Raise PersonalDataError if a text typed by a person, such as a reason, would be stored masked."""
    reject_personal_data({"text": text})
    plain = PlainText.of(text).plain
    finders: dict[str, _Finder] = {
        "name": names.people,
        "birth": births.births,
        "address": dwellings.dwellings,
    }
    for kind, finder in finders.items():
        if any(True for _ in finder(plain)):
            raise PersonalDataError(kind)


def _personal(plain: str) -> Iterator[Span]:
    open_text = without(plain, contacts.bots(plain))
    proven = [span for finder in _PROVEN for span in finder(open_text)]
    rest = without(open_text, proven)
    rest = without(rest, ordinary_numbers(rest))
    likely: list[Span] = []
    for finder in _LIKELY:
        spans = list(finder(rest))
        likely += spans
        rest = without(rest, spans)
    people = list(names.people(plain))
    yield from proven
    yield from likely
    yield from people
    yield from births.births_beside(plain, [*people, *numbers.identity_numbers(plain)])
    yield from names.capitals(without(plain, [*proven, *likely]))


def _texts(value: Any) -> Iterator[str]:
    """All texts of the payload, including buttons. Numbers are skipped: they are recipients."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, Sequence):
        for part in value:
            yield from _texts(part)
