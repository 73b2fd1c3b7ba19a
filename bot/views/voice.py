"""What the bot says about a voice message."""

from dataclasses import dataclass

from kernel.errors import DomainError
from kernel.language import Language
from localisation.error_messages import error_message
from localisation.translations import Translations


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceReplyView:
    texts: Translations

    def heard(self, text: str, language: Language) -> str:
        """The words as they were heard, so that a person sees what the answer is to."""
        return self.texts.plain(language, "answer.heard", text=text)

    def refused(self, error: DomainError, language: Language) -> str:
        return error_message(self.texts, language, error)
