"""The root of every refusal by a rule of ours."""

from typing import ClassVar


class DomainError(Exception):
    """A rule refuses: not a bug. `code` names the text shown to the person, `data` its values.

    The text is in bot/texts/<language>/error.yaml under the code, which is unique.
    """

    code: ClassVar[str]

    def __init__(self, **data: object) -> None:
        super().__init__(self.code)  # the data may be personal: keep it out of logs
        self.data = data
