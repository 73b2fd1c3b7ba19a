"""The base class of all business rule violations."""

from typing import ClassVar


class DomainError(Exception):
    """A business rule is violated; not a bug. `code` is unique and names the user-facing text.

    The text is in bot/texts/<language>/error.yaml under that code; `data` holds the values it needs.
    """

    code: ClassVar[str]

    def __init__(self, **data: object) -> None:
        super().__init__(self.code)  # `data` may be personal: keep it out of logs
        self.data = data
