"""The cipher of a process that takes messages in and reads none: it has no key."""

from typing import NoReturn, cast

from accounts.cipher import Cipher


class NoKeyError(RuntimeError):
    """Something was to be encrypted or decrypted in a process without the data key."""


class _NoKeys:
    def __getattr__(self, name: str) -> NoReturn:
        raise NoKeyError(name)


def no_keys() -> Cipher:
    """Stands where a cipher is asked for; any use of it is a mistake and raises NoKeyError."""
    return cast("Cipher", _NoKeys())
