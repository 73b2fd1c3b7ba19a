"""An invitation: a one-time link, opened by one person, and confirmed by whoever made it."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from accounts.roles import Role
from kernel.errors import DomainError

VALID_FOR = timedelta(days=7)
TOKEN_BYTES = 24  # 192 random bits; as text within the 64 signs of a deep link
MOST_GUESSES = 5
LOCKED_FOR = timedelta(days=1)


class InvitationState(StrEnum):
    OPEN = "open"  # nobody has followed the link
    TAKEN = "taken"  # one person has, and has not given his name yet
    WAITING = "waiting"  # for whoever invited to confirm
    OVER = "over"  # confirmed, refused, taken back or expired


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """`invited_by` is a person, None for the operator at the command line; `taken_by` followed the link."""

    number: int
    organisation: str
    role: Role
    invited_by: int | None
    expires_at: datetime
    taken_by: int | None = None
    introduced: bool = False
    decided: bool = False

    def state(self, now: datetime) -> InvitationState:
        """Where it stands at `now` (aware); who has given his name in time waits as long as it takes."""
        if self.decided:
            return InvitationState.OVER
        if self.introduced:
            return InvitationState.WAITING
        if now >= self.expires_at:
            return InvitationState.OVER
        return InvitationState.OPEN if self.taken_by is None else InvitationState.TAKEN

    def is_for(self, telegram_id: int, now: datetime) -> bool:
        """Whether the person may go on with it: nobody has taken it, or he himself has."""
        return self.state(now) is not InvitationState.OVER and self.taken_by in {None, telegram_id}


class InvitationNotFoundError(DomainError):
    """There is no such invitation."""

    code = "invitation_unknown"


class InvitationOverError(DomainError):
    """The invitation is used, taken back, decided or expired."""

    code = "invitation_over"


class GuessesLockedError(DomainError):
    """Too many wrong guesses: no invitation is opened for this person until a day has passed."""

    code = "guesses_locked"


class OwnInvitationError(DomainError):
    """Nobody invites himself."""

    code = "own_invitation"


def make_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest_of(token: str) -> str:
    """What is kept of a token: with so many random bits a plain SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_locked(wrong_guesses: int, last_at: datetime, now: datetime) -> bool:
    return wrong_guesses >= MOST_GUESSES and now - last_at < LOCKED_FOR
