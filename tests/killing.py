"""Bots in processes of their own that are killed as by `kill -9`, and databases at rest after it."""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkServerContext

from sqlalchemy import text

from database.engine import Database

AT_WORK = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"
)


def forks_of(module: str) -> ForkServerContext:
    """A server that has imported `module` forks a process of it in an instant."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([module])
    return context


@contextmanager
def killed_at_the_end(
    processes: ForkServerContext, run: Callable[[str, str], None], database_url: str, api_url: str
) -> Iterator[None]:
    """`run` in a process of its own, killed when the block is left."""
    process = processes.Process(target=run, args=(database_url, api_url))
    process.start()
    try:
        yield
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        process.close()


async def at_rest(database: Database) -> None:
    """PostgreSQL finishes what a killed client had sent it: a commit may still be on its way."""
    if database.is_sqlite:
        return
    async with asyncio.timeout(60), database.session() as session:
        while await session.scalar(AT_WORK):
            await asyncio.sleep(0.01)
