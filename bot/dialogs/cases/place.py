"""Which organisation, list, page and complaint the dialog is about: codes and ids, never a person's words."""

from datetime import date

from aiogram_dialog import DialogManager

from bot.dialogs.outdated import WindowOutdatedError
from complaints.queries.inbox import Key, List

LONGEST_NUMBER = 18  # digits: what a database's number can hold


def organisation_of(manager: DialogManager) -> str:
    """Raises WindowOutdatedError."""
    return str(_chosen(manager, "organisation"))


def complaint_of(manager: DialogManager) -> int:
    """Raises WindowOutdatedError."""
    return int(_chosen(manager, "complaint"))


def list_of(manager: DialogManager) -> List:
    """Raises WindowOutdatedError."""
    return List(str(_chosen(manager, "list")))


def days_of(manager: DialogManager) -> int:
    """Raises WindowOutdatedError."""
    return int(_chosen(manager, "days"))


def key_of(manager: DialogManager) -> Key | None:
    """Behind which complaint the page begins; None for the first one."""
    keys = manager.dialog_data.get("keys") or []
    if not keys:
        return None
    due_on, number = keys[-1]
    return Key(due_on=date.fromisoformat(due_on), id=int(number))


def turn_to(manager: DialogManager, key: Key) -> None:
    keys = manager.dialog_data.setdefault("keys", [])
    keys.append([key.due_on.isoformat(), key.id])


def turn_back(manager: DialogManager) -> None:
    keys = manager.dialog_data.get("keys")
    if keys:
        keys.pop()


def as_number(text: str) -> int:
    """A number that a button carried. Raises WindowOutdatedError for what is none of ours."""
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
        raise WindowOutdatedError
    return int(text)


def _chosen(manager: DialogManager, name: str) -> str | int:
    found = manager.dialog_data.get(name)
    if not isinstance(found, str | int):
        raise WindowOutdatedError
    return found
