"""What a message shows: text in Telegram's HTML and the buttons under it."""

from dataclasses import dataclass
from typing import Any

from aiogram.enums import ParseMode
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from markupsafe import escape

TEXT_LIMIT = 4096  # characters of a message, counted by Telegram after its entities are read
PAGE_LIMIT = 3500  # characters of one page of ours, markup included
_TWO = {"text", "callback_data"}
LABEL_LIMIT = 60  # characters of a button that still read well on a telephone


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    text: str
    keyboard: InlineKeyboardMarkup | None = None


def fields(screen: Screen) -> dict[str, Any]:
    """The screen as the fields of sendMessage, for what the bot says by itself."""
    said: dict[str, Any] = {"text": screen.text, "parse_mode": ParseMode.HTML.value}
    if screen.keyboard is not None:
        said["reply_markup"] = {
            "inline_keyboard": [[_plain(one) for one in row] for row in screen.keyboard.inline_keyboard]
        }
    return said


def _plain(button: InlineKeyboardButton) -> dict[str, Any]:
    """The button's fields that are set; most have but two, which are quicker taken than dumped."""
    if button.model_fields_set == _TWO:
        return {"text": button.text, "callback_data": button.callback_data}
    return button.model_dump(mode="json", exclude_none=True)


def button(text: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=shorten(text), callback_data=data)


def keyboard(rows: list[list[InlineKeyboardButton]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row])


def in_rows(buttons: list[InlineKeyboardButton], width: int) -> list[list[InlineKeyboardButton]]:
    return [buttons[start : start + width] for start in range(0, len(buttons), width)]


def shorten(text: str, limit: int = LABEL_LIMIT) -> str:
    """`text` in at most `limit` characters, cut at a word where it can be."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    head, _, tail = cut.rpartition(" ")
    return (head if head and len(tail) < limit // 2 else cut).rstrip(" ,.;:–-") + "…"


def pages(lines: list[str], limit: int = PAGE_LIMIT) -> list[str]:
    """The lines put together into pages of at most `limit` characters; at least one page, nothing lost.

    A line longer than that gets a page of its own; it still fits a message, as the schema bounds a sentence.
    """
    found: list[list[str]] = [[]]
    size = 0
    for line in lines:
        if found[-1] and size + len(line) + 1 > limit:
            found.append([])
            size = 0
        found[-1].append(line)
        size += len(line) + 1
    return ["\n".join(page) for page in found]


def heading(name: str) -> str:
    return f"<b>{escape(name)}</b>"
