"""Forwarded messages: the original content and sender."""

from typing import Any

import telegram

CONTENT = (
    "text",
    "entities",
    "caption",
    "caption_entities",
    "document",
    "photo",
    "voice",
    "video",
    "sticker",
    "contact",
    "location",
)


def content(original: telegram.Message) -> dict[str, Any]:
    """The fields of the forwarded message."""
    fields = {name: getattr(original, name) for name in CONTENT}
    return fields | {"forward_origin": original.forward_origin or _origin(original)}


def _origin(original: telegram.Message) -> telegram.MessageOrigin:
    if original.from_user is None:
        return telegram.MessageOriginChannel(original.date, original.chat, original.message_id)
    return telegram.MessageOriginUser(original.date, original.from_user)
