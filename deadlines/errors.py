"""Errors of the due date engine."""

from datetime import date

from kernel.errors import DomainError


class DeadlineError(DomainError):
    """No due date can be computed; each subclass says why."""


class OutsideCalendarError(DeadlineError):
    """The count leaves the range of the calendar."""

    code = "out_of_calendar"

    def __init__(self, first: date, last: date) -> None:
        super().__init__(first=first, last=last)


class NoLengthError(DeadlineError):
    """The act sets a duty without a term."""

    code = "no_length"


class LengthNeededError(DeadlineError):
    """A document sets the length, and none was given."""

    code = "length_needed"


class LengthGivenError(DeadlineError):
    """A length was given, but the act itself sets it."""

    code = "length_given"


class NotExtendableError(DeadlineError):
    """No act allows extending this term."""

    code = "not_extendable"


class ExtensionTooLongError(DeadlineError):
    """The extension is longer than the act allows, or not a positive number."""

    code = "too_long"

    def __init__(self, up_to: int) -> None:
        super().__init__(up_to=up_to)


class ExtendedAlreadyError(DeadlineError):
    """A second extension, where our reading of the law allows only one."""

    code = "extended_already"


class CalendarConflictError(ValueError):
    """Decrees and holidays contradict each other on a day. A data error, not a user error."""

    def __init__(self, day: date, reason: str) -> None:
        super().__init__(f"{day}: {reason}")
