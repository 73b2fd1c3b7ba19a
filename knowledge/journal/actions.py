"""Record unanswered questions and verdicts on answers."""

from dataclasses import dataclass

from database.engine import UnitOfWork, atomic
from kernel.clock import Clock
from knowledge.journal.entries import AnswerOutcome, Verdict
from knowledge.journal.store import JournalStore
from notifications.personal_data import kept


@dataclass(frozen=True, slots=True)
class RecordQuestion:
    unit: UnitOfWork
    journal: JournalStore
    clock: Clock

    @atomic
    async def __call__(
        self, text: str, language: str, outcome: AnswerOutcome, author: str | None = None
    ) -> int:
        """Store the question with personal data masked; returns its number. `author` is a keyed digest."""
        return await self.journal.add_question(
            text=kept(text), language=language, outcome=outcome, at=self.clock.now(), author=author
        )


@dataclass(frozen=True, slots=True)
class RefuseOffer:
    unit: UnitOfWork
    journal: JournalStore

    @atomic
    async def __call__(self, question_id: int) -> None:
        await self.journal.refuse(question_id)


@dataclass(frozen=True, slots=True)
class GiveVerdict:
    unit: UnitOfWork
    journal: JournalStore
    clock: Clock

    @atomic
    async def __call__(self, slug: str, verdict: Verdict, text: str = "", author: str | None = None) -> None:
        """`author` is a keyed digest."""
        await self.journal.add_verdict(
            slug=slug, verdict=verdict, text=kept(text), at=self.clock.now(), author=author
        )
