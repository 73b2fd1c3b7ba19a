"""The bot's profile in Telegram: commands, description, short description."""

from aiogram import Bot
from aiogram.types import BotCommand

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


async def set_profile(bot: Bot, texts: Translations) -> None:
    """Set everything in three languages; cheap if nothing has changed."""
    await set_in(bot, texts, DEFAULT, code=None)
    for language in Language:
        await set_in(bot, texts, language, code=language.value)


async def set_in(bot: Bot, texts: Translations, language: Language, code: str | None) -> None:
    commands = [
        BotCommand(command=command, description=texts.plain(language, f"profile.command_{command}"))
        for command in COMMANDS
    ]
    await bot.set_my_commands(commands, language_code=code)
    await bot.set_my_description(texts.plain(language, "profile.description"), language_code=code)
    await bot.set_my_short_description(texts.plain(language, "profile.short_description"), language_code=code)
