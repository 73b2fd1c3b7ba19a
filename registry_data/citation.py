"""Citations of acts, and their notation in each language."""

import re
from typing import Annotated

from pydantic import AfterValidator

from kernel.language import Language
from registry_data.schema import ActKey, Model

_NUMBER = r"\d+(?:-\d+)?"
_NUMBERS = rf"{_NUMBER}(?:(?:–|, ){_NUMBER})*"
_ITEMS = rf"{_NUMBER}\)(?:(?:–|, ){_NUMBER}\))*"
_POINT = re.compile(
    rf"(?=\S)(?:Annex (?P<annex>\d+))?"
    rf"(?:(?:^| )Art\. (?P<article>{_NUMBERS}))?"
    rf"(?:(?:^| )¶(?P<paragraph>{_NUMBERS}))?"
    rf"(?:(?:^| )(?P<item>{_ITEMS}))?"
)
_PARTS = {Language.KK: ("{}-бөлік", "{}-бөліктер"), Language.RU: ("часть {}", "части {}")}
_KAZAKH = {
    "annex": ("{}-қосымша", "{}-қосымшалар"),
    "article": ("{}-бап", "{}-баптар"),
    "paragraph": ("{}-тармақ", "{}-тармақтар"),
    "item": ("{} тармақша", "{} тармақшалар"),
}
_RUSSIAN = {
    "annex": ("приложение {}", "приложения {}"),
    "article": ("статья {}", "статьи {}"),
    "paragraph": ("пункт {}", "пункты {}"),
    "item": ("подпункт {}", "подпункты {}"),
}


def _well_formed(point: str) -> str:
    if _POINT.fullmatch(point) is None:
        raise ValueError('a point is written "Annex 1 Art. 19-1 ¶2 6)", and a range with a dash: "¶40–56"')
    return point


Point = Annotated[str, AfterValidator(_well_formed)]


class Citation(Model):
    """A place in an act of `registry_data/acts.yaml`.

    `point` has the form "Annex 1 Art. 19-1 ¶2 6)", any part of which may be missing; a hyphen is part of a
    number ("19-1"), a dash makes an inclusive range ("¶40–56").
    """

    act: ActKey
    point: Point


def point_in_language(point: str, language: Language, *, in_parts: bool = False) -> str:
    """The place in the notation of `language`: "25-бап, 2-тармақ", "статья 25, пункт 2", "Art. 25 ¶2".

    `in_parts`: the ¶ of this act are parts: "25-бап, 2-бөлік", "статья 25, часть 2".

    Raises ValueError for an invalid point.
    """
    found = _POINT.fullmatch(_well_formed(point))
    if language is Language.EN or found is None:
        return point
    words = _KAZAKH if language is Language.KK else _RUSSIAN
    if in_parts:
        words = {**words, "paragraph": _PARTS[language]}
    return ", ".join(
        words[part][_several(numbers)].format(numbers)
        for part, numbers in found.groupdict().items()
        if numbers
    )


def _several(numbers: str) -> bool:
    return "–" in numbers or "," in numbers
