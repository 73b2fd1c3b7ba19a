"""The bot's username, from Telegram."""

import asyncio

from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError
from aiogram.utils.token import TokenValidationError

from cli.say import say
from messaging.api import TelegramSession


def bot_username(token: str, api_url: str) -> str | None:
    """None if Telegram cannot be asked; the reason goes to standard error."""
    try:
        return asyncio.run(_asked(token, api_url))
    except (AiogramError, TokenValidationError) as error:
        say(f"Telegram was not asked for the bot's name ({error}): write the code to the bot instead.")
        return None


async def _asked(token: str, api_url: str) -> str | None:
    session = TelegramSession(api=TelegramAPIServer.from_base(api_url))
    async with Bot(token, session=session) as bot:
        return (await bot.me()).username
