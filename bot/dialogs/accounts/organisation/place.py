"""Which organisation, member and heir the dialog is about: numbers and codes, chosen before."""

from aiogram_dialog import DialogManager

from bot.dialogs.chosen import number_in

TO_THE_LIST = "list"


def heir_of(manager: DialogManager) -> int | None:
    """Whoever takes the open work over; None: the organisation's list. Raises WindowOutdatedError."""
    if manager.dialog_data.get("heir") == TO_THE_LIST:
        return None
    return number_in(manager, "heir")
