"""The filing the dialog is about and the day entered before."""

from datetime import date

from aiogram_dialog import DialogManager

from bot.dialogs.chosen import number_in
from bot.dialogs.outdated import WindowOutdatedError

DAY = "day"
CONFIRMED = "confirmed"


def filing_of(manager: DialogManager) -> int:
    """The number of the filing the dialog was opened for. Raises WindowOutdatedError."""
    return number_in(manager, "filing")


def day_of(manager: DialogManager) -> date:
    """The day entered in an earlier window. Raises WindowOutdatedError."""
    try:
        return date.fromisoformat(str(manager.dialog_data.get(DAY, "")))
    except ValueError as error:
        raise WindowOutdatedError from error


def is_confirmed(manager: DialogManager) -> bool:
    """Whether a head has confirmed the day."""
    return manager.dialog_data.get(CONFIRMED) is True
