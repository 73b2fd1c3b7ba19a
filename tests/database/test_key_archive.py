"""The key archive: always the newest, of this database, complete or not there at all."""

import tarfile
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from accounts.cipher import make_key
from accounts.keys.tables import destroy_keys
from accounts.tables import PersonRow
from cli.personal_tables import personal_data
from database.backup import key_archive
from database.backup.backup import Backup, DataLocation
from database.backup.manifest import BackupError, BackupKey
from database.backup.sealing import Sealing, make_identity
from database.engine import Database
from kernel.clock import FixedClock
from tests.docs.test_privacy import PAGE

KEY = BackupKey.of(make_key())
BACKUP = Backup(data=personal_data(), key=KEY, sealing=Sealing())
# Of a complaint, but they name officials only, in codes and days, and words under its key
STAYS = {
    *("complaint_extensions", "complaint_hearings", "complaint_approvals", "complaint_requests"),
    "complaint_joins",
}


@pytest.fixture
async def place(sqlite_database: Database, tmp_path: Path, clock: FixedClock) -> DataLocation:
    """A database that knows two people."""
    async with sqlite_database.unit_of_work() as unit:
        unit.session.add_all(PersonRow(telegram_id=one, first_seen_at=clock.now()) for one in (101, 102))
        await unit.commit()
    return DataLocation(database=sqlite_database, files=tmp_path / "none")


@pytest.fixture
def target(tmp_path: Path) -> DataLocation:
    database = Database(f"sqlite:///{tmp_path / 'to' / 'restored.sqlite3'}")
    return DataLocation(database=database, files=tmp_path / "to" / "files")


async def people(database: Database) -> int:
    async with database.session() as session:
        found = await session.scalar(select(func.count(PersonRow.telegram_id)))
    await database.dispose()
    return found or 0


def key_archives(folder: Path) -> list[Path]:
    return sorted(folder.glob("qyzmet-keys-*"))


async def refusal_of(archive: Path, target: DataLocation, keys: Path | None = None) -> str:
    with pytest.raises(BackupError) as refused:
        await BACKUP.restore(archive, target, keys)
    await target.database.dispose()
    assert not [path for path in target.files.parent.rglob("*") if path != target.files]
    return str(refused.value)


def test_every_table_of_which_something_is_forgotten_is_personal():
    """What privacy.md promises to be gone after /forget is under keys in backups, or in none."""
    rows = [line.split("|") for line in PAGE.splitlines() if line.startswith("| ")]
    promised = {
        name.strip("` ")
        for row in rows
        for name in row[2].split(",")
        if ("gone" in row[5] or "as the complaint" in row[5] or "closed:" in row[5]) and "`" in name
    }
    assert promised - STAYS - {"log_actors"} <= set(personal_data().names)
    assert {"record_keys", "archive_keys", "log_actors"} <= set(personal_data().names)


async def test_only_the_newest_is_kept_beside_all_backups(
    place: DataLocation, target: DataLocation, tmp_path: Path, clock: FixedClock
):
    folder = tmp_path / "backups"
    folder.mkdir()
    await BACKUP.save(place, folder / "first.tar.gz", clock.now())
    (first,) = key_archives(folder)
    old = first.read_bytes()
    assert first.stat().st_mode & 0o777 == 0o600
    async with place.database.unit_of_work() as unit:
        await destroy_keys(unit.session, ["person/101"])
        await unit.session.execute(text("DELETE FROM people WHERE telegram_id = 101"))
        await unit.commit()
    await BACKUP.save(place, folder / "second.tar.gz", clock.now() + timedelta(days=1))
    assert key_archives(folder) == [first]
    assert first.read_bytes() != old
    assert (await BACKUP.restore(folder / "first.tar.gz", target)).forgotten == 1
    assert await people(target.database) == 1


