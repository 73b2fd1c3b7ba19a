"""The tags of Telegram's HTML and the entities that they become."""

import re
from dataclasses import dataclass

import telegram

from localgram.entities.errors import parse_error

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "blockquote": "blockquote",
    "tg-time": "date_time",
}
# The extra field of an entity of this kind and the attribute that it comes from.
DETAILS = {
    "text_link": ("url", "href"),  # checked by `link`
    "custom_emoji": ("custom_emoji_id", "emoji-id"),
    "pre": ("language", "class"),
}
EMOJI = re.compile(r"0*[1-9][0-9]{0,18}")
LANGUAGE = "language-"
MENTION = re.compile(r"tg://user/?\?id=([1-9][0-9]{0,15})")
SCHEMES = frozenset({"http", "https", "tg", "ton", "tonsite"})
TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlTag:
    """An open tag; `offset`: start of its text in UTF-16 code units."""

    name: str
    attributes: dict[str, str]
    offset: int


def entity(tag: HtmlTag, size: int, parent: HtmlTag | None) -> telegram.MessageEntity | None:
    """The entity of a tag with `size` code units of text; None for an empty one or a link without a URL.

    Raises a 400 for a custom emoji without its number.
    """
    if not size or (parent and _names_the_language(tag, parent)):
        return None
    kind = KINDS[tag.name]
    if kind == "blockquote" and "expandable" in tag.attributes:
        kind = "expandable_blockquote"
    field, attribute = DETAILS.get(kind, ("", ""))
    value = tag.attributes.get(attribute, "")
    if kind == "pre":
        value = value.removeprefix(LANGUAGE) if value.startswith(LANGUAGE) else ""
    if kind == "custom_emoji" and not EMOJI.fullmatch(value):
        raise parse_error("Invalid custom emoji identifier specified")
    if kind == "text_link":
        return link(value, tag.offset, size)
    if kind == "date_time":
        return _moment(tag, size)
    wire = {"type": kind, "offset": tag.offset, "length": size} | ({field: value} if value else {})
    return telegram.MessageEntity.de_json(wire, None)


def link(url: str, offset: int, size: int) -> telegram.MessageEntity | None:
    """A link or, for tg://user?id=…, a mention; None for an address that Telegram makes no link of."""
    if found := MENTION.fullmatch(url):
        user = telegram.User(int(found[1]), "", is_bot=False)
        return telegram.MessageEntity("text_mention", offset, size, user=user)
    if not is_link(url):
        return None
    return telegram.MessageEntity("text_link", offset, size, url=url)


def is_link(url: str) -> bool:
    scheme, colon, rest = url.partition(":")
    if not colon or "." in scheme or "/" in scheme:  # "egov.kz", "egov.kz:443/x": http is meant
        return "." in url.split("/", maxsplit=1)[0]
    if scheme.lower() not in SCHEMES:
        return False
    host = rest.removeprefix("//").split("/")[0].split("?")[0]
    return scheme.lower() == "tg" or "." in host


def _moment(tag: HtmlTag, size: int) -> telegram.MessageEntity | None:
    unix, shown_as = tag.attributes.get("unix", ""), tag.attributes.get("format", "")
    if not unix.isdecimal() or not TIME_FORMAT.fullmatch(shown_as):
        return None
    wire = {"type": "date_time", "offset": tag.offset, "length": size, "unix_time": int(unix)}
    return telegram.MessageEntity.de_json(wire | ({"date_time_format": shown_as} if shown_as else {}), None)


def _names_the_language(tag: HtmlTag, parent: HtmlTag) -> bool:
    """Whether this is the code in `<pre><code class="language-x">`, a single block with a language."""
    if tag.name != "code" or parent.name != "pre" or tag.offset != parent.offset:
        return False
    parent.attributes.update(tag.attributes)
    return True
