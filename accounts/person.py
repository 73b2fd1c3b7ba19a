"""A person, as the rest of the product sees them."""

from dataclasses import dataclass

from kernel.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    telegram_id: int
    language: Language | None = None  # chosen by the person; None until then
    switch_offered: bool = False  # whether another language was offered already

    def reads(self, proposed: Language) -> Language:
        """The language to answer in: the chosen one, else the one Telegram proposes."""
        return self.language or proposed


def proposed_language(code: str | None) -> Language:
    """The language a Telegram language code ("ru", "en-GB") proposes; Kazakh by default."""
    primary = (code or "").split("-")[0].casefold()
    return next((language for language in Language if language.value == primary), Language.KK)
