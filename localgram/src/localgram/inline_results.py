"""Inline results: checked when the bot offers them, sent when a person chooses one."""

from typing import Any

from localgram.arguments import Arguments
from localgram.entities.text import FormattedText, read_text
from localgram.errors import bad_request
from localgram.markup import inline_from

LONGEST_ID_BYTES = 64


def read_result(item: Any) -> dict[str, Any]:
    """The result, unchanged; raises a 400 if Telegram would not show it. Only articles are supported."""
    if not isinstance(item, dict):
        raise bad_request("can't parse inline query result: Inline query result must be an object")
    if item.get("type") != "article":
        kind = item.get("type")
        raise bad_request(f'can\'t parse inline query result: type "{kind}" is unsupported')
    if not 0 < len(str(item.get("id", "")).encode()) <= LONGEST_ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    if not str(item.get("title", "")).strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    message_text(item)
    inline_from(item.get("reply_markup"))
    return item


def message_text(item: dict[str, Any]) -> FormattedText:
    """The text that choosing this result sends."""
    content = item.get("input_message_content")
    if not isinstance(content, dict) or "message_text" not in content:
        raise bad_request("can't parse inline query result: Input message content is not specified")
    return read_text(Arguments(values=content), "message_text")
