"""The statements executed inside a block."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.ext.asyncio import AsyncEngine


@contextmanager
def statements(about: str = "", on: AsyncEngine | None = None) -> Iterator[list[tuple[str, Any]]]:
    """Each with its values; `about` is a part of the text of those that count.

    Without `on` every engine of the process counts, also that of a bot shared by other tests.
    """
    seen: list[tuple[str, Any]] = []

    def note(*given: Any) -> None:
        if about in given[2]:
            seen.append((given[2], given[3]))

    target = Engine if on is None else on.sync_engine
    event.listen(target, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(target, "before_cursor_execute", note)