async def test_key_archive_is_of_this_database_and_no_older_than_the_backup(
    place: DataLocation, target: DataLocation, tmp_path: Path, clock: FixedClock
):
    archive, elsewhere = tmp_path / "backup.tar.gz", tmp_path / "elsewhere"
    elsewhere.mkdir()
    older = await BACKUP.save_keys(place.database, elsewhere, clock.now() - timedelta(seconds=1))
    await BACKUP.save(place, archive, clock.now())
    (keys,) = key_archives(tmp_path)
    assert "older than the backup" in await refusal_of(archive, target, older)
    assert "is a backup" in await refusal_of(archive, target, archive)
    assert "the database is another one" in await refusal_of(keys, target)
    keys.rename(elsewhere / "kept")
    assert "--keys" in await refusal_of(archive, target)
    async with place.database.unit_of_work() as unit:
        await destroy_keys(unit.session, [key_archive.LINEAGE])
        await unit.commit()
    another = await BACKUP.save_keys(place.database, elsewhere, clock.now())
    assert another.name != keys.name  # it takes no other database's place
    assert "of another database" in await refusal_of(archive, target, another)
    stranger = Backup(data=personal_data(), key=BackupKey.of(make_key()), sealing=Sealing())
    forged = await stranger.save_keys(place.database, elsewhere, clock.now())
    assert "without the key" in await refusal_of(archive, target, forged)
    await BACKUP.restore(archive, target, elsewhere / "kept")
    assert await people(target.database) == 2


async def test_lost_keys_forget_everybody_and_nothing_else(
    place: DataLocation, target: DataLocation, tmp_path: Path, clock: FixedClock
):
    archive = tmp_path / "backup.tar.gz"
    manifest = await BACKUP.save(place, archive, clock.now())
    for one in key_archives(tmp_path):
        one.unlink()
    done = await BACKUP.restore(archive, target, keys_are_lost=True)
    assert done.forgotten == manifest.people == 2
    assert await people(target.database) == 0


async def test_failure_leaves_the_key_archive_of_before(
    place: DataLocation, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
):
    path = await BACKUP.save_keys(place.database, tmp_path, clock.now())
    before, listed = path.read_bytes(), key_archives(tmp_path)

    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(key_archive, "_write_through", fail)
    with pytest.raises(OSError, match="full"):
        await BACKUP.save_keys(place.database, tmp_path, clock.now())
    assert (path.read_bytes(), key_archives(tmp_path)) == (before, listed)


async def test_encrypted_key_archive_takes_the_place_of_the_one_in_clear(
    place: DataLocation, target: DataLocation, tmp_path: Path, clock: FixedClock
):
    secret, public = make_identity()
    (tmp_path / "secret").write_text(secret)
    await BACKUP.save_keys(place.database, tmp_path, clock.now())
    sealing = Sealing(recipients=(public,), identity=tmp_path / "secret")
    sealed = Backup(data=personal_data(), key=KEY, sealing=sealing)
    await sealed.save(place, tmp_path / "backup.tar.gz.age", clock.now())
    (keys,) = key_archives(tmp_path)
    assert keys.read_bytes().startswith(b"age-encryption.org")
    await sealed.restore(tmp_path / "backup.tar.gz.age", target)
    assert await people(target.database) == 2


async def test_backup_itself_holds_no_key_and_no_number(
    place: DataLocation, tmp_path: Path, clock: FixedClock
):
    await BACKUP.save(place, tmp_path / "backup.tar.gz", clock.now())
    async with place.database.session() as session:
        secrets = (await session.scalars(text("SELECT secret FROM archive_keys"))).all()
    assert len(secrets) == 3
    with tarfile.open(tmp_path / "backup.tar.gz") as packed:
        for name in packed.getnames():
            content = packed.extractfile(name).read()  # type: ignore[union-attr]
            lineage = {key_archive.LINEAGE} if name == "manifest.json" else set()
            found = [one for one in secrets if one.encode() in content]
            assert len(found) == len(lineage)  # the lineage is no key
            assert b"person/101" not in content
