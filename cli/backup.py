"""`qyzmet database backup` and `restore`."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import asdict
from datetime import UTC
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy.exc import SQLAlchemyError

from cli.options import AsJson
from cli.say import say
from cli.settings import Settings
from database.backup.archive import Backup, DataLocation
from database.backup.manifest import BackupError, Manifest
from database.backup.snapshots import Snapshots
from database.engine import Database
from kernel.clock import SystemClock

Url = Annotated[str | None, typer.Option("--database", help="The database; the settings' if not given.")]
Files = Annotated[Path | None, typer.Option(help="The folder of people's files; the settings' if not given.")]
Tools = Annotated[Path | None, typer.Option(help="The folder of pg_dump and pg_restore, if not on the path.")]


def backup(
    to: Annotated[
        Path | None, typer.Argument(help="The archive; one named by the time if not given.")
    ] = None,
    url: Url = None,
    files: Files = None,
    tools: Tools = None,
    as_json: AsJson = False,  # noqa: FBT002  an option of the command line
) -> None:
    """Save the database and people's files to one archive, while the bot goes on."""
    now = SystemClock().now()
    target = to or Path(f"qyzmet-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.tar.gz")
    if target.exists():
        say(f"{target} is there already.")
        raise typer.Exit(1)
    saver = Backup(snapshots=Snapshots(tools=tools))
    manifest = _done(_with_location(url, files, lambda place: saver.save(place, target, now)))
    _print_result(target, manifest, as_json=as_json)
    say("The keys of QYZMET_DATA_KEY are not in it: keep them elsewhere, nothing opens without them.")


def restore(
    source: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The archive.")],
    url: Url = None,
    files: Files = None,
    tools: Tools = None,
    as_json: AsJson = False,  # noqa: FBT002  an option of the command line
) -> None:
    """Read an archive back into an empty database and an empty folder, and compare."""
    reader = Backup(snapshots=Snapshots(tools=tools))
    manifest = _done(_with_location(url, files, lambda place: reader.restore(source, place)))
    _print_result(source, manifest, as_json=as_json)


async def _with_location(
    url: str | None, files: Path | None, work: Callable[[DataLocation], Awaitable[Manifest]]
) -> Manifest:
    settings = Settings()
    database = Database(url or settings.database_url)
    try:
        return await work(DataLocation(database=database, files=files or settings.files))
    finally:
        await database.dispose()


def _done(work: Coroutine[Any, Any, Manifest]) -> Manifest:
    try:
        return asyncio.run(work)
    except (BackupError, SQLAlchemyError, OSError) as error:
        say(str(error).partition("\n")[0])
        raise typer.Exit(1) from error


def _print_result(archive: Path, manifest: Manifest, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({"archive": str(archive)} | asdict(manifest), indent=1))
        return
    rows = sum(manifest.rows.values())
    typer.echo(f"{archive}: {rows} rows of {len(manifest.rows)} tables, {manifest.files} files.")
