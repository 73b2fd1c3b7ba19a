"""Which switch the dialog is about, and which way it is to be turned: chosen before."""

from aiogram_dialog import DialogManager

from accounts.switches.switch import SwitchedJob
from bot.dialogs.outdated import WindowOutdatedError


def as_job(text: object) -> SwitchedJob:
    """The job that a button carried. Raises WindowOutdatedError for what is none: anything may come."""
    try:
        return SwitchedJob(str(text))
    except ValueError as error:
        raise WindowOutdatedError from error


def job_of(manager: DialogManager) -> SwitchedJob:
    """Raises WindowOutdatedError where none was chosen."""
    return as_job(manager.dialog_data.get("job"))


def turns_off(manager: DialogManager) -> bool:
    """Raises WindowOutdatedError where neither button was pressed."""
    found = manager.dialog_data.get("off")
    if not isinstance(found, bool):
        raise WindowOutdatedError
    return found
