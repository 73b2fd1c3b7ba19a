"""The tags of Telegram's HTML and the entities that they become."""

from dataclasses import dataclass

import telegram

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
}
# The extra field of an entity of this kind and the attribute that it comes from.
DETAILS = {
    "text_link": ("url", "href"),
    "custom_emoji": ("custom_emoji_id", "emoji-id"),
    "pre": ("language", "class"),
}
LANGUAGE = "language-"


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlTag:
    """An open tag; `offset`: start of its text in UTF-16 code units."""

    name: str
    attributes: dict[str, str]
    offset: int


def entity(tag: HtmlTag, size: int, parent: HtmlTag | None) -> telegram.MessageEntity | None:
    """The entity of a tag with `size` code units of text; None for an empty one or a link without a URL."""
    if not size or (parent and _names_the_language(tag, parent)):
        return None
    kind = KINDS[tag.name]
    if kind == "blockquote" and "expandable" in tag.attributes:
        kind = "expandable_blockquote"
    field, attribute = DETAILS.get(kind, ("", ""))
    value = tag.attributes.get(attribute, "")
    if kind == "pre":
        value = value.removeprefix(LANGUAGE) if value.startswith(LANGUAGE) else ""
    if kind == "text_link" and not value:
        return None
    wire = {"type": kind, "offset": tag.offset, "length": size} | ({field: value} if value else {})
    return telegram.MessageEntity.de_json(wire, None)


def _names_the_language(tag: HtmlTag, parent: HtmlTag) -> bool:
    """Whether this is the code in `<pre><code class="language-x">`, a single block with a language."""
    if tag.name != "code" or parent.name != "pre" or tag.offset != parent.offset:
        return False
    parent.attributes.update(tag.attributes)
    return True
