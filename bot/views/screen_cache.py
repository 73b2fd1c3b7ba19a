"""Screens that were written already: many people ask for the same card on the same day."""

from collections.abc import Callable, Hashable

from cachetools import LRUCache

from bot.views.screen import Screen

MOST_KEPT = 2_000  # some ten kilobytes each


class ScreenCache:
    def __init__(self, most: int = MOST_KEPT) -> None:
        self._screens: LRUCache[Hashable, Screen] = LRUCache(most)

    def screen(self, key: Hashable, write: Callable[[], Screen]) -> Screen:
        """The screen kept under `key`, else what `write` answers. A key names all that the screen shows."""
        kept: Screen | None = self._screens.get(key)
        if kept is None:
            kept = self._screens[key] = write()
        return kept
