"""`qyzmet database`: migrate, back up and restore the database, prune backups."""

import asyncio
from typing import Annotated

import typer

from cli.backup import backup, backup_keys, prune_backups, restore
from cli.local_database import make_folder
from cli.say import say
from cli.settings import Settings
from database.engine import Database
from database.roles import grant_rights
from database.upgrade import upgrade

app = typer.Typer(no_args_is_help=True)
app.command()(backup)
app.command(name="keys")(backup_keys)
app.command()(restore)
app.command(name="prune")(prune_backups)


@app.callback()
def database() -> None:
    """The database: bring its tables up to date, save it, restore it."""


@app.command(name="upgrade")
def bring_up_to_date(
    url: Annotated[
        str | None, typer.Option("--database", help="The database; the settings' if not given.")
    ] = None,
) -> None:
    """Bring the tables up to date, and give the roles of deploy/roles.sql their rights on them."""
    asyncio.run(_upgrade(url or Settings().database_url))
    say("The tables are up to date.")


async def _upgrade(url: str) -> None:
    database = Database(url)
    try:
        make_folder(database)
        await upgrade(database)
        await grant_rights(database)
    finally:
        await database.dispose()
