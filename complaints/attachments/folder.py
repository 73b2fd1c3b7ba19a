"""Files on disk under random names, outside the database: written atomically, readable by us only."""

import asyncio
import hashlib
import os
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from complaints.attachments.sniffing import FileKind
from kernel.errors import DomainError

DEFAULT_FOLDER = Path("var") / "files"
_NAME = re.compile(r"[0-9a-f]{32}\.[a-z]{3,4}")
_PARTIAL_SUFFIX = ".part"
_OURS_ALONE, _OUR_FOLDER = 0o600, 0o700


class StorageFullError(DomainError):
    """The disk is full; nothing of the file was stored."""

    code = "file_storage"


class FileMissingError(DomainError):
    """The file no longer exists."""

    code = "file_gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A stored file: random name, kind, length in bytes, SHA-256 of the content in hex."""

    name: str
    kind: FileKind
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class FileFolder:
    path: Path

    async def keep(self, content: bytes, kind: FileKind) -> StoredFile:
        """Write the inspected file. Raises StorageFullError."""
        return await asyncio.to_thread(self._keep, content, kind)

    async def read(self, name: str) -> bytes:
        """Raises FileMissingError."""
        return await asyncio.to_thread(self._read, name)

    async def remove(self, name: str) -> None:
        """Delete the file; no error if it is missing."""
        await asyncio.to_thread(self._path_of(name).unlink, missing_ok=True)

    async def names(self, older_than: datetime | None = None) -> frozenset[str]:
        """The names of all stored files, or of those written before an aware instant."""
        return await asyncio.to_thread(self._names, older_than)

    def _keep(self, content: bytes, kind: FileKind) -> StoredFile:
        name = f"{secrets.token_hex(16)}.{kind.value}"
        path = self._path_of(name)
        partial = path.with_name(path.name + _PARTIAL_SUFFIX)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=_OUR_FOLDER)
            _write(partial, content)
            partial.rename(path)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise StorageFullError from error
        return StoredFile(name=name, kind=kind, size=len(content), digest=hashlib.sha256(content).hexdigest())

    def _read(self, name: str) -> bytes:
        try:
            return self._path_of(name).read_bytes()
        except FileNotFoundError as error:
            raise FileMissingError from error

    def _names(self, older_than: datetime | None) -> frozenset[str]:
        found = [one for one in self.path.glob("??/*") if _NAME.fullmatch(one.name)]
        if older_than is not None:
            found = [one for one in found if one.stat().st_mtime < older_than.timestamp()]
        return frozenset(one.name for one in found)

    def _path_of(self, name: str) -> Path:
        """The path of a name of ours. Raises FileMissingError for any other, such as one with a
        path in it.
        """
        if not _NAME.fullmatch(name):
            raise FileMissingError
        return self.path / name[:2] / name


def _write(path: Path, content: bytes) -> None:
    """Write all bytes and sync them to disk."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OURS_ALONE)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
