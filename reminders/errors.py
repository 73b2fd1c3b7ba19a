"""Errors raised by filings; their texts are in bot/texts/<language>/error.yaml."""

from kernel.errors import DomainError


class FilingClosedError(DomainError):
    """The filing is submitted or waived already."""

    code = "filing_closed"


class FilingDayError(DomainError):
    """The day is invalid, in the future, or too long ago."""

    code = "filing_day"


class PeriodNotOverError(DomainError):
    """The report is said to have been submitted before its period ended."""

    code = "filing_before_end"


class FarDayError(DomainError):
    """The day is long past: only the head can confirm it, with both days before them."""

    code = "filing_day_far"


class NoDocumentError(DomainError):
    """A submission needs a file or a number."""

    code = "filing_document"


class WordsTooLongError(DomainError):
    """The text is too long, or empty."""

    code = "filing_words"


class NotWaivedError(DomainError):
    """No waiver was requested, or it is already decided."""

    code = "filing_no_request"


class NotCorrectableError(DomainError):
    """Only a submitted report on internal control can be corrected, once, with the fourth
    quarter's results.
    """

    code = "filing_not_correctable"


class EventDatesError(DomainError):
    """A control event lasts at most ten working days, and ends after it starts."""

    code = "event_dates"


class EventObjectError(DomainError):
    """The object must be an organisation's name, without personal numbers or addresses."""

    code = "event_object"


class ObligationInForceError(DomainError):
    """Only repealed obligations can be turned on and off."""

    code = "obligation_in_force"
