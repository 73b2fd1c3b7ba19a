"""Small talk: a message of nothing but such phrases is a greeting or thanks, not a question."""

from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path

from pydantic import ValidationError

from registry_data.faults import FaultsError
from registry_data.schema import Model, Prose
from registry_data.yaml_file import read_yaml

SMALL_TALK = Path(__file__).parent / "small_talk.yaml"
Phrases = tuple[tuple[Prose, ...], ...]


class SmallTalk(StrEnum):
    GREETING = "greeting"
    THANKS = "thanks"


class SmallTalkPhrases(Model):
    """Phrases by meaning; `fill` may accompany them. One line per language."""

    greeting: Phrases
    thanks: Phrases
    fill: Phrases

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of every phrase."""
        lines = (*self.greeting, *self.thanks, *self.fill)
        return frozenset(word for line in lines for phrase in line for word in phrase.split())


@cache
def load_small_talk(path: Path = SMALL_TALK) -> SmallTalkPhrases:
    """Raises FaultsError if the file is invalid."""
    try:
        return SmallTalkPhrases.model_validate(read_yaml(path))
    except ValidationError as error:
        raise FaultsError.of_model(path.name, error) from error


def small_talk_of(message: str, words: SmallTalkPhrases) -> SmallTalk | None:
    """The kind of a message that is only small talk; thanks if it contains both kinds; otherwise None."""
    said = _letters(message).split()
    if not words.vocabulary.issuperset(said):
        return None
    left = f" {' '.join(said)} "
    found: SmallTalk | None = None
    for kind, phrases in ((SmallTalk.THANKS, words.thanks), (SmallTalk.GREETING, words.greeting)):
        rest = _without(left, phrases)
        if rest != left:
            found, left = found or kind, rest
    return found if found and not _without(left, words.fill).strip() else None


def _letters(text: str) -> str:
    return "".join(sign if sign.isalpha() else " " for sign in text.casefold())


def _without(text: str, phrases: Phrases) -> str:
    """`text` without the phrases, longest first, words separated by single spaces."""
    every = sorted({phrase for line in phrases for phrase in line}, key=len, reverse=True)
    for phrase in every:
        while f" {phrase} " in text:
            text = text.replace(f" {phrase} ", " ", 1)
    return text
