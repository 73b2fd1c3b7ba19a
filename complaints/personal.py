"""Reads a name, an IIN or BIN and a telephone from one message, in any order; pure."""

import re
from dataclasses import dataclass
from typing import Final

from knowledge.typed_text import fold, words

_NUMBER: Final = re.compile(r"(?<![\d+])\d(?:[ -]?\d){11}(?![ -]?\d)")
_TELEPHONE: Final = re.compile(r"(?<!\d)\+?\d(?:[\s()-]*\d){9,14}(?!\d)")
_EMAIL: Final = re.compile(r"[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]+")
_LABELS: Final = re.compile(
    r"\b(?:иин|жсн|бин|бсн|iin|bin|тел(?:ефон)?|телефоным|phone|фио|аты-жөнім|меня зовут|my name is)\b[.:]*",
    re.IGNORECASE,
)
_REFUSALS: Final = (
    *("нет", "нету", "не знаю", "не помню", "не скажу", "не хочу", "аноним", "анонимно", "инкогнито"),
    *("жоқ", "білмеймін", "есімде жоқ", "айтпаймын", "анонимді", "жасырын", "секрет"),
    *("no", "none", "nothing", "anonymous", "anonymously", "unknown", "secret"),
)


def _folded(text: str) -> str:
    return " ".join(map(fold, words(text)))


_NOTHING: Final = frozenset(map(_folded, _REFUSALS))


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalDetails:
    """As typed, not checked; None for what is not there."""

    name: str | None = None
    number: str | None = None
    telephone: str | None = None


def says_nothing(text: str) -> bool:
    """Whether somebody declines to answer: «жоқ», "не скажу", "anonymous", a dash."""
    said = _folded(text)
    return not said or said in _NOTHING


def read_details(text: str) -> PersonalDetails:
    number, rest = _taken(_NUMBER, _LABELS.sub(" ", text))
    telephone, rest = _taken(_TELEPHONE, rest)
    name = " ".join(rest.strip(" \n\t,;:").replace(",", " ").replace(";", " ").split())
    return PersonalDetails(name=name or None, number=number, telephone=telephone)


def _taken(shape: re.Pattern[str], text: str) -> tuple[str | None, str]:
    """The first find and the text without it."""
    found = shape.search(text)
    if found is None:
        return None, text
    return found[0], f"{text[: found.start()]} {text[found.end() :]}"


def read_address(text: str) -> tuple[str | None, str | None]:
    """A postal address and an e-mail address from one message, as typed."""
    email, rest = _taken(_EMAIL, text)
    return " ".join(rest.strip(" \n\t,;:").split()) or None, email
