"""Parses Telegram's MarkdownV2 into a text with entities."""

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

import telegram

from localgram.entities import units
from localgram.entities.errors import parse_error
from localgram.entities.tags import HtmlTag, entity, link

RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
# Longer marks first: "__" is no two italics.
MARKS = (("```", "pre"), ("__", "u"), ("||", "tg-spoiler"), ("_", "i"), ("*", "b"), ("~", "s"), ("`", "code"))
TITLES = {
    "pre": "Pre",
    "u": "Underline",
    "tg-spoiler": "Spoiler",
    "i": "Italic",
    "b": "Bold",
    "s": "Strikethrough",
    "code": "Code",
    "a": "TextUrl",
    "tg-emoji": "CustomEmoji",
}
LANGUAGE = re.compile(r"([^\s`]*)\n")
ESCAPED_UP_TO = 126
MOMENT = "tg://time?"
EXPANDABLE = "||"
QUOTES = (">", "**>")  # the second begins another quotation right after one


@dataclass(slots=True)
class _Open:
    """A mark that waits for its end; `source_at`: where it stands in the source."""

    tag: str
    offset: int
    source_at: int
    text_at: int
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _MarkdownParser:
    """State of one pass; `size` is the UTF-16 length of the text so far."""

    source: str
    at: int = 0
    size: int = 0
    plain: list[str] = field(default_factory=list)
    opened: list[_Open] = field(default_factory=list)
    found: list[telegram.MessageEntity] = field(default_factory=list)
    quote: int | None = None  # where the open block quotation begins in the text

    def add(self, text: str) -> None:
        self.plain.append(text)
        self.size += units.length(text)
        self.at += len(text)

    @property
    def inside(self) -> str:
        return self.opened[-1].tag if self.opened else ""

    def starts(self, text: str) -> bool:
        return self.source.startswith(text, self.at)

    @property
    def begins_line(self) -> bool:
        return self.at == 0 or self.source[self.at - 1] == "\n"


def parse(source: str) -> tuple[str, list[telegram.MessageEntity]]:
    """The text without its marks, and its entities; raises a 400 that gives the byte offset of the error."""
    reading = _MarkdownParser(source)
    while reading.at < len(source):
        _step(reading)
    if reading.opened:
        raise _unended(reading)
    if reading.quote is not None:
        _end_quote(reading)
    text = "".join(reading.plain)
    return text, sorted(reading.found, key=lambda one: (one.offset, -one.length))


def _step(reading: _MarkdownParser) -> None:
    letter = reading.source[reading.at]
    following = reading.source[reading.at + 1 : reading.at + 2]
    is_code = reading.inside in ("code", "pre")
    if letter == "\\" and following and ord(following) <= ESCAPED_UP_TO:
        reading.at += 1
        reading.add(following)
    elif is_code and letter != "`":
        reading.add(letter)
    elif not is_code and reading.begins_line and (mark := next(filter(reading.starts, QUOTES), "")):
        reading.at += len(mark)
        reading.quote = reading.size if reading.quote is None else reading.quote
    elif letter == "\n" and reading.quote is not None and not reading.source.startswith(">", reading.at + 1):
        _end_quote(reading)
        reading.add(letter)
    elif letter in RESERVED:
        _mark(reading)
    else:
        reading.add(letter)


def _mark(reading: _MarkdownParser) -> None:
    if reading.quote is not None and _ends_expandable(reading):
        reading.at += len(EXPANDABLE)
        _end_quote(reading, expandable=True)
        return
    for mark, tag in MARKS:
        if reading.starts(mark) and (reading.inside not in ("code", "pre") or tag == reading.inside):
            _toggle(reading, mark, tag)
            return
    if reading.inside == "code" or (reading.inside == "pre" and reading.starts("`")):
        reading.add("`")
    elif reading.starts("![") or reading.starts("["):
        mark, tag = ("![", "tg-emoji") if reading.starts("![") else ("[", "a")
        _open(reading, mark, tag)
    elif reading.starts("]") and reading.inside in ("a", "tg-emoji"):
        _close_link(reading)
    else:
        letter = reading.source[reading.at]
        raise parse_error(f"Character '{letter}' is reserved and must be escaped with the preceding '\\'")


def _ends_expandable(reading: _MarkdownParser) -> bool:
    """Whether "||" ends the quotation and no spoiler: it is the last on its line, and no spoiler is open."""
    end = reading.source.find("\n", reading.at)
    line = reading.source[reading.at : end if end >= 0 else None]
    return line == EXPANDABLE and all(one.tag != "tg-spoiler" for one in reading.opened)


def _open(reading: _MarkdownParser, mark: str, tag: str) -> None:
    reading.opened.append(_Open(tag, reading.size, reading.at, len(reading.plain)))
    reading.at += len(mark)
    if tag == "pre" and (language := LANGUAGE.match(reading.source, reading.at)):
        reading.opened[-1].attributes["class"] = f"language-{language[1]}"
        reading.at = language.end()


def _toggle(reading: _MarkdownParser, mark: str, tag: str) -> None:
    if reading.inside != tag:
        _open(reading, mark, tag)
        return
    one = reading.opened.pop()
    reading.at += len(mark)
    _keep(reading, entity(_tag(one), reading.size - one.offset, None))


def _close_link(reading: _MarkdownParser) -> None:
    one = reading.opened.pop()
    reading.at += 1
    url = "".join(reading.plain[one.text_at :])
    if reading.starts("("):
        url = _address(reading, one)
    if one.tag == "a":
        _keep(reading, link(url, one.offset, reading.size - one.offset))
        return
    if url.startswith(MOMENT):
        one.tag, one.attributes = "tg-time", dict(parse_qsl(urlsplit(url).query))
        _keep(reading, entity(_tag(one), reading.size - one.offset, None))
        return
    number = url.removeprefix("tg://emoji?id=")
    if url == number or not number.isdecimal():
        raise parse_error("Custom emoji URL must have an emoji identifier")
    one.attributes["emoji-id"] = number
    _keep(reading, entity(_tag(one), reading.size - one.offset, None))


def _address(reading: _MarkdownParser, one: _Open) -> str:
    """The address in parentheses, its escaped letters restored."""
    address, at = "", reading.at + 1
    while at < len(reading.source) and reading.source[at] != ")":
        if reading.source[at] == "\\" and at + 1 < len(reading.source):
            at += 1
        address += reading.source[at]
        at += 1
    if at == len(reading.source):
        raise parse_error("Can't find end of a URL", reading.source, one.source_at)
    reading.at = at + 1
    return address


def _end_quote(reading: _MarkdownParser, *, expandable: bool = False) -> None:
    if reading.opened and reading.quote is not None and reading.opened[-1].offset >= reading.quote:
        raise _unended(reading)
    start, reading.quote = reading.quote or 0, None
    attributes = {"expandable": ""} if expandable else {}
    tag = HtmlTag(name="blockquote", attributes=attributes, offset=start)
    _keep(reading, entity(tag, reading.size - start, None))


def _tag(one: _Open) -> HtmlTag:
    return HtmlTag(name=one.tag, attributes=one.attributes, offset=one.offset)


def _keep(reading: _MarkdownParser, found: telegram.MessageEntity | None) -> None:
    if found is not None:
        reading.found.append(found)


def _unended(reading: _MarkdownParser) -> Exception:
    one = reading.opened[-1]
    return parse_error(f"Can't find end of {TITLES[one.tag]} entity", reading.source, one.source_at)
