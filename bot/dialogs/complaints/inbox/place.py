"""The organisation, list, page and complaint the dialog is about: codes and ids, never typed text."""

from datetime import date

from aiogram_dialog import DialogManager

from bot.dialogs.chosen import as_one_of, number_in, text_in
from complaints.queries.inbox import InboxList, PageCursor


def list_of(manager: DialogManager) -> InboxList:
    """Raises WindowOutdatedError."""
    return as_one_of(InboxList, text_in(manager, "list"))


def days_of(manager: DialogManager) -> int:
    """Raises WindowOutdatedError."""
    return number_in(manager, "days")


def key_of(manager: DialogManager) -> PageCursor | None:
    """The complaint after which the page begins; None for the first page."""
    keys = manager.dialog_data.get("keys") or []
    if not keys:
        return None
    due_on, number = keys[-1]
    return PageCursor(due_on=date.fromisoformat(due_on), id=int(number))


def turn_to(manager: DialogManager, key: PageCursor) -> None:
    keys = manager.dialog_data.setdefault("keys", [])
    keys.append([key.due_on.isoformat(), key.id])


def turn_back(manager: DialogManager) -> None:
    keys = manager.dialog_data.get("keys")
    if keys:
        keys.pop()
