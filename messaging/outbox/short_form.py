"""What goes instead of a message that Telegram will never take: the beginning of its words; pure."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any, Final

from messaging.outbox.channel import Call
from messaging.outbox.writing import dumped

SHORT = 700  # characters; the buttons below lead to the rest
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
_SENTENCE_END: Final = re.compile(r"[.!?…](?=\s)|\n")
_MARKUP: Final = ("parse_mode", "entities", "caption_entities", "link_preview_options", "reply_parameters")
_NOT_ABOUT_WORDS: Final = ("rights", "forbidden", "topic_closed", "restricted")


def short_forms(call: Call, description: str) -> Iterator[Call]:
    """Calls to try in turn, each with less in it: without markup, then without buttons and files.

    None for a call without words, and where Telegram refused the chat rather than what was said.
    """
    fields = json.loads(call.payload)
    field = "text" if "text" in fields else "caption"
    words = _beginning(str(fields.get(field) or ""), is_html=fields.get("parse_mode") == "HTML")
    refused = description.lower()
    is_said = call.method.startswith("send") or call.method == "editMessageText"
    if not words or not is_said or any(part in refused for part in _NOT_ABOUT_WORDS):
        return
    plain = {name: value for name, value in fields.items() if name not in _MARKUP} | {field: words}
    yield Call(method=call.method, payload=dumped(plain), files=call.files)
    bare: dict[str, Any] = {"chat_id": fields.get("chat_id"), "text": words}
    yield Call(method="sendMessage", payload=dumped(bare))


def _beginning(text: str, *, is_html: bool) -> str:
    """The first sentences of the text without its tags, in at most SHORT characters."""
    plain = unescape(_TAG.sub("", text)) if is_html else text
    plain = plain.encode("utf-8", "ignore").decode().replace("\0", "").strip()
    if len(plain) <= SHORT:
        return plain
    cut = plain[: SHORT - 1]
    ends = [found.end() for found in _SENTENCE_END.finditer(cut)]
    end = ends[-1] if ends and ends[-1] > SHORT // 2 else (cut.rfind(" ") + 1 or len(cut))
    return cut[:end].rstrip() + "…"
