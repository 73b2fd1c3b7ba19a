"""Turns the code of a DomainError into a sentence."""

from kernel.errors import DomainError
from kernel.language import Language
from localisation.translations import Translations


def error_message(texts: Translations, language: Language, error: DomainError) -> str:
    """Plain text for an alert; dates are formatted for the language."""
    return texts.plain(language, f"error.{error.code}", **error.data)
