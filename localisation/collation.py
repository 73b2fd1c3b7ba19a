"""The order of the Kazakh alphabet, which holds the Russian one: Қ after К, Ұ after У."""

ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_PLACES = {letter: chr(0xE000 + place) for place, letter in enumerate(ALPHABET)}


def in_order(text: str) -> str:
    """A key for `sorted`: Latin letters and digits first, capitals as small letters."""
    return "".join(_PLACES.get(letter, letter) for letter in text.casefold())
