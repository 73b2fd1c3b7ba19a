"""What the garbage collector need not look at: the registry and its index live as long as the process."""

import gc

_NEW_OBJECTS = (
    10_000  # between two looks at the youngest; an answer makes some thousands, nearly all short-lived
)


def freeze_long_lived() -> None:
    """Once a process has started: never look again through what is there now, and less often at what is new.

    The index has hundreds of thousands of objects; a look through all of them stops every answer meanwhile.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 10, 10)
