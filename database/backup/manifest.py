"""The manifest of a backup: what it holds, under an HMAC. Restoring believes nothing else."""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

FORMAT = 3
DUMP, ROWS, FILES = "database.dump", "people.rows", "files/"
KEYS = "keys"  # in the place of the engine: a key archive
_NAME = re.compile(r"(?:[0-9A-Za-z_][0-9A-Za-z_.-]{0,79}/){0,1}[0-9A-Za-z_][0-9A-Za-z_.-]{0,79}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_MIN_KEY_BYTES = 32


class BackupError(Exception):
    """A backup cannot be made or restored; the message is for the operator."""


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file in the archive: its length in bytes and the SHA-256 of its content."""

    size: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The migration of a database, and of each table its number of rows and their digest."""

    revision: str
    rows: Mapping[str, int] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """`engine` is "sqlite" or "postgresql", `members` every file of the archive by its name in it.

    `lineage` is the same in all backups of a database and in its key archive; `people` counts the rows that
    are under keys of their owners.
    """

    engine: str
    made_at: str
    contents: Contents
    members: Mapping[str, PackedFile]
    lineage: str
    people: int = 0
    format: int = FORMAT

    @property
    def files(self) -> int:
        """The number of uploaded files."""
        return sum(name.startswith(FILES) for name in self.members)

    @property
    def size(self) -> int:
        """What it takes when unpacked, in bytes."""
        return sum(member.size for member in self.members.values())

    def dumped(self) -> bytes:
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()

    @classmethod
    def loaded(cls, content: bytes) -> Self:
        """Raises BackupError if `content` is no manifest, or names a file that no backup of ours holds."""
        try:
            fields = json.loads(content)
            version = fields["format"]
        except (ValueError, TypeError, LookupError, RecursionError) as error:
            raise BackupError("the archive is no backup of ours") from error
        if version != FORMAT:
            raise BackupError(f"a backup of format {version}: this program knows {FORMAT}")
        try:
            return cls._read(fields)
        except (ValueError, TypeError, LookupError) as error:
            raise BackupError("the archive is no backup of ours") from error

    @classmethod
    def _read(cls, fields: dict[str, Any]) -> Self:
        members = {name: PackedFile(**about) for name, about in fields["members"].items()}
        found = cls(**fields | {"contents": Contents(**fields["contents"]), "members": members})
        needed = {DUMP} if found.engine == KEYS else {DUMP, ROWS}
        if not needed <= members.keys() or not all(map(_is_possible, members, members.values())):
            raise ValueError("an impossible member")
        if not _DIGEST.fullmatch(found.lineage):
            raise ValueError("an impossible lineage")
        return found


def _is_possible(name: str, member: PackedFile) -> bool:
    named = name in {DUMP, ROWS} or (name.startswith(FILES) and is_plain_name(name.removeprefix(FILES)))
    return named and member.size >= 0 and _DIGEST.fullmatch(member.digest) is not None


def is_plain_name(path: str) -> bool:
    """Whether it is a file's name, or one within one folder, in plain letters: a name of ours."""
    return _NAME.fullmatch(path) is not None


@dataclass(frozen=True, slots=True)
class BackupKey:
    """The key of the HMAC, of its own: it opens nothing, it tells our backups from others."""

    secret: bytes = field(repr=False)

    @classmethod
    def of(cls, text: str) -> Self:
        """Raises BackupError for what is not 32 bytes in URL-safe base64."""
        try:
            secret = base64.urlsafe_b64decode(text.strip())
        except ValueError:
            secret = b""
        if len(secret) < _MIN_KEY_BYTES:
            raise BackupError("the key of backups is not 32 bytes in URL-safe base64: qyzmet keys make")
        return cls(secret)

    def sign(self, manifest: bytes) -> bytes:
        return hmac.digest(self.secret, b"qyzmet backup\0" + manifest, hashlib.sha256).hex().encode()

    def check(self, manifest: bytes, signature: bytes) -> None:
        """Raises BackupError."""
        if not hmac.compare_digest(self.sign(manifest), signature):
            raise BackupError("the backup was made or changed by somebody without the key of backups")


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
