"""The complaints of a person who names a number or a telephone, found by keyed digests."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import Cipher
from accounts.profile.fields import TelephoneInvalidError, read_telephone
from complaints.case import ComplaintCase, case_of
from complaints.tables import ComplaintRow
from kernel.identity_numbers import IdentityNumberInvalidError, read_number


def read_person(typed: str) -> tuple[str, str]:
    """The IIN or BIN and the telephone that `typed` can be read as; empty where it is none."""
    try:
        iin = read_number(typed)
    except IdentityNumberInvalidError:
        iin = ""
    try:
        phone = read_telephone(typed)
    except TelephoneInvalidError:
        phone = ""
    return iin, phone


@dataclass(frozen=True, slots=True)
class ComplaintsOfPerson:
    """Nothing is decrypted: what is found has numbers, dates and states, and is no look."""

    session: AsyncSession
    cipher: Cipher

    async def __call__(self, *, iin: str = "", phone: str = "") -> Sequence[ComplaintCase]:
        """Oldest first; without a number and a telephone nothing is found."""
        of_iin = ComplaintRow.iin_digest.in_(self.cipher.digests(f"iin/{iin}") if iin else ())
        of_phone = ComplaintRow.phone_digest.in_(self.cipher.digests(f"phone/{phone}") if phone else ())
        query = select(ComplaintRow).where(of_iin | of_phone).order_by(ComplaintRow.id)
        return [case_of(row) for row in await self.session.scalars(query)]
