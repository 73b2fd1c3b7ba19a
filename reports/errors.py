"""Errors of reports; their texts are in bot/texts/<language>/error.yaml."""

from kernel.errors import DomainError


class FormUnknownError(DomainError):
    """No such form, or the organisation does not owe it."""

    code = "report_form"


class ReportPeriodError(DomainError):
    """Not a quarter, or one that has not begun."""

    code = "report_period"


class ReportFaultyError(DomainError):
    """The form still has faults, so it cannot be handed in."""

    code = "report_faulty"


class PeriodOpenError(DomainError):
    """The quarter is not over, so its figures are not final."""

    code = "report_open_period"


class FiguresMovedError(DomainError):
    """The complaints changed since the form was opened, and its computed cells were updated."""

    code = "report_figures_moved"


class OtherDayError(DomainError):
    """The calendar has another day of submission: the report takes that one."""

    code = "report_other_day"


class ReopenCorrectedError(DomainError):
    """The Agency has the report's correction: it cannot be reopened as a mistake."""

    code = "report_reopen_corrected"


class CorrectionPendingError(DomainError):
    """A correction is already waiting for the Agency."""

    code = "report_correction_pending"


class RefusalPersonalError(DomainError):
    """The reason names a person's number or address."""

    code = "report_reason_personal"


class AlreadyHandedInError(DomainError):
    """Already handed in: only the Agency can correct it now."""

    code = "report_handed_in"


class NotHandedInError(DomainError):
    """Only a form that was handed in can be corrected."""

    code = "report_not_handed_in"


class NothingToCorrectError(DomainError):
    """The corrected form is identical to the one handed in."""

    code = "report_no_difference"


class MaterialsMissingError(DomainError):
    """A correction needs supporting materials."""

    code = "report_materials"


class CorrectionEarlyError(DomainError):
    """Reports are corrected only with the fourth quarter's results (Order 78 ¶63)."""

    code = "report_correction_early"


class NotCorrectableFormError(DomainError):
    """Only reports on internal control, 1-мқ and 2-мқ, can be corrected this way (Order 78 ¶63)."""

    code = "report_not_correctable"


class CellUnknownError(DomainError):
    """No such cell in this form, or it is not filled by hand."""

    code = "report_cell"


class CellValueError(DomainError):
    """A cell takes a whole number from 0, or the dash."""

    code = "report_value"


class SheetTooLargeError(DomainError):
    """The file is larger than any of our forms."""

    code = "report_file_large"


class SheetsWaitingError(DomainError):
    """Several files of this person are still being downloaded."""

    code = "report_files_waiting"


class SheetNotFetchedError(DomainError):
    """Telegram did not serve the file: ask the person to send it again."""

    code = "report_file_fetch"
