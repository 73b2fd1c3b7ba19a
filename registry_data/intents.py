"""What people say to the bot itself: phrases of `intents.yaml`, validated on creation."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from itertools import product
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from kernel.language import Language
from registry_data.faults import FaultsError
from registry_data.schema import Model, Prose
from registry_data.yaml_file import read_yaml

INTENTS = Path(__file__).parent / "intents.yaml"


class Intent(StrEnum):
    """What a person may want from the bot itself."""

    MENU = "menu"
    HELP = "help"
    ABOUT = "about"
    PERSON = "person"
    LANGUAGE = "language"
    CANCEL = "cancel"
    BACK = "back"
    FORGET = "forget"
    MY_COMPLAINTS = "my_complaints"
    COMPLAIN = "complain"
    EMERGENCY = "emergency"
    NOT_OURS = "not_ours"
    THANKS = "thanks"
    GREETING = "greeting"
    ANGER = "anger"


Phrase = Annotated[str, Field(min_length=2, max_length=600)]
PhrasesByLanguage = Mapping[Language, tuple[Phrase, ...]]


class PhraseGroup(StrEnum):
    """How much of a message a phrase has to be, and to whom it yields."""

    WHOLE = "whole"
    WITHIN = "within"
    UNLESS_ASKED = "unless_asked"
    UNLESS_CARD = "unless_card"
    IN_WINDOWS = "in_windows"


_ALTERNATIVES = re.compile(r"\(([^()]*)\)")


def spelled_out(written: str) -> Iterator[str]:
    """All phrases that "(show|open|) menu" stands for."""
    parts = _ALTERNATIVES.split(written)
    chosen = [part.split("|") if number % 2 else [part] for number, part in enumerate(parts)]
    return (" ".join("".join(one).split()) for one in product(*chosen))


class IntentRecord(Model):
    """The phrases of one intent; `intents.yaml` says what the groups mean."""

    whole: PhrasesByLanguage = Field(default_factory=dict)
    within: PhrasesByLanguage = Field(default_factory=dict)
    unless_asked: PhrasesByLanguage = Field(default_factory=dict)
    unless_card: PhrasesByLanguage = Field(default_factory=dict)
    in_windows: PhrasesByLanguage = Field(default_factory=dict)

    def of_group(self, group: PhraseGroup) -> Iterator[tuple[Language, str]]:
        phrases: PhrasesByLanguage = getattr(self, group.value)
        for language, of_language in phrases.items():
            for written in of_language:
                for phrase in spelled_out(written):
                    yield language, phrase


class IntentPhrases(Model):
    """Every intent with its phrases, the words that may stand beside them, and the words that ask."""

    menu: IntentRecord
    help: IntentRecord
    about: IntentRecord
    person: IntentRecord
    language: IntentRecord
    cancel: IntentRecord
    back: IntentRecord
    forget: IntentRecord
    my_complaints: IntentRecord
    complain: IntentRecord
    emergency: IntentRecord
    not_ours: IntentRecord
    thanks: IntentRecord
    greeting: IntentRecord
    anger: IntentRecord
    fill: Mapping[Language, tuple[Prose, ...]]
    asks: Mapping[Language, tuple[Prose, ...]]

    def of(self, intent: Intent) -> IntentRecord:
        record: IntentRecord = getattr(self, intent.value)
        return record


@cache
def load_intents(path: Path = INTENTS) -> IntentPhrases:
    """Raises FaultsError if the file is invalid."""
    try:
        return IntentPhrases.model_validate(read_yaml(path))
    except ValidationError as error:
        raise FaultsError.of_model(path.name, error) from error
