"""Texts as typed carelessly: one mistake, no Kazakh letters, Latin letters, the wrong keyboard layout."""

import random
from collections.abc import Iterator

from knowledge.typed_text import KAZAKH_LETTERS, is_cyrillic

FOLDED = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ")
LATIN = str.maketrans(
    {
        **dict(zip("абвгдезийклмнопрстуфыэәғқңөұүһі", "abvgdeziiklmnoprstufyeagqnouuhi", strict=True)),
        "ё": "yo",
        "ж": "zh",
        "х": "h",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "sh",
        "ъ": "",
        "ь": "",
        "ю": "yu",
        "я": "ya",
    }
)
CYRILLIC_KEYS = "йцукенгшщзхъфывапролджэячсмитьбюё" + "әіңғүұқөһ"
ENGLISH_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`" + "2345890-="
TO_ENGLISH_KEYS = str.maketrans(CYRILLIC_KEYS, ENGLISH_KEYS)


def with_a_mistake(text: str, pick: random.Random) -> str:
    """One letter of one word of four letters or more dropped, doubled, swapped with the next or replaced."""
    words = text.split()
    long = [at for at, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
    if not long:
        return text
    at = pick.choice(long)
    word, place = words[at], pick.randrange(1, len(words[at]) - 1)
    alphabet = "абвгдезиклмнопрстуфыя" if is_cyrillic(word.lower()) else "abcdefghijklmnoprstuvy"
    words[at] = pick.choice(
        [
            word[:place] + word[place + 1 :],
            word[:place] + word[place] + word[place:],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            word[:place] + pick.choice(alphabet) + word[place + 1 :],
        ]
    )
    return " ".join(words)


def spellings(text: str) -> Iterator[tuple[str, str]]:
    """The text unchanged and, if Cyrillic, in the other common spellings."""
    yield "as is", text
    lower = text.lower()
    if not is_cyrillic(lower):
        return
    if not KAZAKH_LETTERS.isdisjoint(lower):
        yield "folded", text.translate(FOLDED)
    yield "latin", lower.translate(LATIN)
    yield "layout", lower.translate(TO_ENGLISH_KEYS)
