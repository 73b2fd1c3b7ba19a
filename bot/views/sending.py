"""Sends a screen to the chat."""

from aiogram.types import CallbackQuery, LinkPreviewOptions, Message

from bot.views.screen import Screen, fields
from messaging.capture import capture
from messaging.inbox.unit import current_unit

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
