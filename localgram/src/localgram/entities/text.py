"""Texts as Telegram stores them: cleaned, trimmed and with their entities."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import telegram

from localgram.arguments import Arguments
from localgram.entities import legacy_markdown, markdown, units
from localgram.entities.detect import detect
from localgram.entities.html import parse
from localgram.errors import bad_request

LONGEST_TEXT = 4096  # characters, after the tags are taken out
LONGEST_CAPTION = 1024
MOST_ENTITIES = 100
CONTROL = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f]")
INVISIBLE = " \n\u200b"
SURROGATE = re.compile(r"[\ud800-\udfff]")
DROPPED = re.compile(r"[\r\u2028-\u202e]")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormattedText:
    plain: str
    entities: tuple[telegram.MessageEntity, ...] = ()


def clean(text: str) -> str:
    """Replace control characters, drop returns and direction overrides; raises a 400 for a lone surrogate."""
    if SURROGATE.search(text):
        raise bad_request("text must be encoded in UTF-8")
    return DROPPED.sub("", CONTROL.sub(" ", text))


def read_text(arguments: Arguments, name: str = "text") -> FormattedText:
    """The text of a message; raises a 400 if it is empty, over 4096 characters or wrongly marked up."""
    text = _read(arguments, name, "entities")
    if not text.plain.strip(INVISIBLE):
        raise bad_request("message text is empty")
    if len(text.plain) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return text


def read_caption(arguments: Arguments) -> FormattedText:
    """A file's caption, possibly empty; raises a 400 over 1024 characters."""
    text = _read(arguments, "caption", "caption_entities")
    if len(text.plain) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return text


def read_quote(reply: Arguments) -> FormattedText:
    """The quoted part of the message that is replied to."""
    return _read(reply, "quote", "quote_entities", "quote_parse_mode")


def written(text: str) -> FormattedText:
    """What a person typed."""
    plain = clean(text).strip()
    return FormattedText(plain=plain, entities=tuple(detect(plain)))


def _read(
    arguments: Arguments, name: str, entities_name: str, mode_name: str = "parse_mode"
) -> FormattedText:
    source = clean(arguments.text(name))
    mode = arguments.text(mode_name).lower()
    if mode == "html":
        plain, marked = parse(source)
    elif mode == "markdownv2":
        plain, marked = markdown.parse(source)
    elif mode == "markdown":
        plain, marked = legacy_markdown.parse(source)
    elif mode:
        raise bad_request("unsupported parse_mode")
    else:
        plain, marked = source, _given(arguments, entities_name, source)
    trimmed, marked = _trim(plain, marked)
    return FormattedText(plain=trimmed, entities=tuple(detect(trimmed, marked)[:MOST_ENTITIES]))


def _trim(text: str, marked: Sequence[telegram.MessageEntity]) -> tuple[str, list[telegram.MessageEntity]]:
    """The stripped text, with its entities shifted and clipped."""
    leading = units.length(text) - units.length(text.lstrip())
    trimmed = text.strip()
    size = units.length(trimmed)
    kept = []
    for entity in marked:
        start = max(entity.offset - leading, 0)
        end = min(entity.offset + entity.length - leading, size)
        if start < end:
            wire = entity.to_dict() | {"offset": start, "length": end - start}
            kept.append(telegram.MessageEntity.de_json(wire, None))
    return trimmed, kept


def _given(arguments: Arguments, name: str, text: str) -> list[telegram.MessageEntity]:
    fault = f"can't parse {name} JSON object"
    given = arguments.structure(name, fault)
    if given is None:
        return []
    if not isinstance(given, list):
        raise bad_request(fault)
    return [_entity(item, units.length(text)) for item in given]


def _entity(item: Any, size: int) -> telegram.MessageEntity:
    if not isinstance(item, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    for name, kind, title in (("type", str, "String"), ("offset", int, "Number"), ("length", int, "Number")):
        if not isinstance(item.get(name), kind):
            raise bad_request(f'can\'t parse MessageEntity: Field "{name}" must be of type {title}')
    if item["type"] not in telegram.MessageEntity.ALL_TYPES:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    start, end = item["offset"], item["offset"] + item["length"]
    if not 0 <= start <= size:
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {start}")
    if end > size:
        raise bad_request(
            f"entity beginning at UTF-16 offset {start} ends after the end of the text at UTF-16 offset {end}"
        )
    return telegram.MessageEntity.de_json(item, None)
