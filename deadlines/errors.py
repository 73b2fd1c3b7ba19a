"""What the engine refuses: each refusal carries a code and the data of its sentence, no prose."""

from datetime import date


class DeadlineError(Exception):
    """Told to a person by the text `deadline.refused_<code>`."""

    code: str

    def data(self) -> dict[str, object]:
        """The values of that text."""
        return {}


class OutOfCalendarError(DeadlineError):
    """The count would leave the days that the calendar knows."""

    code = "out_of_calendar"

    def __init__(self, first: date, last: date) -> None:
        super().__init__(f"the calendar knows {first} to {last}")
        self.first = first
        self.last = last

    def data(self) -> dict[str, object]:
        return {"first": self.first, "last": self.last}


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
        super().__init__(f"1 to {up_to}")
        self.up_to = up_to

    def data(self) -> dict[str, object]:
        return {"up_to": self.up_to}


class ExtendedAlreadyError(DeadlineError):
    """A second extension, where one is our reading of the law."""

    code = "extended_already"


class CalendarDisagreesError(DeadlineError):
    """The decrees and the holidays contradict each other on a day."""

    code = "calendar_disagrees"

    def __init__(self, day: date, reason: str) -> None:
        super().__init__(f"{day}: {reason}")
