"""The encryption keys of profiles, from the settings or a file. `qyzmet keys`: make, rotate."""

import asyncio
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from accounts.cipher import BadKeyError, Cipher, WrongKeyError, make_key
from accounts.rotation import ENCRYPTED, RotateKeys
from cli.local_database import ready_database
from cli.say import say
from cli.settings import DEFAULT_DATABASE, Settings
from complaints.staff_drafts.tables import ENCRYPTED as OF_DESK_DRAFTS
from complaints.tables import ENCRYPTED as OF_COMPLAINTS
from database.backup.sealing import make_identity
from database.engine import normalise
from messaging.inbox.tables import ENCRYPTED as OF_FAILED_UPDATES

KEY_FILE = "data.key"
OWNER_ONLY = 0o600

app = typer.Typer(no_args_is_help=True)


@app.command()
def make() -> None:
    """Print a new key; put it before the others in QYZMET_DATA_KEY, with a comma."""
    typer.echo(make_key())


@app.command()
def backup() -> None:
    """Print a pair of keys for encrypted backups; the secret one is kept away from this machine."""
    secret, public = make_identity()
    typer.echo(f"# public key: {public}\n{secret}")
    say(f"QYZMET_BACKUP_RECIPIENTS={public} encrypts. Keep the secret key elsewhere, for --identity.")


@app.command()
def rotate(
    database: Annotated[
        str | None, typer.Option("--database", help="The database; the settings' if not given.")
    ] = None,
) -> None:
    """Re-encrypt everything with the newest key; afterwards the older keys may go."""
    url = database or Settings().database_url
    try:
        count = asyncio.run(_rotate(url, data_cipher(url)))
    except WrongKeyError as error:
        say("No key decrypts one of the values: put back the key it was encrypted with. Nothing changed.")
        raise typer.Exit(1) from error
    typer.echo(f"Encrypted {count} values with the newest key.")


async def _rotate(url: str, cipher: Cipher) -> int:
    async with ready_database(url) as database:
        columns = (*ENCRYPTED, *OF_COMPLAINTS, *OF_DESK_DRAFTS, *OF_FAILED_UPDATES)
        return await RotateKeys(unit_of_work=database.unit_of_work, cipher=cipher, columns=columns)()


def data_cipher(url: str) -> Cipher:
    """The cipher of the configured keys, else of a key file created beside the database.

    Exits with 1 and a message on standard error if a key is invalid.
    """
    given = Settings().data_key
    try:
        return Cipher.of(given.get_secret_value() if given is not None else _stored_key(key_file(url)))
    except BadKeyError as error:
        say(f"The keys of what people keep cannot be used: {error}. Make one: qyzmet keys make")
        raise typer.Exit(1) from error


def key_file(url: str) -> Path:
    """The path of the key file: beside a SQLite file, else in the default database's folder."""
    parsed = normalise(url)
    name = parsed.database if parsed.get_backend_name() == "sqlite" else None
    folder = DEFAULT_DATABASE.parent if name in {None, "", ":memory:"} else Path(str(name)).parent
    return folder / KEY_FILE


def _stored_key(path: Path) -> str:
    """The keys in the file, separated by newlines or commas, newest first; readable by its owner only."""
    if not path.exists() and _created_key(path):
        say(f"QYZMET_DATA_KEY is not set: made the key file {path}. What people keep is not read without it.")
    return ",".join(path.read_text(encoding="ascii").split())


def stored_key(path: Path) -> str:
    """The one key in the file, which is made if it is not there."""
    _ = path.exists() or _created_key(path)
    return path.read_text(encoding="ascii").strip()


def _created_key(path: Path) -> bool:
    """Whether this process created the file; another may be faster. Nobody sees a partial key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        draft = Path(folder) / path.name
        draft.touch(OWNER_ONLY)
        draft.write_text(f"{make_key()}\n", encoding="ascii")
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            return False
    return True
