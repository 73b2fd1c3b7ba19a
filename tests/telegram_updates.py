"""Raw updates, as Telegram sends them."""

import itertools
from typing import Any

_numbers = itertools.count(700_000)


def said(person: int, **content: Any) -> dict[str, Any]:
    """A message of the person in the private chat, with this content."""
    return {
        "message_id": next(_numbers),
        "date": 1_764_000_000,
        "chat": {"id": person, "type": "private", "first_name": "Айгүл"},
        "from": {"id": person, "is_bot": False, "first_name": "Айгүл", "language_code": "ru"},
        **content,
    }
