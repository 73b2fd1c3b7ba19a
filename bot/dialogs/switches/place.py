"""The chosen switch, and whether to turn it on or off."""

from aiogram_dialog import DialogManager

from accounts.switches.switch import SwitchedJob
from bot.dialogs.chosen import as_one_of
from bot.dialogs.outdated import WindowOutdatedError


def as_job(text: object) -> SwitchedJob:
    """The job a button carries. Raises WindowOutdatedError."""
    return as_one_of(SwitchedJob, text)


def job_of(manager: DialogManager) -> SwitchedJob:
    """Raises WindowOutdatedError if none was chosen."""
    return as_job(manager.dialog_data.get("job"))


def turns_off(manager: DialogManager) -> bool:
    """Raises WindowOutdatedError if neither button was pressed."""
    found = manager.dialog_data.get("off")
    if not isinstance(found, bool):
        raise WindowOutdatedError
    return found
