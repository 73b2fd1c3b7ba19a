"""Reads keyboards as strictly as Telegram."""

from collections.abc import Callable
from typing import Any

import telegram

from localgram.arguments import Arguments
from localgram.buttons import check_inline_button, check_reply_button
from localgram.chats import ReplyKeyboard
from localgram.errors import bad_request

MOST_BUTTONS = 100
FAULT = "can't parse reply keyboard markup JSON object"
Markup = telegram.InlineKeyboardMarkup | ReplyKeyboard


def read_markup(arguments: Arguments, *, private: bool) -> Markup | None:
    """The `reply_markup` of a call; raises a 400 for anything that Telegram would not show."""
    wire = arguments.structure("reply_markup", FAULT)
    if wire is None:
        return None
    if not isinstance(wire, dict):
        raise bad_request("object expected as reply markup")
    if "keyboard" in wire:
        return _reply_keyboard(wire, private=private)
    if "inline_keyboard" in wire:
        return _inline(wire)
    if _flag(wire, "remove_keyboard"):
        return telegram.ReplyKeyboardRemove(selective=_flag(wire, "selective"))
    if _flag(wire, "force_reply"):
        return telegram.ForceReply.de_json(wire, None)
    return None


def read_inline(arguments: Arguments) -> telegram.InlineKeyboardMarkup | None:
    """The `reply_markup` of an edit, which may be an inline keyboard only."""
    markup = read_markup(arguments, private=True)
    if markup is not None and not isinstance(markup, telegram.InlineKeyboardMarkup):
        raise bad_request("inline keyboard expected")
    return markup


def inline_from(wire: Any) -> telegram.InlineKeyboardMarkup | None:
    """The inline keyboard of an inline result, from its JSON."""
    return _inline(wire) if isinstance(wire, dict) and "inline_keyboard" in wire else None


def _inline(wire: dict[str, Any]) -> telegram.InlineKeyboardMarkup | None:
    rows = _rows(wire, "inline_keyboard", " of the InlineKeyboardMarkup", check_inline_button)
    if not rows:
        return None
    return telegram.InlineKeyboardMarkup.de_json({"inline_keyboard": rows}, None)


def _reply_keyboard(wire: dict[str, Any], *, private: bool) -> telegram.ReplyKeyboardMarkup | None:
    def check(button: Any) -> None:
        check_reply_button(button, private=private)

    rows = _rows(wire, "keyboard", "", check)
    if not rows:
        return None
    # its own de_json leaves the buttons unparsed
    buttons = [[telegram.KeyboardButton.de_json(_as_object(button), None) for button in row] for row in rows]
    return telegram.ReplyKeyboardMarkup.de_json(wire | {"keyboard": buttons}, None)


def _as_object(button: Any) -> Any:
    return {"text": button} if isinstance(button, str) else button


def _rows(wire: dict[str, Any], name: str, owner: str, check: Callable[[Any], None]) -> list[list[Any]]:
    """The non-empty rows, with every button checked."""
    rows = wire[name]
    if not isinstance(rows, list):
        raise bad_request(f'field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{name}"{owner} must be an Array of Arrays')
    for row in rows:
        for button in row:
            check(button)
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return [row for row in rows if row]


def _flag(wire: dict[str, Any], name: str) -> bool:
    value = wire.get(name, False)
    if not isinstance(value, bool):
        raise bad_request(f'field "{name}" must be of type Boolean')
    return value
