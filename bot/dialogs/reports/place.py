"""The report the windows are about: codes chosen before, read again at every step."""

from aiogram_dialog import DialogManager

from bot.dialogs.chosen import organisation_of, text_in
from bot.dialogs.outdated import WindowOutdatedError
from reports.filled import CellRef
from reports.store import ReportSubject


def subject_of(manager: DialogManager) -> ReportSubject:
    """Raises WindowOutdatedError if none was chosen."""
    return ReportSubject(
        form=text_in(manager, "form"),
        organisation=organisation_of(manager),
        period=text_in(manager, "period"),
    )


def place_of(manager: DialogManager) -> CellRef:
    """The cell being filled in. Raises WindowOutdatedError."""
    return as_place(str(manager.dialog_data.get("cell", "")))


def as_place(text: str) -> CellRef:
    """The cell a button carries. Raises WindowOutdatedError: the client may send anything."""
    try:
        return CellRef.read(text)
    except ValueError as error:
        raise WindowOutdatedError from error
