"""A backup in one file: the manifest, the database dump and the uploaded files."""

import asyncio
import hashlib
import io
import os
import tarfile
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from database.backup.manifest import BackupError, Manifest
from database.backup.snapshots import Snapshots
from database.engine import Database

_MANIFEST, _DUMP, _FILES = "manifest.json", "database.dump", "files"
_OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True, kw_only=True)
class DataLocation:
    """A database and the folder with its files."""

    database: Database
    files: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    snapshots: Snapshots

    async def save(self, place: DataLocation, to: Path, at: datetime) -> Manifest:
        """Write the backup to the file `to`, which appears only when complete. Raises BackupError.

        The database is dumped before the files: a file that arrives meanwhile is one too many, but none that
        the dump refers to is missing.
        """
        with tempfile.TemporaryDirectory(dir=to.parent, prefix=".backup-") as name:
            dump = Path(name) / _DUMP
            found = await self.snapshots.save(place.database, dump)
            manifest = Manifest(
                engine=place.database.url.get_backend_name(),
                revision=found.revision,
                made_at=at.isoformat(),
                rows=dict(found.rows),
                digest=await asyncio.to_thread(digest_of, dump),
                files=len(_files_in(place.files)),
            )
            whole = Path(name) / "whole"
            await asyncio.to_thread(_pack, whole, manifest, dump, place.files)
            whole.replace(to)
        return manifest

    async def restore(self, source: Path, place: DataLocation) -> Manifest:
        """Restore the backup and compare it with its manifest. Raises BackupError.

        The database and the folder of files must be empty.
        """
        if _files_in(place.files):
            raise BackupError(f"{place.files} holds files: a backup is restored into an empty folder only")
        with tempfile.TemporaryDirectory(prefix="restore-") as name:
            folder = Path(name)
            await asyncio.to_thread(_unpack, source, folder)
            manifest = Manifest.loaded((folder / _MANIFEST).read_bytes())
            await self._check(manifest, folder / _DUMP, place.database)
            found = await self.snapshots.load(folder / _DUMP, place.database)
            if dict(found.rows) != dict(manifest.rows) or found.revision != manifest.revision:
                raise BackupError("what was restored is not what was saved: do not use it")
            await asyncio.to_thread(_copy_files, folder / _FILES, place.files)
        return manifest

    async def _check(self, manifest: Manifest, dump: Path, database: Database) -> None:
        if manifest.engine != database.url.get_backend_name():
            raise BackupError(f"the backup is of {manifest.engine}, the database is another one")
        if await asyncio.to_thread(digest_of, dump) != manifest.digest:
            raise BackupError("the backup is damaged")


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.exists() else []


def _pack(to: Path, manifest: Manifest, dump: Path, files: Path) -> None:
    handle = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(handle, "wb") as raw, tarfile.open(fileobj=raw, mode="w:gz", compresslevel=3) as archive:
        about = tarfile.TarInfo(_MANIFEST)
        content = manifest.dumped()
        about.size = len(content)
        archive.addfile(about, io.BytesIO(content))
        archive.add(dump, _DUMP)
        for path in _files_in(files):
            archive.add(path, f"{_FILES}/{path.relative_to(files).as_posix()}", recursive=False)


def _unpack(source: Path, folder: Path) -> None:
    """Extract plain files inside the folder only: an archive is untrusted input."""
    try:
        with tarfile.open(source, "r:gz") as archive:
            archive.extractall(folder, filter="data")
    except (tarfile.TarError, OSError, EOFError) as error:
        raise BackupError(f"{source} cannot be read as a backup ({type(error).__name__})") from error
    if not (folder / _MANIFEST).is_file() or not (folder / _DUMP).is_file():
        raise BackupError("the archive is no backup of ours")


def _copy_files(source: Path, to: Path) -> None:
    for path in _files_in(source):
        place = to / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        place.write_bytes(path.read_bytes())
        place.chmod(_OWNER_ONLY)
