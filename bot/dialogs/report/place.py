"""Which report the windows are about: codes chosen before, read again at every step."""

from typing import Any

from aiogram_dialog import DialogManager

from bot.dialogs.outdated import WindowOutdatedError
from reports.filled import Place
from reports.store import Subject


def subject_of(manager: DialogManager) -> Subject:
    """Raises WindowOutdatedError where none was chosen."""
    data = _known(manager)
    if not {"organisation", "form", "period"} <= data.keys():
        raise WindowOutdatedError
    return Subject(form=str(data["form"]), organisation=str(data["organisation"]), period=str(data["period"]))


def organisation_of(manager: DialogManager) -> str:
    """Raises WindowOutdatedError."""
    code = _known(manager).get("organisation")
    if not isinstance(code, str):
        raise WindowOutdatedError
    return code


def place_of(manager: DialogManager) -> Place:
    """The cell that is being filled. Raises WindowOutdatedError."""
    return as_place(str(manager.dialog_data.get("cell", "")))


def as_place(text: str) -> Place:
    """The cell that a button carried. Raises WindowOutdatedError: anything may come."""
    try:
        return Place.read(text)
    except ValueError as error:
        raise WindowOutdatedError from error


def _known(manager: DialogManager) -> dict[str, Any]:
    """What the dialog was opened for, and what was chosen since."""
    begun = manager.start_data
    return {**(begun if isinstance(begun, dict) else {}), **manager.dialog_data}
