"""The length of a term: set by the act or a document, plus granted extensions."""

from deadlines.errors import (
    ExtendedAlreadyError,
    ExtensionTooLongError,
    LengthGivenError,
    LengthNeededError,
    NoLengthError,
    NotExtendableError,
)
from deadlines.terms import Term, TermKind, TermReadings

LONGEST = 1000  # longest length a document may set, in the term's unit


def length_of(term: Term, given: int | None, extensions: tuple[int, ...], readings: TermReadings) -> int:
    """The total length in the term's unit; 0 if a document names the date itself.

    `given` is the document's length. Raises a DeadlineError for an impossible length or extension.
    """
    return _base(term, given) + _added(term, extensions, readings)


def _base(term: Term, given: int | None) -> int:
    if term.kind is TermKind.DUTY:
        raise NoLengthError
    if term.kind is not TermKind.SET_LENGTH:
        if given is not None:
            raise LengthGivenError
        return term.amount or 0
    if given is None:
        raise LengthNeededError
    if not 0 < given <= LONGEST:
        raise ExtensionTooLongError(LONGEST)
    return given


def _added(term: Term, extensions: tuple[int, ...], readings: TermReadings) -> int:
    if extensions and not term.extension_up_to:
        raise NotExtendableError
    if len(extensions) > 1 and readings.extended_once:
        raise ExtendedAlreadyError
    for extension in extensions:
        if not 0 < extension <= term.extension_up_to:
            raise ExtensionTooLongError(term.extension_up_to)
    return sum(extensions)
