"""The manifest of a backup: restoring compares the database with it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

FORMAT = 1


class BackupError(Exception):
    """A backup cannot be made or restored; the message is for the operator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """`engine` is "sqlite" or "postgresql", `revision` the migration of the schema, `rows` the row count of
    each table, `digest` the SHA-256 of the database dump, `files` the number of uploaded files.
    """

    engine: str
    revision: str
    made_at: str
    rows: Mapping[str, int]
    digest: str
    files: int = 0
    format: int = FORMAT

    def dumped(self) -> bytes:
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()

    @classmethod
    def loaded(cls, content: bytes) -> "Manifest":
        """Raises BackupError if `content` is not a valid manifest."""
        try:
            fields = json.loads(content)
            found = cls(**fields)
        except (ValueError, TypeError) as error:
            raise BackupError("the archive is no backup of ours") from error
        if found.format != FORMAT:
            raise BackupError(f"a backup of format {found.format}: this program knows {FORMAT}")
        return found
