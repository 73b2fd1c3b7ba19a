"""English renderings of what the cards say, by the Russian text: one phrase, one rendering in every card.

The renderings are ours and unofficial. A text that changes loses its rendering until a new one is written.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from registry_data.faults import Fault, FaultsError
from registry_data.schema import Item, Model, ServiceCard, Text
from registry_data.yaml_file import read_yaml

ENGLISH = Path(__file__).parent / "english.yaml"
RENDERED = (
    *("provider", "term", "fee", "result", "schedule", "documents", "refusal_grounds"),
    *("disability", "amount", "age", "eligibility", "lapsed"),
)
_NEAR = 85.0  # out of 100: the rendering of a text this close is a draft
_HEAD = """\
# English renderings of what cards say, by their Russian text; ours, unofficial. `qyzmet registry english`
# lists what lacks one, and writes this file.
"""
_CYRILLIC = re.compile("[Ѐ-ӿ]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


class EnglishShare(StrEnum):
    """How much of a card can be read in English."""

    WHOLE = "whole"
    PART = "part"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unrendered:
    """A Russian text without English, the cards that say it, and the nearest text that has a rendering."""

    russian: str
    slugs: tuple[str, ...]
    near: str = ""
    draft: str = ""


@cache
def phrases() -> Mapping[str, str]:
    """The renderings by Russian text. Raises FaultsError."""
    raw = read_yaml(ENGLISH)
    if not isinstance(raw, dict):
        raise FaultsError((Fault(file=ENGLISH.name, key="", reason="a mapping of Russian to English"),))
    return raw


def with_english(card: ServiceCard) -> ServiceCard:
    """The card, each text that has no English of its own given the rendering of its Russian."""
    return _with_fields(card, RENDERED)


def english_share(card: ServiceCard) -> EnglishShare | None:
    """None if the card says nothing that could be rendered."""
    held = {en is not None for _, en in texts_of(card.model_dump(include=set(RENDERED), exclude_none=True))}
    if not held:
        return None
    return EnglishShare.PART if len(held) > 1 else EnglishShare.WHOLE if held.pop() else EnglishShare.NONE


def texts_of(value: Any) -> Iterator[tuple[str, str | None]]:
    """Each text in `value`, plain fields of a card: its Russian and its English."""
    if isinstance(value, Mapping):
        if isinstance(value.get("ru"), str):
            yield value["ru"], value.get("en")
        for one in value.values():
            yield from texts_of(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts_of(one)


def unrendered(cards: Iterable[ServiceCard], known: Mapping[str, str]) -> list[Unrendered]:
    """What the cards say without English, most often said first, each with a draft if one is near."""
    from rapidfuzz import process  # noqa: PLC0415  cards are loaded without it

    said: dict[str, list[str]] = {}
    for card in cards:
        for russian, english in texts_of(card.model_dump(include=set(RENDERED), exclude_none=True)):
            if english is None:
                said.setdefault(russian, []).append(card.slug)
    found = []
    for russian, slugs in sorted(said.items(), key=lambda one: (-len(one[1]), one[0])):
        nearest = process.extractOne(russian, known.keys(), score_cutoff=_NEAR)
        near = nearest[0] if nearest else ""
        of_cards = tuple(dict.fromkeys(slugs))
        found.append(Unrendered(russian=russian, slugs=of_cards, near=near, draft=known.get(near, "")))
    return found


def file_of(renderings: Mapping[str, str]) -> str:
    """The file's text: sorted, so that two editors seldom write the same line."""
    lines = (f"{_quoted(russian)}: {_quoted(renderings[russian])}\n" for russian in sorted(renderings))
    return _HEAD + "".join(lines)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def mistakes(russian: str, english: str) -> Iterator[str]:
    """What shows without reading that `english` cannot be right."""
    if found := _CYRILLIC.search(english):
        yield f"{found[0]!r} is not English"
    missing = _numbers(russian) - _numbers(english)
    extra = _numbers(english) - _numbers(russian)
    if missing or extra:
        yield f"the numbers differ: {', '.join(sorted([*missing, *extra]))}"


def _numbers(text: str) -> Counter[str]:
    return Counter(number.replace(",", ".") for number in _NUMBER.findall(text))


M = TypeVar("M", bound=Model)


def _with_fields(record: M, fields: Iterable[str]) -> M:
    found = {name: _rendered(value) for name in fields if (value := getattr(record, name)) is not None}
    if isinstance(record, Text | Item) and record.en is None and (english := phrases().get(record.ru)):
        found["en"] = english
    return record.model_copy(update=found)


def _rendered(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_rendered, value))
    return _with_fields(value, type(value).model_fields) if isinstance(value, Model) else value
