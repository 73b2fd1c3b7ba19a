"""Backups encrypted with age: the machine that makes them holds no key that opens them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from database.backup.manifest import BackupError

_AGE = b"age-encryption.org/v1\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealing:
    """`recipients` are age's public keys; without any nothing is encrypted. `identity` opens."""

    recipients: tuple[str, ...] = ()
    identity: Path | None = None

    def close(self, archive: Path, sealed: Path) -> Path:
        """The encrypted file, or the archive itself if there are no recipients. Raises BackupError."""
        if not self.recipients:
            return archive
        import pyrage  # noqa: PLC0415  a backup in clear does without

        try:
            keys = [pyrage.x25519.Recipient.from_str(one) for one in self.recipients]
            sealed.touch(0o600)
            pyrage.encrypt_file(str(archive), str(sealed), keys)
        except (pyrage.RecipientError, pyrage.EncryptError) as error:
            raise BackupError(f"the backup cannot be encrypted: {error}") from error
        return sealed

    def open(self, source: Path, opened: Path) -> Path:
        """The archive in clear: `source` itself if it is not encrypted. Raises BackupError."""
        with source.open("rb") as file:
            if file.read(len(_AGE)) != _AGE:
                return source
        if self.identity is None:
            raise BackupError("the backup is encrypted: name the file of its secret key with --identity")
        import pyrage  # noqa: PLC0415

        try:
            opened.touch(0o600)
            pyrage.decrypt_file(str(source), str(opened), _identities(self.identity, pyrage))
        except (pyrage.IdentityError, pyrage.DecryptError) as error:
            raise BackupError("the secret key does not open the backup, or the backup is damaged") from error
        return opened


def make_identity() -> tuple[str, str]:
    """A secret key and the public one that goes with it."""
    import pyrage  # noqa: PLC0415

    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def _identities(path: Path, pyrage: Any) -> list[Any]:
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
