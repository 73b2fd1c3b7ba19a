"""The longest texts that a person and an official may send, of the signs that break things."""

from typing import Final

from localgram.entities.text import clean

LONGEST_MESSAGE: Final = 4_096  # UTF-16 units
LONGEST_ANSWER: Final = 4_000  # characters

_PATTERNS: Final = {
    "kazakh": "Құрметті азамат, өтінішіңіз қаралды. ",
    "emoji": "👩🏽‍💻🇰🇿👨‍👩‍👧‍👦 ",
    "rtl": "مرحبا بكم שלום \u202eabc\u202c ",
    "html": "<b>x</i> &amp; <a href='tg://user?id=1'>y</a> &#x26; <script>",
    "markup": "*_`[]()~>#+-=|{}.!\\ ",
    "combining": "e\u0301\u0302\u0303 \u200d\u200b\ufeff",
    "one word": "ұ",
}
KINDS: Final = tuple(_PATTERNS)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def message(kind: str) -> str:
    """A question of 4,096 units, as Telegram counts them."""
    return _filled("", kind, LONGEST_MESSAGE)


def answer(kind: str, number: int) -> str:
    """An official's answer of 4,000 characters at most that begins with its number."""
    return _filled(f"№{number}: ", kind, LONGEST_ANSWER)


def squeezed(text: str) -> str:
    """The text without what Telegram takes away, and white space, which parts of a message end with."""
    return "".join(clean(text).split())


def _filled(begin: str, kind: str, limit: int) -> str:
    pattern, text = _PATTERNS[kind], begin
    while units(text + pattern) <= limit:
        text += pattern
    return text + "." * (limit - units(text))
