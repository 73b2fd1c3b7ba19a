"""Putting a screen into the chat."""

from aiogram.types import CallbackQuery, LinkPreviewOptions, Message

from bot.views.screen import Screen

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


async def send(message: Message, screen: Screen) -> None:
    """Answer `message` with the screen."""
    await message.answer(screen.text, reply_markup=screen.keyboard, link_preview_options=NO_PREVIEW)


async def show(callback: CallbackQuery, screen: Screen) -> None:
    """Put the screen in place of the message that was pressed; anew where that one is out of reach."""
    message = callback.message
    if isinstance(message, Message):
        if message.html_text == screen.text and message.reply_markup == screen.keyboard:
            return
        await message.edit_text(screen.text, reply_markup=screen.keyboard, link_preview_options=NO_PREVIEW)
    elif message is not None and callback.bot is not None:
        await callback.bot.send_message(
            message.chat.id, screen.text, reply_markup=screen.keyboard, link_preview_options=NO_PREVIEW
        )
