"""An invitation: a one-time link, opened by one person and confirmed by its issuer."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from accounts.roles import Role
from kernel import retention
from kernel.errors import DomainError

VALID_FOR = retention.INVITATIONS
TOKEN_BYTES = 24  # 192 random bits; fits the 64 characters of a deep link
LINK_PREFIX = "inv_"  # how the payload of an invitation's deep link begins
MOST_GUESSES = 5
LOCKED_FOR = retention.WRONG_GUESSES


class InvitationState(StrEnum):
    OPEN = "open"  # the link is not opened yet
    TAKEN = "taken"  # opened, name not given yet
    WAITING = "waiting"  # waits for the inviter's confirmation
    OVER = "over"  # confirmed, refused, withdrawn or expired


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """`invited_by` is a person, None for the operator at the command line; `taken_by` opened the link."""

    number: int
    organisation: str
    role: Role
    invited_by: int | None
    expires_at: datetime
    taken_by: int | None = None
    introduced: bool = False
    decided: bool = False

    def state(self, now: datetime) -> InvitationState:
        """The state at `now` (aware); a request whose name was given in time does not expire."""
        if self.decided:
            return InvitationState.OVER
        if self.introduced:
            return InvitationState.WAITING
        if now >= self.expires_at:
            return InvitationState.OVER
        return InvitationState.OPEN if self.taken_by is None else InvitationState.TAKEN

    def is_for(self, telegram_id: int, now: datetime) -> bool:
        """Whether the person may proceed: the invitation is free, or already theirs."""
        return self.state(now) is not InvitationState.OVER and self.taken_by in {None, telegram_id}


class InvitationNotFoundError(DomainError):
    """There is no such invitation."""

    code = "invitation_unknown"


class InvitationOverError(DomainError):
    """The invitation is used, withdrawn, decided or expired."""

    code = "invitation_over"


class GuessesLockedError(DomainError):
    """Too many wrong tokens: this person cannot open invitations for a day."""

    code = "guesses_locked"


class OwnInvitationError(DomainError):
    """An invitation cannot be used by its issuer."""

    code = "own_invitation"


def make_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def start_argument(token: str) -> str:
    """What follows /start where somebody types it instead of following the link."""
    return f"{LINK_PREFIX}{token}"


def deep_link(username: str, token: str) -> str:
    """The link that opens the bot `username` with the invitation."""
    return f"https://t.me/{username}?start={start_argument(token)}"


def digest_of(token: str) -> str:
    """The stored digest of a token; plain SHA-256 suffices for so many random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_locked(wrong_guesses: int, last_at: datetime, now: datetime) -> bool:
    return wrong_guesses >= MOST_GUESSES and now - last_at < LOCKED_FOR
