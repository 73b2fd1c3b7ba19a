"""The one place where a refusal's code becomes a sentence."""

from datetime import date

from bot.translations import Translations
from bot.views.numbers import day
from deadlines.errors import DomainError
from registry_data.schema import Language


def refusal(texts: Translations, language: Language, error: DomainError) -> str:
    """What a rule said no to, in plain text that fits an alert; dates are written as the language does."""
    values = {
        name: day(value, language) if isinstance(value, date) else value for name, value in error.data.items()
    }
    return texts.plain(language, f"error.{error.code}", **values)
