"""What a database is asked: the statements that are executed inside a block."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event


@contextmanager
def statements(about: str = "") -> Iterator[list[tuple[str, Any]]]:
    """Each with its values, on any database; `about` is a part of the text of those that count."""
    seen: list[tuple[str, Any]] = []

    def note(*given: Any) -> None:
        if about in given[2]:
            seen.append((given[2], given[3]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)
