"""Validate button data and earlier choices: the client may send anything.

Each reader raises WindowOutdatedError for data that no button of ours carries.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any, TypeVar

from aiogram_dialog import DialogManager

from bot.dialogs.outdated import WindowOutdatedError
from complaints.kinds.kind import OF_CITIZENS, ComplaintKind

LONGEST_NUMBER = 18  # digits that fit the database's integers
EnumT = TypeVar("EnumT", bound=Enum)
ValueT = TypeVar("ValueT")


def as_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
        raise WindowOutdatedError
    return int(text)


def as_one_of(kind: type[EnumT], value: object) -> EnumT:
    try:
        return kind(value)
    except ValueError as error:
        raise WindowOutdatedError from error


def as_key_of(values: Mapping[str, ValueT], name: str) -> ValueT:
    """The value under the key carried by a button."""
    if name not in values:
        raise WindowOutdatedError
    return values[name]


def as_kind(code: str) -> ComplaintKind:
    """A kind of complaint that citizens may choose."""
    return as_key_of({kind.value: kind for kind in OF_CITIZENS}, code)


def number_in(manager: DialogManager, name: str) -> int:
    found = _known(manager).get(name)
    if not isinstance(found, int):
        raise WindowOutdatedError
    return found


def text_in(manager: DialogManager, name: str) -> str:
    found = _known(manager).get(name)
    if not isinstance(found, str):
        raise WindowOutdatedError
    return found


def organisation_of(manager: DialogManager) -> str:
    """The code of the organisation the dialog is about."""
    return text_in(manager, "organisation")


def complaint_of(manager: DialogManager) -> int:
    """The id of the complaint the window is about."""
    return number_in(manager, "complaint")


def _known(manager: DialogManager) -> dict[str, Any]:
    """The start data of the dialog merged with the later choices."""
    opened_with = manager.start_data
    return {**(opened_with if isinstance(opened_with, dict) else {}), **manager.dialog_data}
