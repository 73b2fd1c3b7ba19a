"""Which organisation, member and heir the dialog is about: numbers and codes, chosen before."""

from aiogram_dialog import DialogManager

from bot.dialogs.outdated import WindowOutdatedError

TO_THE_LIST = "list"


def organisation_of(manager: DialogManager) -> str:
    """The code of the organisation that the dialog was opened for. Raises WindowOutdatedError."""
    data = manager.start_data
    if not isinstance(data, dict) or "organisation" not in data:
        raise WindowOutdatedError
    return str(data["organisation"])


def number_of(manager: DialogManager, name: str) -> int:
    """A number chosen in an earlier window. Raises WindowOutdatedError where none was."""
    found = manager.dialog_data.get(name)
    if not isinstance(found, int):
        raise WindowOutdatedError
    return found


def heir_of(manager: DialogManager) -> int | None:
    """Whoever takes the open work over; None: the organisation's list. Raises WindowOutdatedError."""
    if manager.dialog_data.get("heir") == TO_THE_LIST:
        return None
    return number_of(manager, "heir")


def as_number(text: str) -> int:
    """The number that a button carried. Raises WindowOutdatedError for what is none: anything may come."""
    try:
        return int(text)
    except ValueError as error:
        raise WindowOutdatedError from error
