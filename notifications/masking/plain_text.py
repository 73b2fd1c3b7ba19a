"""A text as its reader understands it: digits of every script plain, what is invisible left out; pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

Span = tuple[int, int]  # of the plain text

HIDDEN = "███"
BLANK = "\x01"  # stands in for what a later finder must not see; neither a letter nor a space
_UNSEEN = {"Cf", "Mn", "Me", "Cc", "Co", "Cs"}  # zero widths, joiners, keycaps, accents
_DOTS, _SLASHES = "·•․。｡．‧∙", "⁄∕／⧸"
_LETTER_AS_DIGIT = re.compile(r"(?<=\d\d)[lIІЗз](?=\d\d)")
_LETTER_AS_ZERO = re.compile(r"(?<=\d)[OoОоｏ](?=[\dOoОо])|(?<=\d)[OoОо](?=[ \-]\d)")


@dataclass(frozen=True, slots=True)
class PlainText:
    """`plain` is read by the finders; `places` holds where each of its characters stands in `original`."""

    original: str
    plain: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Self:
        original = unicodedata.normalize("NFC", text).replace("\0", "")  # PostgreSQL's text cannot hold NUL
        read = [(_plain(sign), place) for place, sign in enumerate(original)]
        kept = [(sign, place) for sign, place in read if sign]
        plain = "".join(sign for sign, _ in kept)
        plain = _LETTER_AS_ZERO.sub("0", plain)
        plain = _LETTER_AS_DIGIT.sub(lambda letter: "3" if letter[0] in "Зз" else "1", plain)
        return cls(original, plain, tuple(place for _, place in kept))

    def hide(self, spans: Iterable[Span]) -> str:
        """The original text with each span, and what is unseen within it, replaced by one mask."""
        parts, at = [], 0
        for start, end in joined(spans):
            parts += [self.original[at : self.places[start]], HIDDEN]
            at = self.places[end] if end < len(self.places) else len(self.original)
        return "".join([*parts, self.original[at:]])


def joined(spans: Iterable[Span]) -> list[Span]:
    """Sorted, and those that overlap or touch made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def without(plain: str, spans: Iterable[Span]) -> str:
    """The text with the spans blanked, so that no later finder reads or crosses them."""
    for start, end in joined(spans):
        plain = plain[:start] + BLANK * (end - start) + plain[end:]
    return plain


def found(pattern: re.Pattern[str], plain: str, group: int | str = 0) -> Iterable[Span]:
    return (match.span(group) for match in pattern.finditer(plain) if match.span(group) != (-1, -1))


def _plain(sign: str) -> str:
    """One character, or none for what cannot be seen."""
    if sign in "~∼〜～":
        return "-"
    if sign.isascii():
        return " " if sign in "\t\n\r\v\f" else sign if sign.isprintable() else ""
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(sign)
    if category in _UNSEEN or sign in "\u115f\u1160\u3164\uffa0":
        return ""
    if category.startswith("Z"):
        return " "
    return _plain_mark(sign, category)


def _plain_mark(sign: str, category: str) -> str:
    """Dashes, dots and slashes of every form, and letters of full width or drawn for formulas."""
    if category == "Pd" or sign in "−⁻₋﹣":
        return "-"
    if sign in _DOTS:
        return "."
    if sign in _SLASHES:
        return "/"
    if "\uff01" <= sign <= "\uff5e":
        return chr(ord(sign) - 0xFEE0)
    simple = unicodedata.normalize("NFKC", sign) if ord(sign) >= 0x1D400 or "Ⓐ" <= sign <= "ⓩ" else sign
    return simple if len(simple) == 1 else sign
