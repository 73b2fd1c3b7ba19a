"""Which report the windows are about: codes chosen before, read again at every step."""

from aiogram_dialog import DialogManager

from bot.dialogs.outdated import WindowOutdatedError
from reports.filled import Place
from reports.store import Subject


def subject_of(manager: DialogManager) -> Subject:
    """Raises WindowOutdatedError where none was chosen."""
    data = manager.dialog_data
    if not {"organisation", "form", "period"} <= data.keys():
        raise WindowOutdatedError
    return Subject(form=str(data["form"]), organisation=str(data["organisation"]), period=str(data["period"]))


def organisation_of(manager: DialogManager) -> str:
    """Raises WindowOutdatedError."""
    code = manager.dialog_data.get("organisation")
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


def choose(manager: DialogManager, subject: Subject) -> None:
    manager.dialog_data.update(organisation=subject.organisation, form=subject.form, period=subject.period)
