"""Save a database and people's files to one archive, and restore it where nothing is."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from database.backup.archive import Targets, pack, unpack
from database.backup.key_archive import KeyArchive, OwnersKeys, key_archive_names
from database.backup.manifest import (
    DUMP,
    FILES,
    ROWS,
    BackupError,
    BackupKey,
    Manifest,
    PackedFile,
    digest_of,
    is_plain_name,
)
from database.backup.personal import PersonalData, RowReader, RowWriter
from database.backup.sealing import Sealing
from database.backup.snapshots import Snapshots, check_empty, check_there, file_of
from database.engine import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class DataLocation:
    """A database and the folder with its files."""

    database: Database
    files: Path

    @property
    def engine(self) -> str:
        return self.database.url.get_backend_name()


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """`forgotten` counts the rows of people and complaints of which only remains what forgetting leaves."""

    manifest: Manifest
    forgotten: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """`key` tells our archives from others; `sealing` encrypts and decrypts them. `data` says whose rows go
    under keys of their own.
    """

    tools: Path | None = None
    data: PersonalData
    key: BackupKey
    sealing: Sealing

    @property
    def snapshots(self) -> Snapshots:
        return Snapshots(tools=self.tools, without=self.data.names)

    @property
    def key_archive(self) -> KeyArchive:
        return KeyArchive(key=self.key, sealing=self.sealing)

    async def save(self, place: DataLocation, to: Path, at: datetime) -> Manifest:
        """Write the backup to the file `to`, which appears only when complete, and beside it the newest keys.
        Raises BackupError.

        The database is dumped before the files: a file that arrives meanwhile is one too many, but none that
        the dump refers to is missing.
        """
        check_there(place.database)
        keys = OwnersKeys(database=place.database, data=self.data)
        with tempfile.TemporaryDirectory(dir=to.parent, prefix=".backup-") as name:
            sources = Targets(dump=Path(name) / DUMP, files=place.files)
            lineage, rows = await keys.complete(), RowWriter(self.data, at)
            contents = await self.snapshots.save(
                place.database, sources.dump, lambda connection: rows.write(connection, sources.rows)
            )
            await keys.add(rows.made)

            def describe() -> Manifest:
                members = _members(sources)
                return Manifest(
                    engine=place.engine,
                    made_at=at.isoformat(),
                    contents=contents,
                    members=members,
                    lineage=lineage,
                    people=rows.written,
                )

            archive = Path(name) / "archive"
            manifest = await asyncio.to_thread(pack, archive, describe, self.key, sources)
            sealed = await asyncio.to_thread(self.sealing.close, archive, Path(name) / "sealed")
            await self.key_archive.save(keys, lineage, to.parent, Path(name), at)
            sealed.replace(to)
        return manifest

    async def save_keys(self, database: Database, folder: Path, at: datetime) -> Path:
        """Put the newest keys beside the backups in `folder`: what was forgotten since is closed in them."""
        check_there(database)
        keys = OwnersKeys(database=database, data=self.data)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".backup-") as name:
            return await self.key_archive.save(keys, await keys.complete(), folder, Path(name), at)

    async def restore(
        self, source: Path, place: DataLocation, keys: Path | None = None, *, keys_are_lost: bool = False
    ) -> Restored:
        """Restore the backup if it is one of ours and nothing is in its way. Raises BackupError.

        Everything is written under temporary names and compared with what was saved. A copy that fails is
        removed. `keys` is the key archive, None for the one beside the backup; where `keys_are_lost`,
        everybody is forgotten.
        """
        await check_empty(place.database)
        with _filling(place.files) as files, _beside_database(place) as folder:
            targets = Targets(dump=folder / DUMP, files=files)

            def check(manifest: Manifest) -> None:
                if manifest.engine != place.engine:
                    raise BackupError(f"the backup is of {manifest.engine}, the database is another one")
                if manifest.size > min(shutil.disk_usage(one).free for one in (files, folder)):
                    raise BackupError(f"the backup takes {manifest.size} bytes: the disk has fewer")

            archive = await asyncio.to_thread(self.sealing.open, source, folder / "archive")
            manifest = await asyncio.to_thread(unpack, archive, self.key, targets, check)
            found = None if keys_are_lost else keys or _beside(source, manifest)
            with self.key_archive.opened(found, manifest, folder) as opened:
                rows = RowReader(self.data, opened.secret_of)

                def write(connection: Connection) -> None:
                    rows.read(connection, targets.rows)
                    opened.write(connection, self.data.keys)

                async with self.snapshots.loaded(targets.dump, place.database, manifest.contents, write):
                    for one in list(files.iterdir()):
                        one.rename(place.files / one.name)
        return Restored(manifest=manifest, forgotten=rows.forgotten)


def _beside(source: Path, manifest: Manifest) -> Path:
    """The key archive in the backup's folder."""
    names = key_archive_names(manifest.lineage)
    for name in names:
        if (source.parent / name).exists():
            return source.parent / name
    raise BackupError(
        f"the key archive {names[0]} is not beside the backup: name it with --keys. Without it nothing of "
        "people and complaints can be read"
    )


@contextmanager
def _filling(folder: Path) -> Iterator[Path]:
    """A temporary folder within `folder`, which must be empty and is emptied if the block raises."""
    if folder.exists() and any(folder.iterdir()):
        raise BackupError(f"{folder} holds files: a backup is restored into an empty folder only")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".restore-") as name:
            yield Path(name)
    except BaseException:
        for one in folder.iterdir():
            shutil.rmtree(one) if one.is_dir() else one.unlink()
        raise


@contextmanager
def _beside_database(place: DataLocation) -> Iterator[Path]:
    """A temporary folder from which a SQLite file can be renamed."""
    parent = file_of(place.database).parent if place.database.is_sqlite else place.files.parent
    parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=parent, prefix=".restore-") as name:
        yield Path(name)


def _members(sources: Targets) -> Mapping[str, PackedFile]:
    """The dump and the files under names of ours; what else lies in the folder is not people's."""
    names = [DUMP, ROWS]
    for path in sorted(sources.files.rglob("*")):
        name = path.relative_to(sources.files).as_posix()
        if is_plain_name(name) and path.is_file() and not path.is_symlink():
            names.append(FILES + name)
    described = {}
    for name in names:
        path = sources.path_of(name)
        if path.exists():  # else its owner deleted it meanwhile
            described[name] = PackedFile(size=path.stat().st_size, digest=digest_of(path))
    return described
