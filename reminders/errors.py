"""What filings refuse; texts stand in bot/texts/<language>/error.yaml."""

from kernel.errors import DomainError


class FilingClosedError(DomainError):
    """It is submitted or waived already."""

    code = "filing_closed"


class FilingDayError(DomainError):
    """The day is no date, still to come, or too long ago."""

    code = "filing_day"


class NoDocumentError(DomainError):
    """Neither a file nor a number says what was submitted."""

    code = "filing_document"


class WordsTooLongError(DomainError):
    """More words than are kept, or none."""

    code = "filing_words"


class NotWaivedError(DomainError):
    """Nobody asked for it to be waived, or it is decided."""

    code = "filing_no_request"


class NotCorrectableError(DomainError):
    """Only a submitted report on internal control is corrected, once, with the fourth quarter's results."""

    code = "filing_not_correctable"


class EventDatesError(DomainError):
    """A control event lasts at most ten working days, and ends after it starts."""

    code = "event_dates"


class EventObjectError(DomainError):
    """The object is named by an organisation's name, with no number or address of a person."""

    code = "event_object"


class ObligationInForceError(DomainError):
    """Only what is repealed is turned on and off."""

    code = "obligation_in_force"
