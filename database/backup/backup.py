"""Save a database and people's files to one archive, and restore it where nothing is."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from database.backup.archive import Targets, pack, unpack
from database.backup.manifest import (
    DUMP,
    FILES,
    BackupError,
    BackupKey,
    Manifest,
    PackedFile,
    digest_of,
    is_plain_name,
)
from database.backup.sealing import Sealing
from database.backup.snapshots import Snapshots, check_empty, file_of
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
class Backup:
    """`key` tells our archives from others; `sealing` encrypts and decrypts them."""

    snapshots: Snapshots
    key: BackupKey
    sealing: Sealing

    async def save(self, place: DataLocation, to: Path, at: datetime) -> Manifest:
        """Write the backup to the file `to`, which appears only when complete. Raises BackupError.

        The database is dumped before the files: a file that arrives meanwhile is one too many, but none that
        the dump refers to is missing.
        """
        with tempfile.TemporaryDirectory(dir=to.parent, prefix=".backup-") as name:
            sources = Targets(dump=Path(name) / DUMP, files=place.files)
            contents = await self.snapshots.save(place.database, sources.dump)

            def describe() -> Manifest:
                return Manifest(
                    engine=place.engine, made_at=at.isoformat(), contents=contents, members=_members(sources)
                )

            archive = Path(name) / "archive"
            manifest = await asyncio.to_thread(pack, archive, describe, self.key, sources)
            sealed = await asyncio.to_thread(self.sealing.close, archive, Path(name) / "sealed")
            sealed.replace(to)
        return manifest

    async def restore(self, source: Path, place: DataLocation) -> Manifest:
        """Restore the backup if it is one of ours and nothing is in its way. Raises BackupError.

        Everything is written under temporary names and compared with what was saved. A copy that fails is
        removed.
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
            async with self.snapshots.loaded(targets.dump, place.database, manifest.contents):
                for one in list(files.iterdir()):
                    one.rename(place.files / one.name)
        return manifest


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
    names = [DUMP]
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
