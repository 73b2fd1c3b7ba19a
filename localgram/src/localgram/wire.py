"""Serialises results."""

from typing import Any

import telegram

# python-telegram-bot has False for these where Telegram sends nothing.
UNSENT = frozenset(
    {"delete_chat_photo", "group_chat_created", "supergroup_chat_created", "channel_chat_created"}
)


def to_wire(result: Any) -> Any:
    """The result of a call as JSON values."""
    if isinstance(result, telegram.TelegramObject):
        return _sent(result.to_dict())
    if isinstance(result, list | tuple):
        return [to_wire(item) for item in result]
    return result


def _sent(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _sent(inner) for name, inner in value.items() if name not in UNSENT}
    if isinstance(value, list):
        return [_sent(inner) for inner in value]
    return value
