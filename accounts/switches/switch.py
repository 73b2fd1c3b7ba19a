"""The three jobs of the bot and their switches, and what a reason has to be: pure."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kernel.errors import DomainError
from notifications.personal_data import PersonalDataError, reject_personal_data

SHORTEST_REASON, LONGEST_REASON = 5, 300  # characters


class SwitchedJob(StrEnum):
    """What can be turned off by itself."""

    ANSWERS = "answers"  # to questions, from the registry's cards
    COMPLAINTS = "complaints"  # taking new ones; those under way go on
    REMINDERS = "reminders"  # of filings and control events; notices about complaints go on


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSwitch:
    """A job was turned off or on at `at` (aware) by a person; `by` is None for the operator."""

    job: SwitchedJob
    is_off: bool
    at: datetime
    by: int | None
    reason: str


class ReasonMissingError(DomainError):
    """A switch is turned for a reason, in a few words at least."""

    code = "switch_reason"


class ReasonTooLongError(DomainError):
    """The trail holds a reason, not a report."""

    code = "switch_reason_long"


class ReasonPersonalError(DomainError):
    """The trail is kept for ever: nobody's IIN, telephone, e-mail or @name stands in it."""

    code = "switch_reason_personal"


class SwitchedAlreadyError(DomainError):
    """The job is off, or on, already; somebody may have been faster."""

    code = "switched_already"


class AnswersOffError(DomainError):
    """An administrator has turned the answers off."""

    code = "answers_off"


class ComplaintsOffError(DomainError):
    """An administrator has turned new complaints off."""

    code = "complaints_off"


def read_reason(text: str) -> str:
    """The reason on one line. Raises ReasonMissingError, ReasonTooLongError, ReasonPersonalError."""
    reason = " ".join(unicodedata.normalize("NFC", text).replace("\0", " ").split())
    if len(reason) < SHORTEST_REASON or not any(sign.isalpha() for sign in reason):
        raise ReasonMissingError(least=SHORTEST_REASON)
    if len(reason) > LONGEST_REASON:
        raise ReasonTooLongError(most=LONGEST_REASON)
    try:
        reject_personal_data({"reason": reason})
    except PersonalDataError as error:
        raise ReasonPersonalError from error
    return reason
