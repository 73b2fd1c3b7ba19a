"""Normalise text: case, marks, punctuation and look-alike letters."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

KAZAKH_LETTERS: Final = frozenset("әғқңөұүһі")
CYRILLIC: Final = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя") | KAZAKH_LETTERS
LATIN_MARKED: Final = frozenset("áàâäãāéèêëēíìîïīıóòôöõōőúùûüūűýÿńñňŋǵğģşśšçćčžźżģ")
LATIN: Final = frozenset("abcdefghijklmnopqrstuvwxyz") | LATIN_MARKED

_APOSTROPHES: Final = dict.fromkeys("’ʼ‘`´ʹ′ˈ", "'")
_SUBSTITUTES: Final = {"ə": "ә", "ϵ": "е", "ҡ": "қ", "ҥ": "ң", "ӊ": "ң", "ҳ": "х", "ў": "у"}
_LOOK_ALIKES: Final = str.maketrans("aceopxykmthbiə", "асеорхукмтнвіә")
_KEPT: Final = CYRILLIC | LATIN | frozenset("0123456789'")


class _TranslationTable(dict[int, str]):
    """A table for str.translate: marks and zero-width characters vanish, any unlisted character becomes a
    space.
    """

    def __missing__(self, code: int) -> str:
        kept = self[code] = "" if unicodedata.category(chr(code)) in {"Mn", "Me", "Cf"} else " "
        return kept


_TABLE: Final = _TranslationTable(
    {
        ord(letter): kept
        for letter, kept in ({one: one for one in _KEPT} | _APOSTROPHES | _SUBSTITUTES).items()
    }
)
_PLAIN_LATIN: Final = frozenset("abcdefghijklmnopqrstuvwxyz")
_LONG_RUN: Final = re.compile(r"([^\W\d_])\1{2,}")
_LATIN_BESIDE_CYRILLIC: Final = re.compile(r"[a-z][^a-z]*[а-яёәғқңөұүһі]|[а-яёәғқңөұүһі].*[a-z]")
_LOOSE_APOSTROPHE: Final = re.compile(r"(?<![a-z])'|'(?=')")

# Letters often typed for each other, or distinguished only by spelling, share one skeleton.
_SKELETON: Final = str.maketrans(
    {
        "ә": "а", "э": "е", "ё": "е", "қ": "к", "ғ": "г", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "һ": "х",
        "і": "и", "ы": "и", "й": "и", "щ": "ш", "ъ": "", "ь": "", "я": "иа", "ю": "иу",
    }
)  # fmt: skip
_DOUBLES_UP_TO: Final = 3  # ТОО differs from "то"
_DOUBLE: Final = re.compile(r"([^\W\d_])\1+")


def normalise(text: str) -> str:
    """`text` in lower case with single spaces, letters and digits only. Idempotent.

    An apostrophe after a Latin letter stays, because older Kazakh Latin uses it in letters. Never raises,
    whatever the text contains.
    """
    return " ".join(words(text))


def _composed(text: str) -> str:
    return text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)


@lru_cache(maxsize=65_536)
def _cleaned(word: str) -> str:
    """The order matters: no step may produce what an earlier one removes."""
    whole = _one_script(word)
    if "'" in whole:
        whole = _LOOSE_APOSTROPHE.sub("", whole)
    return _LONG_RUN.sub(r"\1", whole)


def words(text: str) -> tuple[str, ...]:
    """The words of `text`, normalised, in order."""
    lowered = _composed(_composed(text).casefold())
    return tuple(filter(None, map(_cleaned, lowered.translate(_TABLE).split())))


def fold(word: str) -> str:
    """A normalised word with each Kazakh letter replaced by its common substitute; Latin letters stay."""
    return word.translate(_SKELETON).replace("нг", "н")


@lru_cache(maxsize=65_536)
def skeleton(word: str) -> str:
    """A normalised word without what careless Kazakh and Russian spelling loses, doubled letters included."""
    if word.isascii():
        return word
    bare = fold(word)
    return _DOUBLE.sub(r"\1", bare) if len(bare) > _DOUBLES_UP_TO else bare


def is_cyrillic(word: str) -> bool:
    return not CYRILLIC.isdisjoint(word)


def is_latin(word: str) -> bool:
    return not LATIN.isdisjoint(word)


def _one_script(word: str) -> str:
    """A mixed-script word with Latin look-alikes turned Cyrillic, if that leaves a single script."""
    if _PLAIN_LATIN.isdisjoint(word) or not _LATIN_BESIDE_CYRILLIC.search(word):
        return word
    mended = word.translate(_LOOK_ALIKES)
    return word if is_latin(mended) else mended
