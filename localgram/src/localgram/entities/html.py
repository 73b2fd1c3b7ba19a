"""Parses Telegram's HTML into a text with entities."""

import re
from dataclasses import dataclass, field

import telegram

from localgram.entities import units
from localgram.entities.attributes import read_attributes
from localgram.entities.errors import parse_error
from localgram.entities.references import decode
from localgram.entities.tags import KINDS, HtmlTag, entity

NAME = re.compile(r"[^\s>]*")
SURROGATE = re.compile(r"[\ud800-\udfff]")
BROKEN = (
    "Text contains invalid Unicode characters after decoding HTML entities, "
    "check for unmatched surrogate code units"
)


@dataclass(slots=True)
class _HtmlParser:
    """State of one pass; `at` is the position in the source, `size` the UTF-16 length of the text so far."""

    source: str
    at: int = 0
    size: int = 0
    plain: list[str] = field(default_factory=list)
    open_tags: list[HtmlTag] = field(default_factory=list)
    found: list[telegram.MessageEntity] = field(default_factory=list)


def parse(source: str) -> tuple[str, list[telegram.MessageEntity]]:
    """The text without its tags, and its entities; raises a 400 that gives the byte offset of the error."""
    reading = _HtmlParser(source)
    while reading.at < len(source):
        _step(reading)
    if reading.open_tags:
        name = reading.open_tags[-1].name
        raise parse_error(f'Can\'t find end tag corresponding to start tag "{name}"')
    text = "".join(reading.plain)
    if SURROGATE.search(text):
        raise parse_error(BROKEN)
    return text, reading.found


def _step(reading: _HtmlParser) -> None:
    source = reading.source
    if source.startswith("</", reading.at):
        _close(reading)
    elif source.startswith("<", reading.at):
        _open(reading)
    else:
        end = source.find("<", reading.at)
        text = decode(source[reading.at : end if end >= 0 else None])
        reading.plain.append(text)
        reading.size += units.length(text)
        reading.at = end if end >= 0 else len(source)


def _open(reading: _HtmlParser) -> None:
    source, start = reading.source, reading.at
    end = _name_end(source, start + 1)
    name = source[start + 1 : end].lower()
    if end == len(source):
        raise parse_error("Unclosed start tag", source, start)
    if name not in KINDS:
        raise parse_error(f'Unsupported start tag "{name}"', source, start)
    attributes, reading.at = read_attributes(source, end, name, start)
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise parse_error('Tag "span" must have class "tg-spoiler"', source, start)
    reading.open_tags.append(HtmlTag(name=name, attributes=attributes, offset=reading.size))


def _close(reading: _HtmlParser) -> None:
    source, start = reading.source, reading.at
    if not reading.open_tags:
        raise parse_error("Unexpected end tag", source, start)
    name_end = _name_end(source, start + 2)
    end = source.find(">", name_end)
    if end < 0 or source[name_end:end].strip():
        raise parse_error("Unclosed end tag", source, start)
    tag, name = reading.open_tags.pop(), source[start + 2 : name_end].lower()
    if name not in ("", tag.name):
        raise parse_error(
            "Unmatched end tag", source, start, f', expected "</{tag.name}>", found "</{name}>"'
        )
    reading.at = end + 1
    parent = reading.open_tags[-1] if reading.open_tags else None
    marked = entity(tag, reading.size - tag.offset, parent)
    if marked is not None:
        reading.found.append(marked)


def _name_end(source: str, at: int) -> int:
    match = NAME.match(source, at)
    return match.end() if match else at
