"""Screens that were written already: many people ask for the same card on the same day."""

from collections import OrderedDict
from collections.abc import Callable, Hashable

from bot.views.screen import Screen

MOST_KEPT = 2_000  # some ten kilobytes each


class ScreenShelf:
    """Keeps what was asked for lately; what was asked for longest ago makes room."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Screen] = OrderedDict()

    def screen(self, key: Hashable, write: Callable[[], Screen]) -> Screen:
        """The screen kept under `key`, else what `write` answers. A key names all that the screen shows."""
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = write()
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        return kept
