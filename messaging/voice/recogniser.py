"""The port where a speech recogniser is connected."""

from typing import Protocol

from kernel.language import Language
from kernel.named import NothingNamedError, named_callable


class SpeechRecogniser(Protocol):
    """Turns speech into text; the operator's own, in or outside this process."""

    async def __call__(self, audio: bytes, language: Language) -> str:
        """What is said in `audio` (OGG with Opus), empty if nothing is heard.

        `language` is the person's, and may not be the one spoken.
        """
        ...


class NoRecogniserError(ValueError):
    """The setting names nothing that can be called."""


def load_recogniser(name: str) -> SpeechRecogniser:
    """The recogniser that "package.module:name" names. Raises NoRecogniserError."""
    try:
        recogniser: SpeechRecogniser = named_callable(name)
    except NothingNamedError as error:
        raise NoRecogniserError(name) from error
    return recogniser
