"""What the due date engine refuses."""

from datetime import date

from kernel.errors import DomainError


class DeadlineError(DomainError):
    """No due date can be found; each kind says why."""


class OutsideCalendarError(DeadlineError):
    """The count would leave the days that the calendar knows."""

    code = "out_of_calendar"

    def __init__(self, first: date, last: date) -> None:
        super().__init__(first=first, last=last)


class NoLengthError(DeadlineError):
    """The act sets a duty and no length of time for it."""

    code = "no_length"


class LengthNeededError(DeadlineError):
    """The length stands in a document, and must be told."""

    code = "length_needed"


class LengthGivenError(DeadlineError):
    """A length was told, and the act itself sets it."""

    code = "length_given"


class NotExtendableError(DeadlineError):
    """No act lets this term be extended."""

    code = "not_extendable"


class ExtensionTooLongError(DeadlineError):
    """The extension is longer than the act allows, or not a length at all."""

    code = "too_long"

    def __init__(self, up_to: int) -> None:
        super().__init__(up_to=up_to)


class ExtendedAlreadyError(DeadlineError):
    """A second extension, where one is our reading of the law."""

    code = "extended_already"


class CalendarConflictError(ValueError):
    """The decrees and the holidays contradict each other on a day: a fault of the files, not of a person."""

    def __init__(self, day: date, reason: str) -> None:
        super().__init__(f"{day}: {reason}")
