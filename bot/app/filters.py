"""Filters that more than one router uses.

aiogram runs a bare magic filter (`F.…`) in a thread of its own; as a `Filter` it stays on the event loop. A
message passes a dozen of them on its way to the answer.
"""

from typing import Any

from aiogram import F
from aiogram.enums import ChatType
from aiogram.filters import Filter
from aiogram.types import TelegramObject
from magic_filter import MagicFilter


class Matches(Filter):
    """The event has what the magic filter asks for."""

    def __init__(self, magic: MagicFilter) -> None:
        self._magic = magic

    async def __call__(self, event: TelegramObject) -> Any:
        return self._magic.resolve(event)


PRIVATE = Matches(F.chat.type == ChatType.PRIVATE)
IN_GROUP = Matches(F.chat.type != ChatType.PRIVATE)
WORDS = Matches(F.text | F.caption)
