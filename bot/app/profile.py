"""The bot's profile in Telegram: commands, description, short description."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramRetryAfter
from aiogram.types import BotCommand
from aiohttp import ClientError

from kernel.language import Language
from localisation.translations import Translations

COMMANDS = (
    "start",
    "menu",
    "language",
    "complaint",
    "complaints",
    "me",
    "deadline",
    "memo",
    "help",
    "cancel",
)
DEFAULT = Language.KK  # for any other Telegram language
FIRST_PAUSE_S, LONGEST_PAUSE_S = 5.0, 600.0
_FAILURES = (AiogramError, ClientError, TimeoutError, OSError)
_log = structlog.get_logger(__name__)


async def set_in_background(
    bot: Bot, texts: Translations, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> None:
    """Try until the profile is set, waiting as long as Telegram asks, longer each time.

    Nothing waits for it, and nothing that Telegram does is raised.
    """
    pause = FIRST_PAUSE_S
    while (refused := await _refusal(bot, texts)) is not None:
        _log.warning("the bot's profile cannot be set now", error=type(refused).__name__)
        if isinstance(refused, TelegramRetryAfter):
            pause = max(float(refused.retry_after), pause)
        await sleep(pause)
        pause = min(pause * 2, max(LONGEST_PAUSE_S, pause))


async def _refusal(bot: Bot, texts: Translations) -> Exception | None:
    try:
        await set_profile(bot, texts)
    except _FAILURES as error:
        return error
    return None


async def set_profile(bot: Bot, texts: Translations) -> None:
    """Set what differs, in three languages."""
    await set_in(bot, texts, DEFAULT, code=None)
    for language in Language:
        await set_in(bot, texts, language, code=language.value)


async def set_in(bot: Bot, texts: Translations, language: Language, code: str | None) -> None:
    commands = [
        BotCommand(command=command, description=texts.plain(language, f"profile.command_{command}"))
        for command in COMMANDS
    ]
    held = await bot.get_my_commands(language_code=code)
    if [one.model_dump() for one in held] != [one.model_dump() for one in commands]:
        await bot.set_my_commands(commands, language_code=code)
    description = texts.plain(language, "profile.description")
    if (await bot.get_my_description(language_code=code)).description != description:
        await bot.set_my_description(description, language_code=code)
    short = texts.plain(language, "profile.short_description")
    if (await bot.get_my_short_description(language_code=code)).short_description != short:
        await bot.set_my_short_description(short, language_code=code)
