"""What a backup says of itself: by this a restored database is compared with the one that was saved."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

FORMAT = 1


class BackupError(Exception):
    """A backup cannot be made or restored; its words are for the operator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """`engine` is "sqlite" or "postgresql", `revision` the migration that the tables stand at, `rows` how
    many each table held, `digest` the SHA-256 of the database's dump, `files` how many files lie beside it.
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
        """Raises BackupError for what is no manifest of ours."""
        try:
            fields = json.loads(content)
            found = cls(**fields)
        except (ValueError, TypeError) as error:
            raise BackupError("the archive is no backup of ours") from error
        if found.format != FORMAT:
            raise BackupError(f"a backup of format {found.format}: this program knows {FORMAT}")
        return found
