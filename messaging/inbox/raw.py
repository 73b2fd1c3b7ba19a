"""What an update's raw JSON says, whether or not the installed aiogram can parse it; pure."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeGuard

MESSAGES = ("message", "edited_message")  # the kinds that a person is answered in a chat
_KIND = re.compile(r"[a-z_]{1,40}")
_MAX_ID = 2**63


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Whom to answer: a callback by its id, a private chat with a message; nobody where both are None."""

    chat_id: int | None = None
    callback_id: str | None = None
    language_code: str | None = None


def loaded(payload: str) -> Any:
    """The payload's JSON; None if it is none."""
    try:
        return json.loads(payload)
    except (ValueError, RecursionError):
        return None


def kind_of(raw: Any) -> str:
    """The update's kind, never a word of its content."""
    kinds = [name for name in raw if name != "update_id"] if isinstance(raw, dict) else []
    return kinds[0] if len(kinds) == 1 and _KIND.fullmatch(kinds[0]) else "other"


def chat_of(update: dict[str, Any]) -> int:
    """The chat whose order the update belongs to: its chat, else the sender, else 0."""
    for event in _events(update):
        for holder in (event, _dict(event.get("message"))):
            if number := id_of(holder.get("chat")):
                return number
        if number := id_of(event.get("from")) or id_of(event.get("user")):
            return number
    return 0


def addressee_of(raw: Any) -> Addressee:
    """Who wrote, and where an answer to it is seen; a group or a channel is never answered."""
    update = _dict(raw)
    for event in _events(update):
        sender = _dict(event.get("from"))
        language = sender.get("language_code")
        language = language if isinstance(language, str) else None
        if event is update.get("callback_query"):
            callback = event.get("id")
            return Addressee(
                callback_id=callback if isinstance(callback, str) else None, language_code=language
            )
        chat = id_of(event.get("chat"))
        is_said = any(event is update.get(kind) for kind in MESSAGES)
        if is_said and chat > 0 and sender.get("is_bot") is not True:
            return Addressee(chat_id=chat, language_code=language)
    return Addressee()


def id_of(party: Any) -> int:
    """The id of a chat or person; 0 where there is none that a database could hold."""
    number = _dict(party).get("id")
    return number if is_number(number) else 0


def is_number(value: Any) -> TypeGuard[int]:
    """Whether the value is an integer that a database can hold; a truth value is none."""
    return isinstance(value, int) and not isinstance(value, bool) and -_MAX_ID < value < _MAX_ID


def rich_words(rich: Any) -> str:
    """The words of a rich message, a line for each block, whatever the types of its parts."""
    return "\n".join(filter(None, (line.strip() for line in _lines(rich))))


def _lines(block: Any) -> Iterator[str]:
    if isinstance(block, list):
        for one in block:
            yield from _lines(one)
    elif isinstance(block, dict):
        if "text" in block:
            yield _inline(block["text"])
        for name, value in block.items():
            if name != "text" and isinstance(value, list | dict):
                yield from _lines(value)


def _inline(text: Any) -> str:
    if isinstance(text, str):
        return text
    if isinstance(text, list):
        return "".join(map(_inline, text))
    return _inline(text.get("text")) if isinstance(text, dict) else ""


def _events(update: dict[str, Any]) -> list[dict[str, Any]]:
    return [event for name, event in update.items() if name != "update_id" and isinstance(event, dict)]


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
