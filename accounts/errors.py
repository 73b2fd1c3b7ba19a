"""What a rule answers when it says no."""

from typing import ClassVar


class DomainError(Exception):
    """A rule said no: no fault of ours. `code` names the text that the person is shown, `data` its values."""

    code: ClassVar[str]

    def __init__(self, **data: object) -> None:
        super().__init__(self.code)  # the data may be somebody's: it stays out of logs
        self.data = data


class NotAllowedError(DomainError):
    """Neither the person's role nor his organisation gives him the right."""

    code = "not_allowed"


class GoneError(DomainError):
    """What was asked for is not there, or no longer."""

    code = "gone"
