"""What every room with roles answers when a rule says no."""

from kernel.errors import DomainError


class NotAllowedError(DomainError):
    """Neither the person's role nor his organisation gives him the right."""

    code = "not_allowed"


class GoneError(DomainError):
    """What was asked for is not there, or no longer."""

    code = "gone"
