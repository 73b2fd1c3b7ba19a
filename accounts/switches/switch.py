"""The three jobs of the bot, their switches, and the rules of a reason: pure."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kernel.errors import DomainError
from notifications.personal_data import PersonalDataError, reject_people

SHORTEST_REASON, LONGEST_REASON = 5, 300  # characters


class SwitchedJob(StrEnum):
    """What can be turned off separately."""

    ANSWERS = "answers"  # to questions, from the registry's cards
    COMPLAINTS = "complaints"  # taking new ones; open ones continue
    REMINDERS = "reminders"  # of filings and control events; complaint notices continue


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSwitch:
    """A person turned a job off or on at `at` (aware); `by` is None for the operator."""

    job: SwitchedJob
    is_off: bool
    at: datetime
    by: int | None
    reason: str


class ReasonMissingError(DomainError):
    """Turning a switch needs a reason of at least a few words."""

    code = "switch_reason"


class ReasonTooLongError(DomainError):
    """The reason is too long for the audit log."""

    code = "switch_reason_long"


class ReasonPersonalError(DomainError):
    """The audit log is permanent: a reason may hold no name, address or number of a person."""

    code = "switch_reason_personal"


class SwitchedAlreadyError(DomainError):
    """The job is off, or on, already; somebody else may have been faster."""

    code = "switched_already"


class AnswersOffError(DomainError):
    """An administrator has turned answers off."""

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
        reject_people(reason)
    except PersonalDataError as error:
        raise ReasonPersonalError from error
    return reason
