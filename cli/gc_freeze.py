"""Freezes long-lived objects out of garbage collection."""

import gc

_NEW_OBJECTS = 10_000  # allocations between collections of the youngest generation


def freeze_long_lived() -> None:
    """Exclude everything allocated so far from garbage collection and collect new objects less often.

    The index has hundreds of thousands of objects; scanning all of them would stall every answer.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 10, 10)
