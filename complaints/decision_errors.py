"""Errors raised by the rules of decisions: hearings, papers, the head's approval."""

from kernel.errors import DomainError


class HearingNeededError(DomainError):
    """Before an unfavourable decision the citizen is heard; `data["last"]` is the last day to begin."""

    code = "hearing_needed"


class HearingWaitsError(DomainError):
    """The decision waits until `data["first"]`: three working days after the preliminary one was told."""

    code = "hearing_waits"


class HearingUntoldError(DomainError):
    """The preliminary decision did not reach the citizen; it is told in another way first."""

    code = "hearing_untold"


class OralHearingNeededError(DomainError):
    """The citizen asked for an oral hearing, and none was held."""

    code = "hearing_oral"


class HearingHeldError(DomainError):
    """A complaint is heard once: what was noted by mistake is removed first."""

    code = "hearing_held"


class HearingOutcomeError(DomainError):
    """A preliminary decision goes out only before a complaint is partly granted or rejected."""

    code = "hearing_outcome"


class HearingRequestLateError(DomainError):
    """The two working days to ask for an oral hearing are over; `data["last"]` was the last."""

    code = "hearing_late"


class ProtocolFileError(DomainError):
    """A protocol is a file."""

    code = "hearing_protocol"


class NotOnPaperError(DomainError):
    """Only a complaint that an official entered has paper facts to correct, and can be voided."""

    code = "not_on_paper"


class PaperNeededError(DomainError):
    """An answer on paper needs its outgoing number and day."""

    code = "paper_needed"


class PaperDayError(DomainError):
    """A day on paper is today or earlier, and not before `data["first"]`."""

    code = "paper_day"


class PaperNumberError(DomainError):
    """A number of an organisation's register has at most `data["longest"]` characters, on one line."""

    code = "paper_number"


class PeriodReportedError(DomainError):
    """The report of that quarter is handed in: its complaints are not corrected any more."""

    code = "period_reported"


class ApprovalNeededError(DomainError):
    """In this organisation the head approves an answer before it goes."""

    code = "approval_needed"


class AnswerWaitsError(DomainError):
    """The answer waits for the head, and is not changed meanwhile."""

    code = "answer_waits"
