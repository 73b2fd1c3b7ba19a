"""A message: text in Telegram's HTML and its buttons."""

from dataclasses import dataclass
from typing import Any

from aiogram.enums import ParseMode
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.views.text import shorten

_TWO = {"text", "callback_data"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    text: str
    keyboard: InlineKeyboardMarkup | None = None


def fields(screen: Screen) -> dict[str, Any]:
    """The screen as sendMessage fields, for messages the bot starts itself."""
    message: dict[str, Any] = {"text": screen.text, "parse_mode": ParseMode.HTML.value}
    if screen.keyboard is not None:
        message["reply_markup"] = {
            "inline_keyboard": [[_plain(item) for item in row] for row in screen.keyboard.inline_keyboard]
        }
    return message


def _plain(button: InlineKeyboardButton) -> dict[str, Any]:
    """The fields of the button that are set; faster than dumping the model."""
    if button.model_fields_set == _TWO:
        return {"text": button.text, "callback_data": button.callback_data}
    return button.model_dump(mode="json", exclude_none=True)


def button(text: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=shorten(text), callback_data=data)


def keyboard(rows: list[list[InlineKeyboardButton]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row])


def in_rows(buttons: list[InlineKeyboardButton], width: int) -> list[list[InlineKeyboardButton]]:
    return [buttons[start : start + width] for start in range(0, len(buttons), width)]
