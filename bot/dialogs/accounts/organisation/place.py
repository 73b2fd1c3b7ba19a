"""The organisation, member and successor the dialog is about, as codes and numbers chosen before."""

from aiogram_dialog import DialogManager

from bot.dialogs.chosen import number_in

TO_THE_LIST = "list"


def successor_of(manager: DialogManager) -> int | None:
    """Who takes over the open work; None for the organisation's list. Raises WindowOutdatedError."""
    if manager.dialog_data.get("heir") == TO_THE_LIST:
        return None
    return number_in(manager, "heir")
