"""How long a term is: by the act, by a document, with the extension that was granted."""

from deadlines.errors import (
    ExtendedAlreadyError,
    ExtensionTooLongError,
    LengthGivenError,
    LengthNeededError,
    NoLengthError,
    NotExtendableError,
)
from deadlines.terms import Term, TermKind, TermReadings

LONGEST = 1000  # of a length that a document sets, in the term's unit


def length_of(term: Term, told: int | None, extensions: tuple[int, ...], readings: TermReadings) -> int:
    """The whole length in the term's unit; 0 where a document names the date itself.

    `told` is the document's length. Raises a DeadlineError for a length or extension that cannot be.
    """
    return _base(term, told) + _added(term, extensions, readings)


def _base(term: Term, told: int | None) -> int:
    if term.kind is TermKind.DUTY:
        raise NoLengthError
    if term.kind is not TermKind.SET_LENGTH:
        if told is not None:
            raise LengthGivenError
        return term.amount or 0
    if told is None:
        raise LengthNeededError
    if not 0 < told <= LONGEST:
        raise ExtensionTooLongError(LONGEST)
    return told


def _added(term: Term, extensions: tuple[int, ...], readings: TermReadings) -> int:
    if extensions and not term.extension_up_to:
        raise NotExtendableError
    if len(extensions) > 1 and readings.extended_once:
        raise ExtendedAlreadyError
    for extension in extensions:
        if not 0 < extension <= term.extension_up_to:
            raise ExtensionTooLongError(term.extension_up_to)
    return sum(extensions)
