"""The journal in the database."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from database.types import insert_into
from knowledge.journal.entries import RETENTION, AnswerOutcome, Verdict
from knowledge.journal.tables import CheckedWordingRow, QuestionRow, VerdictRow

_ADD_QUESTION = insert(cast(Table, QuestionRow.__table__))
_NUMBER_BITS = 59  # eighteen digits at most, like every number in a button


@dataclass(frozen=True, slots=True)
class JournalStore:
    session: AsyncSession

    async def add_question(
        self, *, text: str, language: str, outcome: AnswerOutcome, at: datetime, author: str | None = None
    ) -> int:
        """Store the question, whose `text` is already masked. Returns its number, which is random so as not
        to reveal how many questions came before. Nothing is stored without a text.
        """
        number = secrets.randbits(_NUMBER_BITS)
        if not text:
            return number
        values = {"id": number, "text": text, "language": language, "outcome": outcome.value, "asked_at": at}
        await self.session.execute(_ADD_QUESTION, {**values, "author": author})
        return number

    async def refuse(self, question_id: int) -> None:
        """Record that none of the offered services was meant."""
        refused = update(QuestionRow).where(QuestionRow.id == question_id)
        await self.session.execute(refused.values(outcome=AnswerOutcome.REFUSED.value))

    async def add_verdict(
        self, *, slug: str, verdict: Verdict, text: str, at: datetime, author: str | None = None
    ) -> None:
        self.session.add(VerdictRow(slug=slug, verdict=verdict.value, text=text, given_at=at, author=author))

    async def forget(self, authors: Collection[str]) -> None:
        """Delete what the person with these digests has left."""
        for table in (QuestionRow, VerdictRow):
            await self.session.execute(delete(table).where(table.author.in_(authors)))

    async def drop_old(self, now: datetime) -> None:
        """Delete what is older than 90 days."""
        before = now - RETENTION
        await self.session.execute(delete(QuestionRow).where(QuestionRow.asked_at < before))
        await self.session.execute(delete(VerdictRow).where(VerdictRow.given_at < before))

    async def questions(self, since: datetime) -> Sequence[QuestionRow]:
        found = (
            select(QuestionRow)
            .where(QuestionRow.asked_at >= since, QuestionRow.done_at.is_(None))
            .order_by(QuestionRow.asked_at)
        )
        return (await self.session.scalars(found)).all()

    async def wrong_facts(self, since: datetime) -> Sequence[VerdictRow]:
        found = select(VerdictRow).where(
            VerdictRow.verdict == Verdict.WRONG.value,
            VerdictRow.given_at >= since,
            VerdictRow.done_at.is_(None),
        )
        return (await self.session.scalars(found.order_by(VerdictRow.given_at.desc()))).all()

    async def mark_questions_done(self, numbers: Collection[int], by: int, at: datetime) -> None:
        done = update(QuestionRow).where(QuestionRow.id.in_(numbers), QuestionRow.done_at.is_(None))
        await self.session.execute(done.values(done_at=at, done_by=by))

    async def mark_fact_done(self, number: int, by: int, at: datetime) -> None:
        done = update(VerdictRow).where(VerdictRow.id == number, VerdictRow.done_at.is_(None))
        await self.session.execute(done.values(done_at=at, done_by=by))

    async def mark_wording_checked(self, slug: str, version: date, by: int, at: datetime) -> None:
        checked = insert_into(self.session, CheckedWordingRow.__table__).values(
            slug=slug, version=version, done_by=by, done_at=at
        )
        await self.session.execute(checked.on_conflict_do_nothing(index_elements=["slug", "version"]))

    async def checked_wordings(self) -> set[tuple[str, date]]:
        """(slug, version) of the wordings an editor has reviewed."""
        rows = await self.session.execute(select(CheckedWordingRow.slug, CheckedWordingRow.version))
        return {(row.slug, row.version) for row in rows}


async def drop_old(session: AsyncSession, now: datetime) -> None:
    """Retention job: delete what is older than 90 days."""
    await JournalStore(session).drop_old(now)
