"""`qyzmet database backup`, `keys`, `restore` and `prune`."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from sqlalchemy.exc import SQLAlchemyError

from cli.keys import key_file, stored_key
from cli.options import AsJson
from cli.personal_tables import personal_data
from cli.say import say
from cli.settings import Settings
from database.backup.backup import Backup, DataLocation, Restored
from database.backup.manifest import BackupError, BackupKey
from database.backup.pruning import backup_name, prune
from database.backup.sealing import Sealing
from database.engine import Database
from kernel.clock import SystemClock

KEY_FILE = "backup.key"
T = TypeVar("T")
Url = Annotated[str | None, typer.Option("--database", help="The database; the settings' if not given.")]
Files = Annotated[Path | None, typer.Option(help="The folder of people's files; the settings' if not given.")]
Tools = Annotated[Path | None, typer.Option(help="The folder of pg_dump and pg_restore, if not on the path.")]


def backup(
    to: Annotated[
        Path | None, typer.Argument(help="The archive, or its folder; one named by the time if not given.")
    ] = None,
    url: Url = None,
    files: Files = None,
    tools: Tools = None,
    as_json: AsJson = False,  # noqa: FBT002  an option of the command line
) -> None:
    """Save the database and people's files to one archive, while the bot goes on."""
    settings, now, recipients = Settings(), SystemClock().now(), _recipients()
    target = to or Path()
    if target.is_dir():
        target /= backup_name(now, encrypted=bool(recipients))
    if target.exists():
        say(f"{target} is there already.")
        raise typer.Exit(1)
    saver = _backup(_made_key(), Sealing(recipients=recipients), tools)
    manifest = _done(_with_location(url, files, lambda place: saver.save(place, target, now)))
    _print_result(target, Restored(manifest=manifest), as_json=as_json)
    say("The keys of QYZMET_DATA_KEY are not in it: keep them elsewhere, nothing opens without them.")
    say("The newest key archive (qyzmet-keys-…) lies beside it. Copy it, too, always over the older copy.")
    _prune(target.parent, settings.backup_days)


def backup_keys(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Where backups are.")],
    url: Url = None,
) -> None:
    """Put the newest key archive beside the backups: what was forgotten since is closed in all of them."""
    now = SystemClock().now()
    saver = _backup(_made_key(), Sealing(recipients=_recipients()))
    written = _done(_with_location(url, None, lambda place: saver.save_keys(place.database, folder, now)))
    typer.echo(str(written))


def restore(  # noqa: PLR0913, PLR0917  options of the command line
    source: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The archive.")],
    url: Url = None,
    files: Files = None,
    tools: Tools = None,
    identity: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="The secret key of encrypted backups.")
    ] = None,
    keys: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="The newest key archive, if elsewhere.")
    ] = None,
    keys_are_lost: Annotated[  # noqa: FBT002  an option of the command line
        bool, typer.Option("--keys-are-lost", help="Restore what is about nobody; everybody is forgotten.")
    ] = False,
    as_json: AsJson = False,  # noqa: FBT002  an option of the command line
) -> None:
    """Read an archive back into an empty database and an empty folder, and compare."""
    reader = _backup(_known_key(), Sealing(identity=identity), tools)

    async def restored(place: DataLocation) -> Restored:
        return await reader.restore(source, place, keys, keys_are_lost=keys_are_lost)

    _print_result(source, _done(_with_location(url, files, restored)), as_json=as_json)


def prune_backups(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Where backups are.")],
    days: Annotated[int | None, typer.Option(min=1, help="The settings' number if not given.")] = None,
) -> None:
    """Delete the backups in FOLDER that are older than the kept number of days."""
    _prune(folder, days or Settings().backup_days)


def _prune(folder: Path, days: int) -> None:
    for path in prune(folder, days, SystemClock().now()):
        say(f"{path} is older than {days} days: deleted.")


def _recipients() -> tuple[str, ...]:
    return tuple(Settings().backup_recipients.replace(",", " ").split())


def _backup(key: BackupKey, sealing: Sealing, tools: Path | None = None) -> Backup:
    return Backup(tools=tools, data=personal_data(), key=key, sealing=sealing)


def _made_key() -> BackupKey:
    """The key of the settings, else of a file that the first backup makes beside the data key."""
    given, path = Settings().backup_key, _key_file()
    if given is None and not path.exists():
        say(f"QYZMET_BACKUP_KEY is not set: made the key file {path}. No backup is restored without it.")
    return _key(given.get_secret_value() if given else stored_key(path))


def _known_key() -> BackupKey:
    given, path = Settings().backup_key, _key_file()
    if given is None and not path.exists():
        say(f"The key of the backup is neither in QYZMET_BACKUP_KEY nor in {path}. Nothing was restored.")
        raise typer.Exit(1)
    return _key(given.get_secret_value() if given else stored_key(path))


def _key_file() -> Path:
    """Beside the settings' own database, also when another one is saved or filled."""
    return key_file(Settings().database_url).with_name(KEY_FILE)


def _key(text: str) -> BackupKey:
    try:
        return BackupKey.of(text)
    except BackupError as error:
        say(str(error))
        raise typer.Exit(1) from error


async def _with_location(
    url: str | None, files: Path | None, work: Callable[[DataLocation], Awaitable[T]]
) -> T:
    settings = Settings()
    database = Database(url or settings.database_url)
    try:
        return await work(DataLocation(database=database, files=files or settings.files))
    finally:
        await database.dispose()


def _done(work: Coroutine[Any, Any, T]) -> T:
    try:
        return asyncio.run(work)
    except (BackupError, SQLAlchemyError, OSError) as error:
        say(str(error).partition("\n")[0])
        raise typer.Exit(1) from error


def _print_result(archive: Path, done: Restored, *, as_json: bool) -> None:
    manifest, rows = done.manifest, done.manifest.contents.rows
    if as_json:
        told = {"archive": str(archive), "files": manifest.files, "forgotten": done.forgotten}
        typer.echo(json.dumps(told | asdict(manifest), indent=1))
        return
    typer.echo(
        f"{archive}: {sum(rows.values())} rows of {len(rows)} tables and {manifest.people} of people and "
        f"complaints, {manifest.files} files."
    )
    if done.forgotten:
        say(f"{done.forgotten} rows were forgotten since: of them only what forgetting leaves was restored.")
