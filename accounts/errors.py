"""Errors shared by every room that checks roles."""

from kernel.errors import DomainError


class NotAllowedError(DomainError):
    """Neither the person's role nor their organisation gives the right."""

    code = "not_allowed"


class GoneError(DomainError):
    """The requested thing does not exist, or no longer does."""

    code = "gone"
