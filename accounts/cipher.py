"""Encryption of personal values: AES-GCM-SIV under a data key, or under a key that one record has of its own.

Each value is bound to its place, a field and what identifies the row: moved elsewhere it does not open.
"""

import base64
import hmac
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES: Final = 32
_FORM: Final = "b1."  # of a bound value; Fernet's tokens, of earlier versions, begin with "gAAAAA"
_NONCE: Final = 12
_WRAPPED: Final = "record_keys.wrapped"


class BadKeyError(ValueError):
    """A key is not 32 bytes in URL-safe base64, as `qyzmet keys make` prints them."""


class WrongKeyError(Exception):
    """No configured key decrypts the value, or it stands in another place than it was written for."""


@dataclass(frozen=True)
class ValueKey:
    """One key, of the data or of a record."""

    secret: bytes = field(repr=False)

    @cached_property
    def _aead(self) -> AESGCMSIV:
        return AESGCMSIV(self.secret)

    def close(self, text: str, *place: object) -> str:
        """A lone surrogate, which no encoding holds, becomes U+FFFD."""
        whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return _FORM + base64.urlsafe_b64encode(self.close_bytes(whole.encode(), *place)).decode()

    def open(self, closed: str, *place: object) -> str:
        """Reverse `close`. Raises WrongKeyError."""
        if not closed.startswith(_FORM):
            raise WrongKeyError
        try:
            content = base64.b64decode(closed[len(_FORM) :], altchars=b"-_", validate=True)
        except ValueError:
            raise WrongKeyError from None
        return self.open_bytes(content, *place).decode()

    def close_bytes(self, content: bytes, *place: object) -> bytes:
        nonce = os.urandom(_NONCE)
        return nonce + self._aead.encrypt(nonce, content, _bound(place))

    def open_bytes(self, closed: bytes, *place: object) -> bytes:
        """Reverse `close_bytes`. Raises WrongKeyError."""
        try:
            return self._aead.decrypt(closed[:_NONCE], closed[_NONCE:], _bound(place))
        except (InvalidTag, ValueError):
            raise WrongKeyError from None


def _bound(place: tuple[object, ...]) -> bytes:
    parts = (one.astimezone(UTC).isoformat() if isinstance(one, datetime) else str(one) for one in place)
    return "\x1f".join(parts).encode()


@dataclass(frozen=True)
class Cipher:
    """The data keys, newest first: encrypts with the newest, decrypts with any of them.

    `place` is the field and what identifies its row, the same when closing and opening.
    """

    keys: tuple[bytes, ...] = field(repr=False)

    @classmethod
    def of(cls, keys: str) -> Self:
        """A cipher from keys separated by commas, newest first. Raises BadKeyError."""
        given = [key.strip() for key in keys.split(",") if key.strip()]
        if not given:
            raise BadKeyError("no key is given")
        for key in given:
            _check_key(key)
        return cls(tuple(key.encode() for key in given))

    @cached_property
    def _values(self) -> tuple[ValueKey, ...]:
        return tuple(_derived(base64.urlsafe_b64decode(key)) for key in self.keys)

    def close(self, text: str, *place: object) -> str:
        return self._values[0].close(text, *place)

    def open(self, closed: str, *place: object) -> str:
        """Reverse `close`. Raises WrongKeyError."""
        for key in self._values[:-1]:
            try:
                return key.open(closed, *place)
            except WrongKeyError:
                continue
        return self._values[-1].open(closed, *place)

    def renew(self, closed: str, *place: object) -> str:
        """Encrypt again with the newest key. Raises WrongKeyError."""
        return self.close(self.open(closed, *place), *place)

    def new_record_key(self, record: str) -> tuple[ValueKey, str]:
        """A key for what belongs to one record, and the same wrapped, to be stored."""
        secret = os.urandom(KEY_BYTES)
        return ValueKey(secret), self.close(secret.hex(), _WRAPPED, record)

    def record_key(self, wrapped: str, record: str) -> ValueKey:
        """Raises WrongKeyError."""
        return ValueKey(bytes.fromhex(self.open(wrapped, _WRAPPED, record)))

    def digest(self, text: str) -> str:
        """A keyed digest with the newest key: equal texts can be told, the text cannot."""
        return self.digests(text)[0]

    def digests(self, text: str) -> tuple[str, ...]:
        """The digests of every configured key, newest first."""
        return tuple(hmac.digest(key, text.encode(), "sha256").hex() for key in self.keys)

    def check_values(self) -> tuple[str, ...]:
        """What tells each configured key and gives none away, newest first."""
        return self.digests("qyzmet: the check value of a data key of bound values")


def make_key() -> str:
    return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()


def _check_key(key: str) -> None:
    try:
        is_good = len(base64.urlsafe_b64decode(key.encode("ascii"))) == KEY_BYTES
    except ValueError:
        is_good = False
    if not is_good:  # the cause would quote the key
        raise BadKeyError("a key is 32 bytes in URL-safe base64")


def _derived(key: bytes) -> ValueKey:
    """Digests take the key as it is, values take another one made from it."""
    return ValueKey(HKDF(SHA256(), KEY_BYTES, salt=None, info=b"qyzmet: bound values").derive(key))
