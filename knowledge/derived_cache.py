"""What callers derive from one version of the registry, such as rendered screens."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from cachetools import LRUCache

Value = TypeVar("Value")

MOST_KEPT = 2_000  # some ten kilobytes each


class DerivedCache:
    """Many people ask for the same card on the same day: keep the most recently used values."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._values: LRUCache[Hashable, Any] = LRUCache(most)

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value stored under `key`, otherwise what `make` returns. A key names all it depends on."""
        value: Value | None = self._values.get(key)
        if value is None:
            value = self._values[key] = make()
        return value
