"""Which report the windows are about: codes chosen before, read again at every step."""

from aiogram_dialog import DialogManager

from bot.dialogs.chosen import organisation_of, text_in
from bot.dialogs.outdated import WindowOutdatedError
from reports.filled import Place
from reports.store import Subject


def subject_of(manager: DialogManager) -> Subject:
    """Raises WindowOutdatedError where none was chosen."""
    return Subject(
        form=text_in(manager, "form"),
        organisation=organisation_of(manager),
        period=text_in(manager, "period"),
    )


def place_of(manager: DialogManager) -> Place:
    """The cell that is being filled. Raises WindowOutdatedError."""
    return as_place(str(manager.dialog_data.get("cell", "")))


def as_place(text: str) -> Place:
    """The cell that a button carried. Raises WindowOutdatedError: anything may come."""
    try:
        return Place.read(text)
    except ValueError as error:
        raise WindowOutdatedError from error
