"""Ciphertext of earlier versions, Fernet tokens bound to no place: read once, when it is written anew."""

from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from accounts.cipher import Cipher, WrongKeyError


@dataclass(frozen=True, slots=True)
class EarlierCipher:
    fernet: MultiFernet

    @classmethod
    def of(cls, cipher: Cipher) -> "EarlierCipher":
        """The same keys, as they were used before."""
        return cls(MultiFernet([Fernet(key) for key in cipher.keys]))

    def open(self, closed: str) -> str:
        """Raises WrongKeyError, also for what is bound already."""
        try:
            return self.fernet.decrypt(closed).decode()
        except InvalidToken:
            raise WrongKeyError from None

    @staticmethod
    def check_values(cipher: Cipher) -> tuple[str, ...]:
        """What told each key of such a database, newest first."""
        return cipher.digests("qyzmet: the check value of a data key")
