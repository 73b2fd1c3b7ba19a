"""Letters that look alike: Latin ones inside Cyrillic words, and the many dashes, spaces and quotes."""

import re
import unicodedata

_LATIN = "aceopxyikhABCEHIKMOPTXYh"
_CYRILLIC = "асеорхуікһАВСЕНІКМОРТХУһ"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_CYRILLIC_LETTER = re.compile(r"[\u0400-\u052f]")
_LATIN_LETTER = re.compile(r"[A-Za-z]")
_WORD = re.compile(r"[A-Za-z\u0400-\u052f]+")
_SPACES = re.compile(r"[\s\u00ad\u200b\ufeff]+")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_QUOTES = re.compile(r"[\"“”„«»]")
_KAZAKH = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)


def mended(text: str) -> str:
    """The text on one line, with Latin letters in Cyrillic words as the Cyrillic ones they stand for."""
    plain = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()
    return _WORD.sub(lambda found: _word(found[0]), plain)


def fold(text: str) -> str:
    """What labels and keywords are compared by: mended, small letters, without ё, quotes, long dashes."""
    small = mended(text).casefold().replace("ё", "е")
    return _SPACES.sub(" ", _QUOTES.sub("", _DASHES.sub("-", small))).strip()


def is_kazakh(text: str) -> bool:
    """Whether the text is Kazakh rather than Russian, by the letters that only Kazakh has."""
    letters = len(_CYRILLIC_LETTER.findall(text))
    return letters > 0 and len(_KAZAKH.findall(text)) * 25 > letters


def _word(word: str) -> str:
    latin, cyrillic = len(_LATIN_LETTER.findall(word)), len(_CYRILLIC_LETTER.findall(word))
    if not latin or latin >= cyrillic + 2:
        return word
    return word.translate(_TO_CYRILLIC) if cyrillic else word


def aligned(text: str) -> str:
    """Small letters, plain dashes, no ё, letter by letter: a match's place is its place in `text` as well."""
    small = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return _DASHES.sub("-", small.replace("ё", "е"))
