"""People and what they chose, and where that is stored."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.tables import PersonRow
from kernel.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    telegram_id: int
    language: Language | None = None  # chosen by the person; None until then
    switch_offered: bool = False  # whether another language was offered already

    def reads(self, proposed: Language) -> Language:
        """The language to answer in: the chosen one, else the one Telegram proposes."""
        return self.language or proposed


def proposed_language(code: str | None) -> Language:
    """The language a Telegram language code ("ru", "en-GB") proposes; Kazakh by default."""
    primary = (code or "").split("-")[0].casefold()
    return next((language for language in Language if language.value == primary), Language.KK)


PEOPLE = cast(Table, PersonRow.__table__)
PERSON_COLUMNS = (PEOPLE.c.language, PEOPLE.c.switch_offered_at)
_FIND = select(*PERSON_COLUMNS).where(PEOPLE.c.telegram_id == bindparam("telegram_id"))
_FIND_ALL = select(PEOPLE.c.telegram_id, *PERSON_COLUMNS).where(
    PEOPLE.c.telegram_id.in_(bindparam("telegram_ids", expanding=True))
)


def person_of(telegram_id: int, row: Any) -> Person:
    """The person in a row with PERSON_COLUMNS, all None for one who never chose anything."""
    return Person(
        telegram_id=telegram_id,
        language=Language(row.language) if row.language else None,
        switch_offered=row.switch_offered_at is not None,
    )


@dataclass(frozen=True, slots=True)
class PersonStore:
    session: AsyncSession

    async def find(self, telegram_id: int) -> Person:
        """The person with their choices; one who never chose anything has no row and is returned too."""
        row = (await self.session.execute(_FIND, {"telegram_id": telegram_id})).first()
        return Person(telegram_id=telegram_id) if row is None else person_of(telegram_id, row)

    async def find_all(self, telegram_ids: Collection[int]) -> dict[int, Person]:
        """Like `find` for each of them, in one statement."""
        if not telegram_ids:
            return {}
        rows = await self.session.execute(_FIND_ALL, {"telegram_ids": list(telegram_ids)})
        known = {row.telegram_id: person_of(row.telegram_id, row) for row in rows}
        return {one: known.get(one) or Person(telegram_id=one) for one in telegram_ids}

    async def keep_language(self, telegram_id: int, language: Language, at: datetime) -> None:
        row = await self._row(telegram_id, at)
        row.language = language.value

    async def keep_switch_offer(self, telegram_id: int, at: datetime) -> None:
        row = await self._row(telegram_id, at)
        row.switch_offered_at = at

    async def known_since(self, telegram_id: int) -> datetime | None:
        """When the person first chose something; None if nothing is stored about them."""
        return await self.session.scalar(
            select(PersonRow.first_seen_at).where(PersonRow.telegram_id == telegram_id)
        )

    async def forget(self, telegram_id: int) -> None:
        await self.session.execute(delete(PersonRow).where(PersonRow.telegram_id == telegram_id))

    async def _row(self, telegram_id: int, at: datetime) -> PersonRow:
        row = await self.session.get(PersonRow, telegram_id)
        if row is None:
            row = PersonRow(telegram_id=telegram_id, first_seen_at=at)
            self.session.add(row)
        return row
