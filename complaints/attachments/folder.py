"""Files on disk under random names, outside the database: written atomically, each under its own key."""

import asyncio
import hashlib
import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from accounts.cipher import ValueKey
from complaints.attachments.sniffing import FileKind
from kernel.errors import DomainError

DEFAULT_FOLDER = Path("var") / "files"
FILE = "attachment"  # what the bytes are bound to, besides their name
_NAME = re.compile(r"[0-9a-f]{32}\.[a-z]{3,4}")
_PARTIAL_SUFFIX, _SEALED_SUFFIX = ".part", ".sealed"
_OURS_ALONE, _OUR_FOLDER = 0o600, 0o700


class StorageFullError(DomainError):
    """The disk is full; nothing of the file was stored."""

    code = "file_storage"


class FileMissingError(DomainError):
    """The file no longer exists."""

    code = "file_gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A stored file: random name, kind, length in bytes and SHA-256 of the content in hex, before it was
    encrypted. `wrapped` is its key, wrapped, to be stored with it.
    """

    name: str
    kind: FileKind
    size: int
    digest: str
    wrapped: str = field(default="", repr=False)


class NewRecordKey(Protocol):
    """Makes a key for a record, and the same wrapped: `Cipher.new_record_key`."""

    def __call__(self, record: str) -> tuple[ValueKey, str]: ...


@dataclass(frozen=True, slots=True)
class FileFolder:
    path: Path

    async def keep(self, content: bytes, kind: FileKind, new_key: NewRecordKey) -> StoredFile:
        """Write the inspected file, encrypted. Raises StorageFullError."""
        return await asyncio.to_thread(self._keep, content, kind, new_key)

    async def read(self, name: str, key: ValueKey) -> bytes:
        """Raises FileMissingError, WrongKeyError."""
        return await asyncio.to_thread(self._read, name, key)

    async def remove(self, name: str) -> None:
        """Delete the file; no error if it is missing."""
        await asyncio.to_thread(self._path_of(name).unlink, missing_ok=True)

    async def names(self, older_than: datetime | None = None) -> frozenset[str]:
        """The names of all stored files, or of those written before an aware instant."""
        return await asyncio.to_thread(self._names, older_than)

    async def seal(self, name: str, key: ValueKey) -> bool:
        """Encrypt a file that an earlier version wrote in clear, beside it; False if it is missing."""
        return await asyncio.to_thread(self._seal, name, key)

    async def finish(self, name: str) -> None:
        """Put the encrypted file in the place of the one in clear; its key is stored."""
        path = self._path_of(name)
        with suppress(FileNotFoundError):  # another process was faster
            await asyncio.to_thread(path.with_name(name + _SEALED_SUFFIX).rename, path)

    async def unfinished(self) -> list[str]:
        """Files that were encrypted and, as far as is known here, not put in their place."""
        found = await asyncio.to_thread(lambda: list(self.path.glob(f"??/*{_SEALED_SUFFIX}")))
        return [path.name.removesuffix(_SEALED_SUFFIX) for path in found]

    def _seal(self, name: str, key: ValueKey) -> bool:
        path = self._path_of(name)
        if not path.exists():
            return False
        sealed = path.with_name(name + _SEALED_SUFFIX)
        sealed.unlink(missing_ok=True)  # of a start that was killed before it stored the key
        _write(sealed, key.close_bytes(path.read_bytes(), FILE, name))
        return True

    def _keep(self, content: bytes, kind: FileKind, new_key: NewRecordKey) -> StoredFile:
        name = f"{secrets.token_hex(16)}.{kind.value}"
        key, wrapped = new_key(file_record(name))
        path = self._path_of(name)
        partial = path.with_name(path.name + _PARTIAL_SUFFIX)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=_OUR_FOLDER)
            _write(partial, key.close_bytes(content, FILE, name))
            partial.rename(path)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise StorageFullError from error
        digest = hashlib.sha256(content).hexdigest()
        return StoredFile(name=name, kind=kind, size=len(content), digest=digest, wrapped=wrapped)

    def _read(self, name: str, key: ValueKey) -> bytes:
        try:
            closed = self._path_of(name).read_bytes()
        except FileNotFoundError as error:
            raise FileMissingError from error
        return key.open_bytes(closed, FILE, name)

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


def file_record(name: str) -> str:
    """What the key of the file is stored under."""
    return f"file/{name}"


def _write(path: Path, content: bytes) -> None:
    """Write all bytes and sync them to disk."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OURS_ALONE)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
