"""A message: text in Telegram's HTML and its buttons, and how it gets into the chat."""

from dataclasses import dataclass
from typing import Any

from aiogram.enums import ParseMode
from aiogram.types import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
)

from bot.views.text import shorten
from messaging.capture import capture
from messaging.inbox.unit import current_unit

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


NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_NO_PREVIEW = {"is_disabled": True}


async def send(message: Message, screen: Screen) -> None:
    """Answer `message` with the screen.

    Within an update the fields go to the outbox directly: most messages are screens, and building aiogram's
    objects only to dump them again costs time.
    """
    unit = current_unit()
    if unit is None or message.is_topic_message or message.business_connection_id is not None:
        await message.answer(screen.text, reply_markup=screen.keyboard, link_preview_options=NO_PREVIEW)
        return
    chat_id = message.chat.id
    capture(
        unit,
        chat_id,
        "sendMessage",
        {"chat_id": chat_id, **fields(screen), "link_preview_options": _NO_PREVIEW},
    )


async def show(callback: CallbackQuery, screen: Screen) -> None:
    """Replace the callback's message with the screen, or send a new one if it is out of reach."""
    message = callback.message
    if isinstance(message, Message):
        if message.html_text == screen.text and message.reply_markup == screen.keyboard:
            return
        await message.edit_text(screen.text, reply_markup=screen.keyboard, link_preview_options=NO_PREVIEW)
    elif message is not None and callback.bot is not None:
        await callback.bot.send_message(
            message.chat.id, screen.text, reply_markup=screen.keyboard, link_preview_options=NO_PREVIEW
        )
