"""`qyzmet registry undo`: put back what stood before the last import."""

import asyncio
from typing import Annotated

import typer

from cli.local_database import ready_database
from cli.options import AsJson, DatabaseUrl
from cli.registry_check import print_json
from cli.registry_transfer import user_name
from cli.say import say
from cli.settings import Settings
from kernel.clock import SystemClock
from registry_data.imports import KeptImport
from registry_data.undoing import ChangedSinceError, NothingToUndoError, UndoImport


def undo(
    by: Annotated[str, typer.Option(help="Who undoes it, for the history.")] = "",
    database: DatabaseUrl = None,
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Undo the last import that was not undone yet; again for the one before."""
    try:
        undone = asyncio.run(_undo(database or Settings().database_url, by or user_name()))
    except (NothingToUndoError, ChangedSinceError) as error:
        say(f"{error}. Nothing was undone.")
        raise typer.Exit(1) from error
    restored = {name: sorted(records) for name, records in undone.before.items() if records}
    if as_json:
        print_json({"undone": undone.number, "by": undone.by, "restored": restored})
    else:
        counted = ", ".join(f"{len(keys)} {name}" for name, keys in restored.items())
        typer.echo(f"Undid the import of {undone.by}: {counted} are as they were before it.")


async def _undo(url: str, by: str) -> KeptImport:
    async with ready_database(url) as database:
        return await UndoImport(unit_of_work=database.unit_of_work)(by=by, at=SystemClock().now())
