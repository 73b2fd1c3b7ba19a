"""Which switch the dialog is about, and which way it is to be turned: chosen before."""

from aiogram_dialog import DialogManager

from accounts.switches.switch import SwitchedJob
from bot.dialogs.chosen import as_one_of
from bot.dialogs.outdated import WindowOutdatedError


def as_job(text: object) -> SwitchedJob:
    """The job that a button carries. Raises WindowOutdatedError."""
    return as_one_of(SwitchedJob, text)


def job_of(manager: DialogManager) -> SwitchedJob:
    """Raises WindowOutdatedError where none was chosen."""
    return as_job(manager.dialog_data.get("job"))


def turns_off(manager: DialogManager) -> bool:
    """Raises WindowOutdatedError where neither button was pressed."""
    found = manager.dialog_data.get("off")
    if not isinstance(found, bool):
        raise WindowOutdatedError
    return found
