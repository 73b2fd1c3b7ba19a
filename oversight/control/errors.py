"""Errors of control events; their texts are in bot/texts/<language>/error.yaml."""

from kernel.errors import DomainError


class EntryFaultError(DomainError):
    """The answer to `question` is missing, or is none."""

    code = "control_entry"


class NoSuchQuarterError(DomainError):
    """Results are counted from the running quarter, the one before it, or the next."""

    code = "control_quarter"
