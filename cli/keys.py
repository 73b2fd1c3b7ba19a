"""The encryption keys of profiles, from the settings or a file. `qyzmet keys`: make, rotate."""

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import BadKeyError, Cipher, WrongKeyError, make_key
from accounts.keys.check import ForeignKeyError, KeyCheck
from accounts.keys.earlier import EarlierCipher
from accounts.keys.service import KeyServiceFailedError, NoKeyServiceError, keys_of, load_key_service
from accounts.keys.tables import WRAPPED
from accounts.rotation import ENCRYPTED, RotateKeys, rewrite
from cli.local_database import ready_database
from cli.say import say
from cli.settings import DEFAULT_DATABASE, Settings
from complaints.attachments.folder import FileFolder
from complaints.rewriting import EARLIER_COLUMNS as OF_COMPLAINTS
from complaints.rewriting import renew_digests, rewrite_complaints, seal_files
from complaints.staff_drafts.tables import BODY as OF_STAFF_DRAFTS
from complaints.tables import BODY as OF_DRAFTS
from complaints.tables import SELF_FILED_BODY
from complaints.templates.tables import BODY as OF_TEMPLATES
from database.backup.sealing import make_identity
from database.engine import Database, UnitOfWork, normalise
from database.types import EncryptedColumn
from kernel.clock import Clock, SystemClock
from messaging.inbox.tables import PAYLOAD as OF_FAILED_UPDATES

KEY_FILE = "data.key"
OWNER_ONLY = 0o600
COLUMNS = (*ENCRYPTED, OF_DRAFTS, OF_STAFF_DRAFTS, SELF_FILED_BODY, OF_TEMPLATES, OF_FAILED_UPDATES)
EARLIER_COLUMNS = (*(one.column for one in COLUMNS if one is not WRAPPED), *OF_COMPLAINTS)

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
        count = asyncio.run(_rotate(url))
    except WrongKeyError as error:
        say("No key decrypts one of the values: put back the key it was encrypted with. Nothing changed.")
        raise typer.Exit(1) from error
    typer.echo(f"Encrypted {count} values with the newest key.")


async def _rotate(url: str) -> int:
    clock = SystemClock()
    async with ready_database(url, clock) as database:
        cipher = await data_cipher(database, clock)
        count = await RotateKeys(unit_of_work=database.unit_of_work, cipher=cipher, columns=COLUMNS)()
        async with database.unit_of_work() as unit:
            await renew_digests(unit.session, cipher)
            await _check(unit.session).keep_newest(cipher, clock.now())
            await unit.commit()
        return count


async def data_cipher(database: Database, clock: Clock) -> Cipher:
    """The cipher of the keys of the settings, of the key service, or of a file beside the database.

    A key file is made where nothing was ever encrypted. Exits with 1 and a message on standard error if a
    key is invalid, or if the database was written with another one.
    """
    url = database.url.render_as_string(hide_password=False)
    async with database.unit_of_work() as unit:
        cipher = await cipher_within(unit, url, clock)
        await unit.commit()
    return cipher


async def seal_left_files(database: Database, folder: FileFolder, cipher: Cipher) -> None:
    """Encrypt the files of an earlier version."""
    if count := await seal_files(database, folder, cipher):
        say(f"Encrypted {count} files of complaints.")


async def cipher_within(unit: UnitOfWork, url: str, clock: Clock) -> Cipher:
    """The same in the transaction of a command, which commits."""
    check = _check(unit.session)
    keys = _configured_keys()
    if keys is None:
        keys = _keys_of_file(key_file(url), is_used=await check.has_ciphertext())
    cipher = _cipher_of(keys)
    try:
        await check.check(cipher, clock.now())
    except ForeignKeyError as error:
        say("The database was written with a data key that is not given: put it back. Nothing changed.")
        say("Of several keys in QYZMET_DATA_KEY the older ones may go after: qyzmet keys rotate")
        raise typer.Exit(1) from error
    return cipher


def _check(session: AsyncSession) -> KeyCheck:
    return KeyCheck(session=session, columns=EARLIER_COLUMNS, rewrite=_bind_all)


async def _bind_all(session: AsyncSession, cipher: Cipher) -> None:
    """Write anew what an earlier version encrypted. Raises WrongKeyError."""
    say("Encrypting what people keep anew, each value bound to its place …")
    earlier = EarlierCipher.of(cipher)

    def bound(closed: str, column: EncryptedColumn, row: Sequence[object]) -> str:
        return cipher.close(earlier.open(closed), column.field, *row)

    for column in COLUMNS:
        if column is not WRAPPED:
            await rewrite(session, column, bound)
    await rewrite_complaints(session, cipher)


def _configured_keys() -> str | None:
    settings = Settings()
    if not settings.key_service:
        return None if settings.data_key is None else settings.data_key.get_secret_value()
    try:
        return ",".join(keys_of(load_key_service(settings.key_service)))
    except NoKeyServiceError as error:
        say(f"QYZMET_KEY_SERVICE names no key service: {error}")
        raise typer.Exit(1) from error
    except KeyServiceFailedError as error:
        say(f"The key service {settings.key_service} gave no keys: {error}.")
        raise typer.Exit(1) from error


def _cipher_of(keys: str) -> Cipher:
    try:
        return Cipher.of(keys)
    except BadKeyError as error:
        say(f"The keys of what people keep cannot be used: {error}. Make one: qyzmet keys make")
        raise typer.Exit(1) from error


def key_file(url: str) -> Path:
    """The path of the key file: beside a SQLite file, else in the default database's folder."""
    parsed = normalise(url)
    name = parsed.database if parsed.get_backend_name() == "sqlite" else None
    folder = DEFAULT_DATABASE.parent if name in {None, "", ":memory:"} else Path(str(name)).parent
    return folder / KEY_FILE


def _keys_of_file(path: Path, *, is_used: bool) -> str:
    """The keys in the file, separated by newlines or commas, newest first; readable by its owner only."""
    if not path.exists() and is_used:
        say(f"The database was written with a data key, and neither QYZMET_DATA_KEY nor {path} is there.")
        say("Put the key back: a new one would open nothing of what people keep.")
        raise typer.Exit(1)
    if not path.exists() and _created_key(path):
        say(f"QYZMET_DATA_KEY is not set: made the key file {path}. What people keep is not read without it.")
    return ",".join(_read(path).split())


def stored_key(path: Path) -> str:
    """The one key in the file, which is made if it is not there."""
    _ = path.exists() or _created_key(path)
    return _read(path).strip()


def _read(path: Path) -> str:
    """Exits with 1, and quotes nothing, where the file cannot be read."""
    try:
        return path.read_text(encoding="ascii")
    except (OSError, ValueError) as error:
        say(f"The key file {path} cannot be read: {type(error).__name__}. Nothing changed.")
        raise typer.Exit(1) from None


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
