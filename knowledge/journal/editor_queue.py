"""What an editor sees to: questions without answer, facts called wrong, cards with an old wording."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from database.atomic import atomic
from database.unit_of_work import UnitOfWork
from kernel.clock import Clock, almaty_date
from knowledge.journal.entries import QuestionGroup, WrongFact
from knowledge.journal.queries import JournalQueries
from knowledge.journal.store import JournalStore
from registry_data.check import wording_is_old
from registry_data.schema import ServiceCard
from registry_data.store import CardRepository


class EditorCheck(Protocol):
    """Whether somebody is an editor; the room of accounts knows."""

    async def __call__(self, telegram_id: int) -> None:
        """Raises for whoever is none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorQueue:
    """What waits for an editor: each list in the order in which it is worth seeing to."""

    questions: tuple[QuestionGroup, ...]
    wrong_facts: tuple[WrongFact, ...]
    old_wordings: tuple[ServiceCard, ...]

    def question(self, number: int) -> QuestionGroup | None:
        """The group that holds the question of this number."""
        return next((group for group in self.questions if number in group.numbers), None)

    def wrong_fact(self, number: int) -> WrongFact | None:
        return next((fact for fact in self.wrong_facts if fact.number == number), None)

    def old_wording(self, slug: str) -> ServiceCard | None:
        return next((card for card in self.old_wordings if card.slug == slug), None)


@dataclass(frozen=True, slots=True)
class ReadEditorQueue:
    check: EditorCheck
    journal: JournalStore

    async def __call__(self, by: int, now: datetime) -> EditorQueue:
        """Everything that waits at `now` (aware). Raises for whoever is no editor."""
        await self.check(by)
        queries = JournalQueries(self.journal)
        return EditorQueue(
            questions=tuple(await queries.groups(now)),
            wrong_facts=tuple(await queries.wrong_facts(now)),
            old_wordings=await self._old_wordings(now),
        )

    async def _old_wordings(self, now: datetime) -> tuple[ServiceCard, ...]:
        """Cards whose wording is over eighteen months old and was not looked after, the oldest first."""
        today = almaty_date(now)
        checked = await self.journal.checked_wordings()
        old = [
            (card.version, card)
            for card in await CardRepository(self.journal.session).all_cards()
            if card.version is not None
            and wording_is_old(card.version, today)
            and (card.slug, card.version) not in checked
        ]
        return tuple(card for _, card in sorted(old, key=lambda pair: (pair[0], pair[1].slug)))


@dataclass(frozen=True, slots=True)
class FinishQuestion:
    """All questions that read like this one are seen to; the next one of its kind shows up again."""

    unit: UnitOfWork
    queue: ReadEditorQueue
    clock: Clock

    @atomic
    async def __call__(self, by: int, number: int) -> bool:
        """False where it waits no longer. Raises for whoever is no editor."""
        now = self.clock.now()
        group = (await self.queue(by, now)).question(number)
        if group is None:
            return False
        await self.queue.journal.mark_questions_done(group.numbers, by, now)
        return True


@dataclass(frozen=True, slots=True)
class FinishWrongFact:
    unit: UnitOfWork
    queue: ReadEditorQueue
    clock: Clock

    @atomic
    async def __call__(self, by: int, number: int) -> bool:
        """False where it waits no longer. Raises for whoever is no editor."""
        now = self.clock.now()
        if (await self.queue(by, now)).wrong_fact(number) is None:
            return False
        await self.queue.journal.mark_fact_done(number, by, now)
        return True


@dataclass(frozen=True, slots=True)
class FinishOldWording:
    unit: UnitOfWork
    queue: ReadEditorQueue
    clock: Clock

    @atomic
    async def __call__(self, by: int, slug: str) -> bool:
        """False where it waits no longer. Raises for whoever is no editor."""
        now = self.clock.now()
        card = (await self.queue(by, now)).old_wording(slug)
        if card is None or card.version is None:
            return False
        await self.queue.journal.mark_wording_checked(slug, card.version, by, now)
        return True
