"""What a command does in the database: one unit of work, and a plain sentence where a rule says no."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import typer

from bot.refusals import refusal
from bot.translations import Translations
from cli.local import ready_database, say
from cli.settings import Settings
from database.unit_of_work import UnitOfWork
from deadlines.errors import DomainError
from registry_data.schema import Language

T = TypeVar("T")


def worked(url: str | None, work: Callable[[UnitOfWork], Awaitable[T]]) -> T:
    """Do `work` in a unit of work; exit with 1 where a rule says no."""
    try:
        return asyncio.run(_worked(url or Settings().database_url, work))
    except DomainError as error:
        say(refusal(Translations.load(), Language.EN, error))
        raise typer.Exit(1) from error


async def _worked(url: str, work: Callable[[UnitOfWork], Awaitable[T]]) -> T:
    async with ready_database(url) as database, database.unit_of_work() as unit:
        return await work(unit)
