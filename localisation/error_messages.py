"""Turns the code of a DomainError into a sentence."""

from datetime import date

from kernel.errors import DomainError
from kernel.language import Language
from localisation.formats import day
from localisation.translations import Translations


def error_message(texts: Translations, language: Language, error: DomainError) -> str:
    """Plain text for an alert; dates are formatted for the language."""
    values = {
        name: day(value, language) if isinstance(value, date) else value for name, value in error.data.items()
    }
    return texts.plain(language, f"error.{error.code}", **values)
