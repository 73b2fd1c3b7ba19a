"""Profile values and consents in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import Cipher
from accounts.profile.fields import Consent, Field, StoredProfile
from accounts.profile.tables import VALUE, ConsentRow, ProfileValueRow
from database.types import insert_into

_VALUES = select(ProfileValueRow.field, ProfileValueRow.ciphertext).where(
    ProfileValueRow.telegram_id == bindparam("telegram_id_")
)
_CONSENTS = (
    select(ConsentRow.version, ConsentRow.given_at)
    .where(ConsentRow.telegram_id == bindparam("telegram_id_"))
    .order_by(ConsentRow.given_at)
)


@dataclass(frozen=True, slots=True)
class ProfileStore:
    session: AsyncSession
    cipher: Cipher

    async def of(self, telegram_id: int) -> StoredProfile:
        """The person's profile. Raises WrongKeyError where no configured key decrypts it."""
        rows = await self.session.execute(_VALUES, {"telegram_id_": telegram_id})
        values = {
            Field(row.field): self.cipher.open(row.ciphertext, VALUE.field, telegram_id, row.field)
            for row in rows
        }
        return StoredProfile(consent=await self.consent_of(telegram_id), values=values)

    async def values_of(self, people: Sequence[int], field: Field) -> dict[int, str]:
        """One field's value, for each of the people who stored it."""
        query = select(ProfileValueRow.telegram_id, ProfileValueRow.ciphertext).where(
            ProfileValueRow.telegram_id.in_(people), ProfileValueRow.field == field.value
        )
        rows = await self.session.execute(query)
        return {
            row.telegram_id: self.cipher.open(row.ciphertext, VALUE.field, row.telegram_id, field.value)
            for row in rows
        }

    async def keep(self, telegram_id: int, field: Field, value: str, at: datetime) -> None:
        closed = self.cipher.close(value, VALUE.field, telegram_id, field.value)
        written = insert_into(self.session, ProfileValueRow.__table__).values(
            telegram_id=telegram_id, field=field.value, ciphertext=closed, kept_at=at
        )
        fresh = {"ciphertext": written.excluded.ciphertext, "kept_at": written.excluded.kept_at}
        keys = ["telegram_id", "field"]
        await self.session.execute(written.on_conflict_do_update(index_elements=keys, set_=fresh))

    async def forget(self, telegram_id: int, field: Field | None = None) -> None:
        """Delete one value, or all of the person's values."""
        gone = delete(ProfileValueRow).where(ProfileValueRow.telegram_id == telegram_id)
        if field is not None:
            gone = gone.where(ProfileValueRow.field == field.value)
        await self.session.execute(gone)

    async def consent_of(self, telegram_id: int) -> Consent | None:
        given = (await self.session.execute(_CONSENTS, {"telegram_id_": telegram_id})).all()
        if not given:
            return None
        return Consent(
            version=given[-1].version, first_given_at=given[0].given_at, given_at=given[-1].given_at
        )

    async def keep_consent(self, telegram_id: int, version: str, at: datetime) -> None:
        """Record the consent; an earlier one to the same version stays unchanged."""
        written = insert_into(self.session, ConsentRow.__table__).values(
            telegram_id=telegram_id, version=version, given_at=at
        )
        await self.session.execute(written.on_conflict_do_nothing(index_elements=["telegram_id", "version"]))

    async def forget_consents(self, telegram_id: int) -> None:
        await self.session.execute(delete(ConsentRow).where(ConsentRow.telegram_id == telegram_id))
