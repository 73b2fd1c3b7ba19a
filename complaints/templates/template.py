"""A template of an answer: its name, its text, and the few places in it that a complaint fills; pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from complaints.draft import LONGEST_TEXT
from complaints.errors import (
    MessageEmptyError,
    TemplateNameError,
    TemplatePlaceError,
    TextTooLongError,
)
from kernel.language import Language

LONGEST_NAME = 60  # characters
_PLACE = re.compile(r"\{([^{}\n]*)\}")


class Place(StrEnum):
    """What a complaint fills in. The person's name is not among them: reading it is a look."""

    NUMBER = "number"
    SERVICE = "service"
    REGISTERED = "registered"  # the day, in words
    ORGANISATION = "organisation"


WRITTEN: Mapping[str, tuple[Place, Language]] = {
    "нөмір": (Place.NUMBER, Language.KK),
    "қызмет": (Place.SERVICE, Language.KK),
    "тіркелді": (Place.REGISTERED, Language.KK),
    "ұйым": (Place.ORGANISATION, Language.KK),
    "номер": (Place.NUMBER, Language.RU),
    "услуга": (Place.SERVICE, Language.RU),
    "зарегистрирована": (Place.REGISTERED, Language.RU),
    "организация": (Place.ORGANISATION, Language.RU),
    "number": (Place.NUMBER, Language.EN),
    "service": (Place.SERVICE, Language.EN),
    "registered": (Place.REGISTERED, Language.EN),
    "organisation": (Place.ORGANISATION, Language.EN),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTemplate:
    """`key` is empty until it is stored."""

    name: str
    text: str
    key: str = ""

    @classmethod
    def read(cls, typed: str) -> "AnswerTemplate":
        """The first line is the name, the rest the text.

        Raises TemplateNameError, MessageEmptyError, TextTooLongError, and TemplatePlaceError for a place in
        braces that nothing fills (`data["place"]`).
        """
        name, _, text = typed.strip().partition("\n")
        name, text = name.strip(), text.strip()
        if not name or len(name) > LONGEST_NAME:
            raise TemplateNameError(longest=LONGEST_NAME)
        if not text:
            raise MessageEmptyError
        if len(text) > LONGEST_TEXT:
            raise TextTooLongError(longest=LONGEST_TEXT, length=len(text))
        unknown = [place for place in _PLACE.findall(text) if _key(place) not in WRITTEN]
        if unknown:
            raise TemplatePlaceError(place=unknown[0][:LONGEST_NAME])
        return cls(name=name, text=text)

    def filled(self, values: Mapping[tuple[Place, Language], str]) -> str:
        """Each place gets its value in the language in which the place is written."""
        return _PLACE.sub(lambda found: values[WRITTEN[_key(found[1])]], self.text)


def places(language: Language) -> tuple[str, ...]:
    """The places as they are written in that language, with braces."""
    return tuple(f"{{{word}}}" for word, (_, of) in WRITTEN.items() if of is language)


def _key(place: str) -> str:
    return place.strip().lower()
