"""Tells the person that handling their message failed."""

from dataclasses import dataclass

from aiogram import Bot

from accounts.person import proposed_language
from localisation.translations import Translations
from messaging.inbox.reading import Addressee, UnreadableUpdateError


@dataclass(frozen=True, slots=True)
class ChatErrorReporter:
    """Reports a failure with its number in the log. Reads no database: it may be down."""

    texts: Translations

    def is_expected(self, error: Exception) -> bool:  # noqa: ARG002
        """Never: expected errors are answered in bot/handlers/errors.py."""
        return False

    async def report(self, bot: Bot, to: Addressee, error: Exception, incident: str | None) -> None:
        key = "answer.unreadable" if isinstance(error, UnreadableUpdateError) else "answer.incident"
        text = self.texts.plain(proposed_language(to.language_code), key, number=incident or "–")
        if to.callback_id is not None:
            await bot.answer_callback_query(to.callback_id, text=text, show_alert=True)
        elif to.chat_id is not None:
            await bot.send_message(to.chat_id, text)
