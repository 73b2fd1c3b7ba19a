"""Screens that were written already: many people ask for the same card on the same day."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from cachetools import LRUCache

Screen = TypeVar("Screen")  # whatever a view makes: this module needs none of Telegram's types

MOST_KEPT = 2_000  # some ten kilobytes each


class ScreenCache:
    def __init__(self, most: int = MOST_KEPT) -> None:
        self._screens: LRUCache[Hashable, Any] = LRUCache(most)

    def screen(self, key: Hashable, write: Callable[[], Screen]) -> Screen:
        """The screen kept under `key`, else what `write` answers. A key names all that the screen shows."""
        kept: Screen | None = self._screens.get(key)
        if kept is None:
            kept = self._screens[key] = write()
        return kept
