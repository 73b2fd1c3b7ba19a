"""Splits a text of Telegram's HTML into messages that Telegram takes; nothing is lost.

Telegram counts UTF-16 units after it has read tags and character references.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Self

MESSAGE_UNITS = 4096
CAPTION_UNITS = 1024
MOST_TAGS = 100  # Telegram drops the marks of a message beyond these
MOST_BYTES = 30_000  # the Bot API refuses a text of 32 KiB, markup included
_TOKEN = re.compile(r"<[^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-z]+);|[^<&]+|[<&]")
_ONE_UNIT = "\uffff"  # the last character of one UTF-16 unit
_SPACE = " \n\t\u00a0"
_SENTENCE_END = re.compile(r"[.!?…]['\"»”’)]*$")
_BLOCKS = {"blockquote", "pre"}  # long by nature: a cut inside does no harm
_PARAGRAPH, _LINE, _WORD, _CHARACTER, _NOWHERE = 8, 6, 4, 2, -9
_IN_A_TAG = 5  # how much worse a cut is where a tag has to be closed and opened again


def units(text: str) -> int:
    """UTF-16 code units; a lone surrogate is one."""
    if not text or max(text) <= _ONE_UNIT:
        return len(text)
    return len(text) + sum(map(_ONE_UNIT.__lt__, text))


@dataclass(frozen=True, slots=True)
class _Token:
    """What is never cut: a tag, a character reference, or what a reader sees as one character."""

    raw: str
    shown: str  # empty for a tag
    size: int
    weight: int  # bytes

    @classmethod
    def of(cls, raw: str, shown: str) -> Self:
        return cls(raw, shown, units(shown), len(raw.encode("utf-8", "surrogatepass")))

    @property
    def opens(self) -> bool:
        return not self.shown and not self.raw.startswith("</")


@dataclass(slots=True)
class _Part:
    """Tokens of one message. `reopened` are the tags that were open where the part before it ends."""

    reopened: tuple[str, ...]
    tokens: list[_Token] = field(default_factory=list)
    size: int = 0
    weight: int = 0
    tags: int = 0

    def __post_init__(self) -> None:
        self.weight, self.tags = sum(map(len, self.reopened)), len(self.reopened)

    def takes(self, token: _Token, limit: int) -> bool:
        fits = self.size + token.size <= limit and self.weight + token.weight <= MOST_BYTES
        return fits and self.tags + token.opens <= MOST_TAGS

    def add(self, token: _Token) -> None:
        self.tokens.append(token)
        self.size += token.size
        self.weight += token.weight
        self.tags += token.opens


def split_html(text: str, limit: int = MESSAGE_UNITS, first: int | None = None) -> list[str]:
    """The text in parts of at most `limit` units, the first of at most `first`, at ends of sentences.

    No tag, character reference or joined character is cut; tags that are open at a cut are closed, and
    opened again in the next part.
    """
    room = first or limit
    if units(text) <= room and text.count("<") <= MOST_TAGS:
        return [text]
    return _split(list(_tokens(text, min(room, limit))), limit, room)


def split_plain(text: str, limit: int = MESSAGE_UNITS, first: int | None = None) -> list[str]:
    """The same for a text without markup."""
    room = first or limit
    if units(text) <= room:
        return [text]
    return _split([_Token.of(one, one) for one in _characters(text, min(room, limit))], limit, room)


def _split(tokens: list[_Token], limit: int, room: int) -> list[str]:
    found: list[str] = []
    part, waiting = _Part(()), tokens[::-1]
    while waiting:
        token = waiting.pop()
        if not part.tokens and token.shown.isspace() and found:
            continue
        if part.takes(token, room) or not part.tokens:
            part.add(token)
            continue
        at = _cut(part)
        waiting += [token, *reversed(part.tokens[at:])]
        still_open = _open_after(part.reopened, part.tokens[:at])
        found.append(_closed(part, at, still_open))
        part, room = _Part(still_open), limit
    found.append(_closed(part, len(part.tokens), ()))
    return [one for one in found if _shows(one)]


def _tokens(text: str, limit: int) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        raw = match.group()
        if raw[0] == "<" and len(raw) > 1:
            yield _Token.of(raw, "")
        elif raw[0] == "&" and len(raw) > 1:
            yield _Token.of(raw, _referred(raw))
        else:
            yield from (_Token.of(one, one) for one in _characters(raw, limit))


def _referred(raw: str) -> str:
    from html import unescape  # noqa: PLC0415  of long texts alone

    return unescape(raw)


def _characters(text: str, limit: int) -> Iterator[str]:
    """What readers see as characters; one that fills a message by itself comes in pieces."""
    for one in _clusters().findall(text):
        if units(one) <= limit // 8:
            yield one
        else:
            yield from one


@cache
def _clusters() -> Any:
    import regex  # noqa: PLC0415  of long texts alone

    return regex.compile(r"\X")


def _cut(part: _Part) -> int:
    """The index of the token that begins the next part: the last of the best ends in the second half."""
    size, best, found = 0, _NOWHERE, len(part.tokens)
    still_open = list(part.reopened)
    for at, token in enumerate(part.tokens):
        if size * 2 >= part.size and at:
            rank = _rank(part.tokens, at) - (_IN_A_TAG if _in_a_tag(still_open) else 0)
            if rank >= best:
                best, found = rank, at
        size += token.size
        _follow(still_open, token)
    whole = _rank_of_end(part.tokens) - (_IN_A_TAG if _in_a_tag(still_open) else 0)
    return len(part.tokens) if whole >= best or not found else found


def _rank_of_end(tokens: list[_Token]) -> int:
    """How well the part ends where it is full: what follows is not known to be a new sentence."""
    before = "".join(one.shown for one in tokens[-4:])
    return _LINE if before.endswith("\n") else _WORD if before[-1:] in _SPACE else _CHARACTER


def _rank(tokens: list[_Token], at: int) -> int:
    """How well a part ends before the token: after a paragraph, a line or sentence, or a word."""
    before = "".join(one.shown for one in tokens[max(0, at - 4) : at])
    if before.endswith("\n\n"):
        return _PARAGRAPH
    if before.endswith("\n"):
        return _LINE
    if before[-1:] not in _SPACE or not before:
        return _CHARACTER
    following = tokens[at].shown
    ends = _SENTENCE_END.search(before.rstrip(_SPACE))
    return _LINE if ends and (following.isupper() or not following.isalnum()) else _WORD


def _in_a_tag(still_open: list[str]) -> bool:
    return any(_name(one) not in _BLOCKS for one in still_open)


def _open_after(reopened: tuple[str, ...], tokens: list[_Token]) -> tuple[str, ...]:
    still_open = list(reopened)
    for token in tokens:
        _follow(still_open, token)
    return tuple(still_open)


def _follow(still_open: list[str], token: _Token) -> None:
    if token.shown:
        return
    if not token.raw.startswith("</"):
        still_open.append(token.raw)
    elif still_open:
        still_open.pop()


def _closed(part: _Part, at: int, still_open: tuple[str, ...]) -> str:
    body = "".join(one.raw for one in part.tokens[:at]).strip(_SPACE)
    return "".join(part.reopened) + body + "".join(f"</{_name(one)}>" for one in reversed(still_open))


def _name(tag: str) -> str:
    return re.split(r"[\s>]", tag[1:], maxsplit=1)[0]


def _shows(text: str) -> bool:
    return bool(re.sub(r"<[^<>]*>|\s", "", text))
