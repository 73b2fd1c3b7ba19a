"""The root of every refusal of ours, and what the dates engine refuses.

It stands in the lowest room that has rules: accounts, complaints, reminders and reports grow theirs from it.
"""

from datetime import date
from typing import ClassVar


class DomainError(Exception):
    """A rule said no: no fault of ours. `code` names the text that the person is shown, `data` its values.

    The text stands in bot/texts/<language>/error.yaml under the code, which no other error has.
    """

    code: ClassVar[str]

    def __init__(self, **data: object) -> None:
        super().__init__(self.code)  # the data may be somebody's: it stays out of logs
        self.data = data


class DeadlineError(DomainError):
    """No due date can be found; each kind says why."""


class OutOfCalendarError(DeadlineError):
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


class TooLongError(DeadlineError):
    """The extension is longer than the act allows, or not a length at all."""

    code = "too_long"

    def __init__(self, up_to: int) -> None:
        super().__init__(up_to=up_to)


class ExtendedAlreadyError(DeadlineError):
    """A second extension, where one is our reading of the law."""

    code = "extended_already"


class CalendarDisagreesError(ValueError):
    """The decrees and the holidays contradict each other on a day: a fault of the files, not of a person."""

    def __init__(self, day: date, reason: str) -> None:
        super().__init__(f"{day}: {reason}")
