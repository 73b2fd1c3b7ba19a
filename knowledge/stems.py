"""Possible stems of a word: Russian, English and Kazakh, as spelling-insensitive skeletons."""

from functools import lru_cache

from Stemmer import Stemmer

from knowledge import kazakh
from knowledge.typed_text import KAZAKH_LETTERS, is_latin, skeleton

_RUSSIAN = Stemmer("russian", 0)  # 0 disables its cache: `stems` has its own
_ENGLISH = Stemmer("english", 0)


@lru_cache(maxsize=65536)
def stems(word: str) -> tuple[str, ...]:
    """Every stem a normalised word may have, likeliest first, without duplicates.

    A Cyrillic word without Kazakh letters may be in either language, or a Russian word with a Kazakh ending.
    """
    if is_latin(word):
        return (_english(word),)
    kazakh_stem = kazakh.stem(word)
    if any(letter in KAZAKH_LETTERS for letter in word):
        return (kazakh_stem,)
    if kazakh_stem == skeleton(word):
        return tuple(dict.fromkeys((_russian(word), kazakh_stem)))
    return tuple(dict.fromkeys((_russian(word), kazakh_stem, _russian(kazakh_stem))))


def own_stem(word: str) -> str:
    """The stem of a normalised word as Russian, or as English if it is Latin; Kazakh endings stay."""
    return _english(word) if is_latin(word) else _russian(word)


def root(word: str) -> str:
    """The same as it is written."""
    return str((_ENGLISH if is_latin(word) else _RUSSIAN).stemWord(word))


def _russian(word: str) -> str:
    return skeleton(_RUSSIAN.stemWord(word.replace("ё", "е")))


def _english(word: str) -> str:
    return str(_ENGLISH.stemWord(word.partition("'")[0]))
