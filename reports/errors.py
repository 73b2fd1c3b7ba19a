"""What reports refuse; texts stand in bot/texts/<language>/error.yaml."""

from kernel.errors import DomainError


class FormUnknownError(DomainError):
    """There is no such form, or the organisation does not owe it."""

    code = "report_form"


class ReportPeriodError(DomainError):
    """No quarter is meant, or it has not begun."""

    code = "report_period"


class ReportFaultyError(DomainError):
    """Faults are left: nothing is handed in before the last one is mended."""

    code = "report_faulty"


class PeriodOpenError(DomainError):
    """The quarter is not over: its figures are not final."""

    code = "report_open_period"


class FiguresMovedError(DomainError):
    """Complaints have come or gone since the form was opened: the computed cells were counted anew."""

    code = "report_figures_moved"


class AlreadyHandedInError(DomainError):
    """It is handed in: what is wrong in it is corrected by the Agency."""

    code = "report_handed_in"


class NotHandedInError(DomainError):
    """Only what is handed in is corrected."""

    code = "report_not_handed_in"


class NothingToCorrectError(DomainError):
    """The corrected form differs in no cell from the one handed in."""

    code = "report_no_difference"


class MaterialsMissingError(DomainError):
    """A correction needs the materials that confirm it."""

    code = "report_materials"


class CorrectionEarlyError(DomainError):
    """Reports are corrected with the fourth quarter's results only (Order 78 ¶63)."""

    code = "report_correction_early"


class NotCorrectableFormError(DomainError):
    """Only reports on internal control, 1-мқ and 2-мқ, are corrected so (Order 78 ¶63)."""

    code = "report_not_correctable"


class CellUnknownError(DomainError):
    """No cell of this form is meant, or it is none that a hand fills."""

    code = "report_cell"


class CellValueError(DomainError):
    """A cell takes a whole number from 0, or the dash."""

    code = "report_value"


class SheetTooLargeError(DomainError):
    """The file is larger than any form of ours."""

    code = "report_file_large"


class SheetsWaitingError(DomainError):
    """Several files of this person are still on their way."""

    code = "report_files_waiting"


class SheetNotFetchedError(DomainError):
    """Telegram did not hand the file out: the person sends it again."""

    code = "report_file_fetch"
