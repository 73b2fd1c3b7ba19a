"""`qyzmet registry completeness`: how much the cards hold."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from cli.local_database import ready_database
from cli.options import AsJson, DatabaseUrl
from cli.registry_check import print_json
from cli.say import say
from cli.settings import Settings
from kernel.clock import SystemClock, almaty_date
from registry_data.completeness import Completeness, completeness
from registry_data.contents import Registry, load_registry
from registry_data.faults import FaultsError
from registry_data.queries import read_registry


def measure(
    folder: Annotated[
        Path | None,
        typer.Argument(exists=True, file_okay=False, help="The registry's files instead of the database."),
    ] = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,  # noqa: FBT002  an option of the command line
) -> None:
    """Count what the cards hold of the ten items of Law 88-V Art. 14, and what is wrong with them."""
    url = database or Settings().database_url
    registry = registry_of_files(folder) if folder else asyncio.run(_registry_of_database(url))
    measured = completeness(registry, almaty_date(SystemClock().now()))
    if as_json:
        print_json(measured.document())
    else:
        typer.echo("\n".join(_lines(measured)))


def registry_of_files(folder: Path) -> Registry:
    """Exits with 1 where the files hold faults."""
    try:
        return load_registry(folder)
    except FaultsError as error:
        say(str(error))
        raise typer.Exit(1) from error


async def _registry_of_database(url: str) -> Registry:
    async with ready_database(url) as database, database.session() as session:
        return await read_registry(session)


def _lines(measured: Completeness) -> list[str]:
    place = "/".join(measured.least_place)
    others = measured.cards - measured.under_5
    items = [f"  {item}: {count}" for item, count in measured.items.items()]
    return [
        f"cards: {measured.cards}, holding",
        *items,
        f"nine items or all ten: {measured.at_least_9}",
        f"under five items: {measured.under_5}, of these complete signposts: {measured.signposts}",
        f"with a source that is no act and no official page: {measured.unofficial_sources}",
        f"of a lapsed act, without a mark: {measured.lapsed}",
        f"wholly in English: {measured.english}",
        f"routed in {place}, where the fewest are: {measured.routed_least} of {others}",
    ]
