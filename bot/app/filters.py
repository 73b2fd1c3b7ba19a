"""Filters shared by several routers.

aiogram runs a bare magic filter (`F.…`) in a thread; a `Filter` stays on the event loop. A message passes a
dozen of them.
"""

from typing import Any

from aiogram import F
from aiogram.enums import ChatType
from aiogram.filters import Filter
from aiogram.types import TelegramObject
from magic_filter import MagicFilter


class Matches(Filter):
    """Wraps a magic filter."""

    def __init__(self, magic: MagicFilter) -> None:
        self._magic = magic

    async def __call__(self, event: TelegramObject) -> Any:
        return self._magic.resolve(event)


PRIVATE = Matches(F.chat.type == ChatType.PRIVATE)
IN_GROUP = Matches(F.chat.type != ChatType.PRIVATE)
WORDS = Matches(F.text | F.caption)
