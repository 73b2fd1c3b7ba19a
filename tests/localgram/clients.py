"""aiogram and python-telegram-bot behind one interface, as two independent readings of the Bot API.

Each takes plain values and returns its own library's objects, which tests read by attributes common to both;
`refusal` returns the reason of a call for which the library must raise.
"""

from collections.abc import Awaitable
from datetime import timedelta
from types import TracebackType
from typing import Any, Self

import aiogram
import pytest
import telegram
from aiogram import types
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramAPIError, TelegramRetryAfter
from telegram.error import RetryAfter, TelegramError

from tests.quick_session import QuickSession

HTML = "HTML"


class Aiogram:
    def __init__(self, url: str, token: str) -> None:
        session = QuickSession(api=TelegramAPIServer.from_base(url))
        self.bot = aiogram.Bot(token, session=session)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.bot.session.close()

    async def updates(self, offset: int) -> list[Any]:
        return list(await self.bot.get_updates(offset=offset, timeout=10))

    async def send(self, chat: int, text: str, markup: dict[str, Any] | None = None) -> Any:
        return await self.bot.send_message(chat, text, parse_mode=HTML, reply_markup=_aiogram_markup(markup))

    async def edit(self, chat: int, number: int, text: str, markup: dict[str, Any] | None = None) -> Any:
        keyboard = types.InlineKeyboardMarkup(**markup) if markup else None
        return await self.bot.edit_message_text(
            text, chat_id=chat, message_id=number, parse_mode=HTML, reply_markup=keyboard
        )

    async def edit_keyboard(self, chat: int, number: int) -> Any:
        return await self.bot.edit_message_reply_markup(chat_id=chat, message_id=number)

    async def send_document(self, chat: int, content: bytes, name: str, caption: str) -> Any:
        file = types.BufferedInputFile(content, name)
        return await self.bot.send_document(chat, file, caption=caption, parse_mode=HTML)

    async def send_photo(self, chat: int, content: bytes) -> Any:
        return await self.bot.send_photo(chat, types.BufferedInputFile(content, "a.png"))

    async def send_album(self, chat: int, pictures: list[bytes]) -> Any:
        files = [types.BufferedInputFile(content, "a.png") for content in pictures]
        return await self.bot.send_media_group(chat, [types.InputMediaPhoto(media=file) for file in files])

    async def download(self, file_id: str) -> bytes:
        found = await self.bot.get_file(file_id)
        content = await self.bot.download_file(str(found.file_path))
        assert content is not None
        return content.read()

    async def set_commands(self, commands: dict[str, str], language: str) -> Any:
        wire = [types.BotCommand(command=name, description=text) for name, text in commands.items()]
        return await self.bot.set_my_commands(wire, language_code=language)

    async def offer(self, query: str, articles: dict[str, str]) -> Any:
        results = [
            types.InlineQueryResultArticle(
                id=name, title=name, input_message_content=types.InputTextMessageContent(message_text=text)
            )
            for name, text in articles.items()
        ]
        return await self.bot.answer_inline_query(query, results)

    async def refusal(self, call: Awaitable[Any]) -> str:
        with pytest.raises(TelegramAPIError) as caught:
            await call
        return _reason(caught.value.message)

    async def retry_after(self, call: Awaitable[Any]) -> float:
        with pytest.raises(TelegramRetryAfter) as caught:
            await call
        return float(caught.value.retry_after)


class PythonTelegramBot:
    def __init__(self, url: str, token: str) -> None:
        self.bot = telegram.Bot(token, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot")

    async def __aenter__(self) -> Self:
        await self.bot.initialize()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.bot.shutdown()

    async def updates(self, offset: int) -> list[Any]:
        return list(await self.bot.get_updates(offset=offset, timeout=10))

    async def send(self, chat: int, text: str, markup: dict[str, Any] | None = None) -> Any:
        return await self.bot.send_message(chat, text, parse_mode=HTML, reply_markup=_ptb_markup(markup))

    async def edit(self, chat: int, number: int, text: str, markup: dict[str, Any] | None = None) -> Any:
        keyboard = telegram.InlineKeyboardMarkup.de_json(markup, None) if markup else None
        return await self.bot.edit_message_text(
            text, chat_id=chat, message_id=number, parse_mode=HTML, reply_markup=keyboard
        )

    async def edit_keyboard(self, chat: int, number: int) -> Any:
        return await self.bot.edit_message_reply_markup(chat_id=chat, message_id=number)

    async def send_document(self, chat: int, content: bytes, name: str, caption: str) -> Any:
        return await self.bot.send_document(chat, content, filename=name, caption=caption, parse_mode=HTML)

    async def send_photo(self, chat: int, content: bytes) -> Any:
        return await self.bot.send_photo(chat, content)

    async def send_album(self, chat: int, pictures: list[bytes]) -> Any:
        return await self.bot.send_media_group(chat, [telegram.InputMediaPhoto(one) for one in pictures])

    async def download(self, file_id: str) -> bytes:
        found = await self.bot.get_file(file_id)
        return bytes(await found.download_as_bytearray())

    async def set_commands(self, commands: dict[str, str], language: str) -> Any:
        return await self.bot.set_my_commands(list(commands.items()), language_code=language)

    async def offer(self, query: str, articles: dict[str, str]) -> Any:
        results = [
            telegram.InlineQueryResultArticle(name, name, telegram.InputTextMessageContent(text))
            for name, text in articles.items()
        ]
        return await self.bot.answer_inline_query(query, results)

    async def refusal(self, call: Awaitable[Any]) -> str:
        with pytest.raises(TelegramError) as caught:
            await call
        return _reason(caught.value.message)

    async def retry_after(self, call: Awaitable[Any]) -> float:
        with pytest.raises(RetryAfter) as caught:
            await call
        assert isinstance(caught.value.retry_after, timedelta)
        return caught.value.retry_after.total_seconds()


Client = Aiogram | PythonTelegramBot


def _aiogram_markup(wire: dict[str, Any] | None) -> Any:
    if wire is None:
        return None
    kinds = {
        "inline_keyboard": types.InlineKeyboardMarkup,
        "keyboard": types.ReplyKeyboardMarkup,
        "remove_keyboard": types.ReplyKeyboardRemove,
    }
    return next(kind(**wire) for name, kind in kinds.items() if name in wire)


def _ptb_markup(wire: dict[str, Any] | None) -> Any:
    if wire is None:
        return None
    kinds = {
        "inline_keyboard": telegram.InlineKeyboardMarkup,
        "keyboard": telegram.ReplyKeyboardMarkup,
        "remove_keyboard": telegram.ReplyKeyboardRemove,
    }
    return next(kind.de_json(wire, None) for name, kind in kinds.items() if name in wire)


def _reason(message: str) -> str:
    """The reason in lower case, without the prefix each library adds."""
    lowered = message.lower()
    for prefix in ("bad request: ", "forbidden: ", "conflict: "):
        lowered = lowered.removeprefix(prefix)
    return lowered
