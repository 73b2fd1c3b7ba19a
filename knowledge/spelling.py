"""Undo Latin transliteration and wrong keyboard layouts."""

import re
from functools import lru_cache
from typing import Final

from knowledge.letters import normalise

_ENGLISH_KEYS: Final = "qwertyuiop[]asdfghjkl;'zxcvbnm,./`"
_RUSSIAN_KEYS: Final = "йцукенгшщзхъфывапролджэячсмитьбю.ё"
_ENGLISH_SHIFTED: Final = 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?~'
# The Kazakh layout is the Russian one with nine letters on the row of digits.
_KAZAKH_KEYS: Final = {
    "2": "ә", "3": "і", "4": "ң", "5": "ғ", "8": "ү", "9": "ұ", "0": "қ", "-": "ө", "=": "һ",
    "@": "ә", "#": "і", "$": "ң", "%": "ғ", "*": "ү", "(": "ұ", ")": "қ", "_": "ө", "+": "һ",
}  # fmt: skip

_TO_RUSSIAN: Final = str.maketrans(_ENGLISH_KEYS + _ENGLISH_SHIFTED, _RUSSIAN_KEYS + _RUSSIAN_KEYS)
_TO_KAZAKH: Final = _TO_RUSSIAN | str.maketrans(_KAZAKH_KEYS)
_TO_ENGLISH: Final = str.maketrans(_RUSSIAN_KEYS.replace(".", "/"), _ENGLISH_KEYS)

# The result becomes a skeleton, so letters may be approximate: i and y may be і, ы, и or й.
_LATIN_TO_CYRILLIC: Final = {
    "shch": "щ", "sch": "щ",
    "sh": "ш", "ch": "ч", "zh": "ж", "dzh": "ж", "dj": "ж", "kh": "х", "gh": "ғ", "ts": "ц", "tz": "ц",
    "ya": "я", "yu": "ю", "yo": "ё", "ye": "е", "ia": "я", "iu": "ю", "ja": "жа",
    "a'": "ә", "g'": "ғ", "i'": "и", "n'": "ң", "o'": "ө", "u'": "ү", "s'": "ш", "c'": "ч", "y'": "у",
    "a": "а", "b": "б", "c": "ц", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х", "i": "и", "j": "ж",
    "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "қ", "r": "р", "s": "с", "t": "т",
    "u": "у", "v": "в", "w": "у", "x": "х", "y": "ы", "z": "з",
    "á": "ә", "ä": "ә", "à": "ә", "â": "ә", "é": "е", "è": "е", "ê": "е", "ë": "е",
    "ı": "ы", "í": "и", "ï": "и",
    "ī": "и", "ń": "ң", "ñ": "ң", "ň": "ң", "ŋ": "ң", "ó": "ө", "ö": "ө", "ô": "ө", "ú": "ү", "ü": "ү",
    "ū": "ұ",
    "ù": "ү", "û": "ү", "ý": "у", "ÿ": "ы", "ǵ": "ғ", "ğ": "ғ", "ģ": "ғ", "ş": "ш", "š": "ш", "ś": "ш",
    "ç": "ч", "ć": "ч", "č": "ч", "ž": "ж", "ż": "ж", "ź": "ж", "'": "",
}  # fmt: skip
_LATIN_LETTERS: Final = re.compile(
    "|".join(map(re.escape, sorted(_LATIN_TO_CYRILLIC, key=len, reverse=True)))
)


@lru_cache(maxsize=20_000)
def to_cyrillic(word: str) -> str:
    """A normalised Latin word in Kazakh or Russian spelling; other letters stay."""
    return _LATIN_LETTERS.sub(lambda found: _LATIN_TO_CYRILLIC[found[0]], word)


def layouts(text: str) -> tuple[str, ...]:
    """`text` as if typed in another keyboard layout: Russian, Kazakh, English; normalised."""
    lowered = text.casefold()
    return (
        normalise(text.translate(_TO_RUSSIAN)),
        normalise(text.translate(_TO_KAZAKH)),
        normalise(lowered.translate(_TO_ENGLISH)),
    )
