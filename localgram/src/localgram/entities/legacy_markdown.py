"""Parses Telegram's older Markdown, which knows no nesting and few escapes."""

import re

import telegram

from localgram.entities import units
from localgram.entities.errors import parse_error
from localgram.entities.markdown import LANGUAGE
from localgram.entities.tags import HtmlTag, entity, link

ESCAPABLE = frozenset("_*`[")
TAGS = {"_": "i", "*": "b", "`": "code", "```": "pre"}
LINK = re.compile(r"\[([^\]]*)\](?:\(([^)]*)\))?")


def parse(source: str) -> tuple[str, list[telegram.MessageEntity]]:
    """The text without its marks, and its entities; raises a 400 that gives the byte offset of the error."""
    plain, found, at = "", list[telegram.MessageEntity](), 0
    while at < len(source):
        letter = source[at]
        if letter == "\\" and source[at + 1 : at + 2] in ESCAPABLE and at + 1 < len(source):
            plain, at = plain + source[at + 1], at + 2
        elif letter in ESCAPABLE:
            text, marked, at = _marked(source, at, units.length(plain))
            plain += text
            found += [marked] if marked is not None else []
        else:
            plain, at = plain + letter, at + 1
    return plain, found


def _marked(source: str, at: int, offset: int) -> tuple[str, telegram.MessageEntity | None, int]:
    """The text of the entity that begins at `at`, the entity, and the position after it."""
    if source[at] == "[":
        whole = LINK.match(source, at)
        if whole is None:
            raise _unended(source, at)
        text = whole[1]
        return text, link(whole[2] or "", offset, units.length(text)), whole.end()
    mark = "```" if source.startswith("```", at) else source[at]
    end = source.find(mark, at + len(mark))
    if end < 0:
        raise _unended(source, at)
    text, attributes = source[at + len(mark) : end], dict[str, str]()
    if mark == "```" and (language := LANGUAGE.match(text)):
        attributes["class"] = f"language-{language[1]}"
        text = text[language.end() :]
    tag = HtmlTag(name=TAGS[mark], attributes=attributes, offset=offset)
    return text, entity(tag, units.length(text), None), end + len(mark)


def _unended(source: str, at: int) -> Exception:
    where = len(source[:at].encode())
    return parse_error(f"Can't find end of the entity starting at byte offset {where}")
