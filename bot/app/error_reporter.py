"""Tells the person that handling their message failed."""

from dataclasses import dataclass

from aiogram import Bot
from aiogram.types import Chat, Update, User

from accounts.person import proposed_language
from localisation.translations import Translations


@dataclass(frozen=True, slots=True)
class ChatErrorReporter:
    """Reports a failure with its number in the log. Reads no database: it may be down."""

    texts: Translations

    def is_expected(self, error: Exception) -> bool:  # noqa: ARG002
        """Never: expected errors are answered in bot/handlers/errors.py."""
        return False

    async def report(self, bot: Bot, update: Update, error: Exception, incident: str | None) -> None:  # noqa: ARG002
        person, chat = addressee(update)
        language = proposed_language(person.language_code if person else None)
        text = self.texts.plain(language, "answer.incident", number=incident or "–")
        if update.callback_query is not None:
            await bot.answer_callback_query(update.callback_query.id, text=text, show_alert=True)
        elif chat is not None:
            await bot.send_message(chat.id, text)


def addressee(update: Update) -> tuple[User | None, Chat | None]:
    """The sender, and the chat for an answer; None for an inline query."""
    message = update.message or update.edited_message
    if message is not None:
        return message.from_user, message.chat
    event = update.callback_query or update.inline_query
    return (event.from_user if event else None), None
