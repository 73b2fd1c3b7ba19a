"""Encryption of personal values: Fernet, with several keys at once to allow rotation."""

import hmac
from dataclasses import dataclass, field
from typing import Self

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class BadKeyError(ValueError):
    """A key is not 32 bytes in URL-safe base64, as `qyzmet keys make` prints them."""


class WrongKeyError(Exception):
    """No configured key decrypts the value."""


@dataclass(frozen=True, slots=True)
class Cipher:
    """Encrypts with the newest key, decrypts with any of them."""

    fernet: MultiFernet
    keys: tuple[bytes, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, keys: str) -> Self:
        """A cipher from keys separated by commas, newest first. Raises BadKeyError."""
        try:
            given = [key.strip() for key in keys.split(",") if key.strip()]
            fernets = [Fernet(key) for key in given]
        except ValueError:
            raise BadKeyError(
                "a key is 32 bytes in URL-safe base64"
            ) from None  # the cause may contain the key
        if not fernets:
            raise BadKeyError("no key is given")
        return cls(MultiFernet(fernets), tuple(key.encode() for key in given))

    def close(self, text: str) -> str:
        """A lone surrogate, which no encoding holds, becomes U+FFFD."""
        whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return self.fernet.encrypt(whole.encode()).decode()

    def open(self, closed: str) -> str:
        """Reverse `close`. Raises WrongKeyError."""
        try:
            return self.fernet.decrypt(closed).decode()
        except InvalidToken:
            raise WrongKeyError from None

    def digest(self, text: str) -> str:
        """A keyed digest with the newest key: equal texts can be told, the text cannot."""
        return self.digests(text)[0]

    def digests(self, text: str) -> tuple[str, ...]:
        """The digests of every configured key, newest first."""
        return tuple(hmac.digest(key, text.encode(), "sha256").hex() for key in self.keys)

    def check_values(self) -> tuple[str, ...]:
        """What tells each configured key and gives none away, newest first."""
        return self.digests("qyzmet: the check value of a data key")

    def renew(self, closed: str) -> str:
        """Encrypt again with the newest key. Raises WrongKeyError."""
        try:
            return self.fernet.rotate(closed).decode()
        except InvalidToken:
            raise WrongKeyError from None


def make_key() -> str:
    return Fernet.generate_key().decode()
