"""Runs a command's work in one unit of work and prints rule violations as plain sentences."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import typer

from cli.local_database import ready_database
from cli.say import say
from cli.settings import Settings
from database.engine import UnitOfWork
from kernel.errors import DomainError
from kernel.language import Language
from localisation.error_messages import error_message
from localisation.translations import Translations

T = TypeVar("T")


def run_in_transaction(url: str | None, work: Callable[[UnitOfWork], Awaitable[T]]) -> T:
    """Run `work` in a unit of work; exits with 1 on a DomainError."""
    try:
        return asyncio.run(_run_in_transaction(url or Settings().database_url, work))
    except DomainError as error:
        say(error_message(Translations.load(), Language.EN, error))
        raise typer.Exit(1) from error


async def _run_in_transaction(url: str, work: Callable[[UnitOfWork], Awaitable[T]]) -> T:
    async with ready_database(url) as database, database.unit_of_work() as unit:
        return await work(unit)
