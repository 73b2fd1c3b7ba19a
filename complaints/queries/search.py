"""Find an organisation's complaints by service, day, person or words.

What is found has a number, dates and a state, no words and no names: it is no look.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, func, select

from accounts.cipher import ValueKey
from accounts.permissions import Action
from complaints.actions.context import ComplaintContext
from complaints.case import ComplaintCase, case_of
from complaints.finding.words import SoughtWords
from complaints.tables import IS_OPEN, IS_OVER, ComplaintRow, MessageRow
from complaints.thread import place_of

MOST_READ = 500  # open complaints whose words one search reads


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """One of these: a service's slug, days of registration (both inclusive), or complaints found before."""

    service: str | None = None
    days: tuple[date, date] | None = None
    ids: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPage:
    """Newest first; the next page begins below the id `next`."""

    cases: Sequence[ComplaintCase]
    next: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WordHits:
    """`read` of the organisation's `open` complaints were read, those due first."""

    ids: tuple[int, ...]
    read: int
    open: int


@dataclass(frozen=True, slots=True)
class CaseSearch:
    context: ComplaintContext

    async def page(
        self, by: int, organisation: str, criteria: Criteria, *, below: int | None = None, size: int = 10
    ) -> FoundPage:
        """Raises NotAllowedError."""
        await self.context.right(by, Action.SEE_COMPLAINTS, organisation)
        where = [ComplaintRow.organisation == organisation, *_matching(criteria)]
        if below is not None:
            where.append(ComplaintRow.id < below)
        found: list[ComplaintRow] = []
        for part in (IS_OPEN, IS_OVER):  # each has indexes of its own
            query = select(ComplaintRow).where(*where, part).order_by(ComplaintRow.id.desc())
            found += (await self.context.session.scalars(query.limit(size + 1))).all()
        found.sort(key=lambda row: row.id, reverse=True)
        more = found[size - 1].id if len(found) > size else None
        return FoundPage(cases=[case_of(row) for row in found[:size]], next=more)

    async def of_person(
        self, by: int, organisation: str, *, iin: str = "", phone: str = ""
    ) -> tuple[int, ...]:
        """The complaints of whoever gave this number or telephone, for those who may read them.

        Raises NotAllowedError.
        """
        await self.context.right(by, Action.WORK_ON_COMPLAINTS, organisation)
        cipher = self.context.cipher
        of_iin = ComplaintRow.iin_digest.in_(cipher.digests(f"iin/{iin}") if iin else ())
        of_phone = ComplaintRow.phone_digest.in_(cipher.digests(f"phone/{phone}") if phone else ())
        query = select(ComplaintRow.id).where(ComplaintRow.organisation == organisation, of_iin | of_phone)
        return tuple(await self.context.session.scalars(query.order_by(ComplaintRow.id.desc())))

    async def by_words(self, by: int, organisation: str, typed: str) -> WordHits:
        """Open complaints in whose text or messages every word occurs, also inflected.

        At most MOST_READ are read, in memory and beside the event loop.

        Raises NotAllowedError, WrongKeyError.
        """
        await self.context.right(by, Action.WORK_ON_COMPLAINTS, organisation)
        session, here = self.context.session, (ComplaintRow.organisation == organisation, IS_OPEN)
        count = await session.scalar(select(func.count()).select_from(ComplaintRow).where(*here)) or 0
        closed = await self._closed_words(here)
        sought = SoughtWords.of(typed)
        hits = await asyncio.to_thread(_hits, closed, sought) if sought.any else ()
        return WordHits(ids=hits, read=len(closed), open=count)

    async def _closed_words(self, here: Sequence[ColumnElement[bool]]) -> "list[_ClosedWords]":
        """The encrypted texts and messages, with what opens them."""
        session = self.context.session
        first = select(ComplaintRow.id, ComplaintRow.text_cipher).where(*here)
        rows = (
            await session.execute(first.order_by(ComplaintRow.due_on, ComplaintRow.id).limit(MOST_READ))
        ).all()
        ids = [row.id for row in rows]
        said: dict[int, list[MessageRow]] = {}
        for message in await session.scalars(select(MessageRow).where(MessageRow.complaint.in_(ids))):
            said.setdefault(message.complaint, []).append(message)
        keys = await self.context.keys.of(ids)
        return [
            _ClosedWords(
                id=row.id,
                key=keys.get(row.id),
                texts=(
                    *(((row.text_cipher, ("complaints.text",)),) if row.text_cipher else ()),
                    *((one.text_cipher, place_of(one)) for one in said.get(row.id, ()) if one.text_cipher),
                ),
            )
            for row in rows
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _ClosedWords:
    """A complaint's texts, each with what it is bound to."""

    id: int
    key: ValueKey | None
    texts: tuple[tuple[str, tuple[object, ...]], ...] = field(repr=False)


def _hits(closed: Sequence[_ClosedWords], sought: SoughtWords) -> tuple[int, ...]:
    return tuple(one.id for one in closed if one.key is not None and sought.within(_opened(one, one.key)))


def _opened(one: _ClosedWords, key: ValueKey) -> str:
    return "\n".join(key.open(text, *place) for text, place in one.texts)


def _matching(criteria: Criteria) -> list[ColumnElement[bool]]:
    if criteria.ids is not None:
        return [ComplaintRow.id.in_(criteria.ids)]
    if criteria.days is not None:
        return [ComplaintRow.registered_on.between(*criteria.days)]
    return [ComplaintRow.service == criteria.service]
