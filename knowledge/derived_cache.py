"""Cache of values derived from one version of the registry, such as rendered screens."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from cachetools import LRUCache

Value = TypeVar("Value")

MAX_ENTRIES = 2_000  # about ten kilobytes each


class DerivedCache:
    """LRU cache: many people ask for the same card on the same day."""

    def __init__(self, most: int = MAX_ENTRIES) -> None:
        self._values: LRUCache[Hashable, Any] = LRUCache(most)

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value cached under `key`, or else the result of `make`. The key must contain everything it
        depends on.
        """
        value: Value | None = self._values.get(key)
        if value is None:
            value = self._values[key] = make()
        return value
