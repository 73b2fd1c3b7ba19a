"""Whether a word is a given name, or a surname made of one, in any case; pure."""

from functools import cache
from pathlib import Path
from typing import Final

import yaml

_FILE: Final = Path(__file__).with_name("given_names.txt")
_PARTS: Final[dict[str, list[str]]] = {
    name: text.split()
    for name, text in yaml.safe_load(_FILE.with_name("name_parts.yaml").read_text("utf-8")).items()
}
INTRODUCTION_ENDS: Final = frozenset(_PARTS["introduction_ends"])
PUBLIC: Final = tuple(_PARTS["public"])
ENGLISH_STARTS: Final = frozenset(_PARTS["english_starts"])
AMBIGUOUS: Final = frozenset(_PARTS["ambiguous"])
STREETS: Final = tuple(_PARTS["streets"])
_RESTORED: Final = ("", "а", "я", "й", "ь", "a")  # endings a declined form has lost
_CASE_OF_SURNAME: Final = ("", *_PARTS["surname_cases"])
_STRONG: Final = tuple(part + case for part in _PARTS["surname_suffixes"] for case in _CASE_OF_SURNAME)
_SHAPED: Final = tuple(
    part + case for part in _PARTS["surname_shapes"] for case in ("", *_PARTS["shape_cases"])
)
_LATIN: Final = dict(pair.split(":") for pair in _PARTS["latin"])
_VARIANTS: Final = (
    ("", ""),
    ("zh", "j"),
    ("kh", "h"),
    ("k", "q"),
    ("ya", "ia"),
    ("y", "i"),
    ("ai", "ay"),
    ("u", "w"),
)


def is_given_name(word: str) -> bool:
    """Also "Айгүлге", "Нурлана", "Aigul's"."""
    low = word.casefold().replace("'", "").replace("’", "")
    return (
        any(low.endswith(case) and _is_stem(low[: -len(case)]) for case in _PARTS["cases"]) or low in names()
    )


def is_surname(word: str) -> bool:
    """Made of a given name ("Серикова"), or by a suffix no other word has ("Жумабекова")."""
    low = word.casefold()
    if low.endswith(_STRONG) and len(low) > 6:
        return True
    for case in _CASE_OF_SURNAME:
        bare = low[: len(low) - len(case)] if low.endswith(case) else ""
        for ending in _PARTS["surname_endings"]:
            if bare.endswith(ending) and len(bare) - len(ending) > 3 and bare[: -len(ending)] in names():
                return True
    return False


def is_shaped_as_surname(word: str) -> bool:
    return len(word) > 4 and word.casefold().endswith(_SHAPED)


def _is_stem(low: str) -> bool:
    return len(low) >= 3 and any(low + ending in names() for ending in _RESTORED)


@cache
def names() -> frozenset[str]:
    lines = _FILE.read_text("utf-8").splitlines()
    told = {word for line in lines if not line.startswith("#") for word in line.split()}
    return frozenset(told | {spelled for word in told if not word.isascii() for spelled in _latin(word)})


def _latin(word: str) -> set[str]:
    plain = "".join(_LATIN.get(sign, sign) for sign in word)
    found = {plain.replace(old, new) if old else plain for old, new in _VARIANTS}
    return found | {plain.replace("zh", "j").replace("y", "i"), plain.replace("ai", "ay").replace("k", "q")}
