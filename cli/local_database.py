"""The database of a command, created and loaded if missing."""

import fcntl
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import typer
from sqlalchemy.exc import SQLAlchemyError

from cli.say import say
from database.engine import Database, normalise
from database.upgrade import is_up_to_date, upgrade
from deadlines.actions import LoadCalendar
from deadlines.national import national_calendar
from deadlines.store import CalendarStore, digest_of
from kernel.clock import Clock, SystemClock
from notifications.deadline_data import calendar_facts
from registry_data.contents import load_registry
from registry_data.days_off import load_days_off
from registry_data.load import DATA
from registry_data.shipped import ShippedOutcome, UpdateShippedRegistry, fingerprint_of


@asynccontextmanager
async def ready_database(url: str, clock: Clock | None = None) -> AsyncIterator[Database]:
    """The database with its tables; an empty one gets the registry and the working days.

    Exits with 1 and a message if the database cannot be used.
    """
    async with database_with_days(url, clock) as database:
        await load_own_registry(database, clock or SystemClock())
        yield database


@contextmanager
def only_bot(url: str) -> Iterator[None]:
    """Hold a SQLite file for this bot; exits with 1 if another process does.

    The lock is the system's, on a file beside the database, and free as soon as its process ends, however it
    ends. Short commands do not ask for it.
    """
    with _database_announced():
        database = normalise(url)
    if database.get_backend_name() != "sqlite" or database.database in {None, "", ":memory:"}:
        yield
        return
    path = Path(f"{database.database}.lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            say(f"Another bot runs on {database.database}: SQLite serves one process. Stop it first.")
            raise typer.Exit(1) from error
        yield


@asynccontextmanager
async def database_with_days(url: str, clock: Clock | None = None) -> AsyncIterator[Database]:
    """The same without the registry, for a command that only counts days."""
    with _database_announced():
        database = Database(url)
    try:
        with _database_announced():
            make_folder(database)
            await upgrade(database)
        await load_own_calendar(database, clock or SystemClock())
        yield database
    finally:
        await database.dispose()


@asynccontextmanager
async def existing_database(url: str) -> AsyncIterator[Database]:
    """The database as it is, for a command that may have no right to change it.

    Exits with 1 and a message if it cannot be used or its tables are not of this version.
    """
    with _database_announced():
        database = Database(url)
    _check_file(database)
    try:
        with _database_announced():
            known = await is_up_to_date(database)
        if not known:
            say("The tables are not of this version: qyzmet database upgrade.")
            raise typer.Exit(1)
        yield database
    finally:
        await database.dispose()


def _check_file(database: Database) -> None:
    """SQLite would make the file that is missing. Exits with 1."""
    if database.is_sqlite and not Path(database.url.database or "").exists():
        say(f"There is no database {database.url.database}.")
        raise typer.Exit(1)


@contextmanager
def _database_announced() -> Iterator[None]:
    try:
        yield
    except _database_errors() as error:
        reason = str(error).partition("\n")[0]  # the rest is the statement
        say(f"The database cannot be used ({reason}). See QYZMET_DATABASE_URL.")
        raise typer.Exit(1) from error


def _database_errors() -> tuple[type[Exception], ...]:
    """Asyncpg is imported only after a failure, for its error class."""
    from asyncpg import PostgresError  # noqa: PLC0415

    return ValueError, OSError, SQLAlchemyError, PostgresError


def make_folder(database: Database) -> None:
    """Create the folder of a SQLite file and announce the new file."""
    name = database.url.database
    if not database.is_sqlite or not name or name == ":memory:":
        return
    path = Path(name)
    if not path.exists():
        say(f"Making the database {path} …")
        path.parent.mkdir(parents=True, exist_ok=True)


async def load_own_registry(database: Database, clock: Clock) -> None:
    """Load the bundled registry, unless another one was imported."""
    bring, fingerprint = UpdateShippedRegistry(unit_of_work=database.unit_of_work), fingerprint_of()
    if await bring.is_known(fingerprint):
        return
    say("Loading the registry of services …")
    registry = load_registry()
    match await bring(registry, fingerprint, at=clock.now()):
        case ShippedOutcome.LOADED:
            say(f"Loaded {len(registry.cards)} services and {len(registry.guides)} guides.")
        case ShippedOutcome.EDITED:
            say("The registry in the database was edited by an import: it stays as it is.")
            say(f"To take the program's newer one: qyzmet registry import {DATA} --yes-all")
        case ShippedOutcome.OLDER:
            say("The registry in the database is newer than this program's: it stays as it is.")
        case ShippedOutcome.SAME:
            return


async def load_own_calendar(database: Database, clock: Clock) -> None:
    """Load the bundled working-day calendar if it is missing."""
    days_off = load_days_off()
    calendar = national_calendar(calendar_facts(days_off))
    async with database.session() as session:
        if (await CalendarStore(session).version()).digest == digest_of(calendar):
            return  # usually nothing to do: take no lock from a running bot
    load = LoadCalendar(unit_of_work=database.unit_of_work)
    if await load(calendar, checked=days_off.checked, at=clock.now()):
        say(f"Loaded the working days; the official calendar is published up to {days_off.published_until}.")
