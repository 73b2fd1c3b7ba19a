"""The archive of a backup: a compressed tar of the manifest, its HMAC, the dump and the uploaded files.

It is written by tarfile and read by our own checks, so that no version of tarfile decides what a stranger's
archive may do: each header is read by itself, and only what the manifest names is written, in that length.
"""

import gzip
import hashlib
import io
import os
import tarfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from database.backup.manifest import DUMP, ROWS, BackupError, BackupKey, Manifest, PackedFile

_MANIFEST, _SIGNATURE = "manifest.json", "manifest.hmac"
_MAX_MANIFEST = 64 * 2**20
_BLOCK, _AT_ONCE = tarfile.BLOCKSIZE, 1 << 20
_OWNER_ONLY = 0o600
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """Where the dump, people's rows (beside it) and the folder of files are written."""

    dump: Path
    files: Path

    @property
    def rows(self) -> Path:
        return self.dump.with_name(ROWS)

    def path_of(self, member: str) -> Path:
        return {DUMP: self.dump, ROWS: self.rows}.get(member) or self.files / member.partition("/")[2]


def pack(to: Path, describe: Callable[[], Manifest], key: BackupKey, sources: Targets) -> Manifest:
    """Write the archive. A file that its owner deleted meanwhile is left out by describing all anew."""
    for _ in range(_ATTEMPTS):
        manifest = describe()
        try:
            _write(to, manifest, key, sources)
        except FileNotFoundError:
            to.unlink()
        else:
            return manifest
    raise BackupError("files are deleted faster than they are saved: try again")


def _write(to: Path, manifest: Manifest, key: BackupKey, sources: Targets) -> None:
    handle = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with (
        os.fdopen(handle, "wb") as raw,
        tarfile.open(fileobj=raw, mode="w:gz", format=tarfile.GNU_FORMAT, compresslevel=3) as archive,
    ):
        content = manifest.dumped()
        for name, said in ((_MANIFEST, content), (_SIGNATURE, key.sign(content))):
            archive.addfile(_header(name, len(said)), io.BytesIO(said))
        for name, member in manifest.members.items():
            with sources.path_of(name).open("rb") as file:
                archive.addfile(_header(name, member.size), file)


def _header(name: str, size: int) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.size, header.mode = size, _OWNER_ONLY
    return header


def unpack(source: Path, key: BackupKey, targets: Targets, allow: Callable[[Manifest], None]) -> Manifest:
    """Check the manifest, ask `allow`, which may raise, then write what it names. Raises BackupError."""
    try:
        with gzip.open(source) as stream:
            entries = _entries(stream)
            content = _small(stream, entries, _MANIFEST, _MAX_MANIFEST)
            key.check(content, _small(stream, entries, _SIGNATURE, 64))
            manifest = Manifest.loaded(content)
            allow(manifest)
            _copy_members(stream, entries, manifest.members, targets)
    except (tarfile.TarError, EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise BackupError(f"{source} cannot be read as a backup ({type(error).__name__})") from error
    return manifest


def _entries(stream: gzip.GzipFile) -> Iterator[tarfile.TarInfo]:
    """The header of each entry; who reads on has read its content. Raises BackupError for a link, a device,
    a long name or whatever else is no regular file.
    """
    while True:
        block = _exactly(stream, _BLOCK)
        if not any(block):
            return
        header = tarfile.TarInfo.frombuf(block, "ascii", "strict")
        if header.type not in {tarfile.REGTYPE, tarfile.AREGTYPE} or header.size < 0:
            raise BackupError("the archive holds something that is no regular file")
        yield header
        _exactly(stream, -header.size % _BLOCK)


def _small(stream: gzip.GzipFile, entries: Iterator[tarfile.TarInfo], name: str, limit: int) -> bytes:
    header = next(entries, None)
    if header is None or header.name != name or header.size > limit:
        raise BackupError("the archive is no backup of ours, or one of an older version")
    return _exactly(stream, header.size)


def _copy_members(
    stream: gzip.GzipFile,
    entries: Iterator[tarfile.TarInfo],
    members: Mapping[str, PackedFile],
    targets: Targets,
) -> None:
    missing = dict(members)
    for header in entries:
        member = missing.pop(header.name, None)
        if member is None or header.size != member.size:
            raise BackupError("the archive holds something that its manifest does not name")
        path = targets.path_of(header.name)
        path.parent.mkdir(exist_ok=True, mode=0o700)
        if _copied(stream, path, member.size) != member.digest:
            raise BackupError("the backup is damaged")
    if missing:
        raise BackupError("the backup is damaged: something is missing")


def _copied(stream: gzip.GzipFile, to: Path, size: int) -> str:
    """The SHA-256 of what was written to a new file."""
    digest, left = hashlib.sha256(), size
    handle = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, _OWNER_ONLY)
    with os.fdopen(handle, "wb") as file:
        while left:
            part = _exactly(stream, min(left, _AT_ONCE))
            digest.update(part)
            file.write(part)
            left -= len(part)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _exactly(stream: gzip.GzipFile, size: int) -> bytes:
    content = stream.read(size)
    if len(content) != size:
        raise EOFError
    return content
