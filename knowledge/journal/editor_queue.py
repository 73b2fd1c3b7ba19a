"""The editors' queue: unanswered questions, facts reported wrong, stale cards, outdated wordings, drafts."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from database.engine import UnitOfWork, atomic
from kernel.clock import Clock, almaty_date
from kernel.errors import DomainError
from knowledge.journal.entries import QuestionGroup, WrongFact
from knowledge.journal.queries import JournalQueries
from knowledge.journal.store import JournalStore
from registry_data.actions import replace_undoably
from registry_data.check import wording_is_old
from registry_data.proposals import Proposal, ProposalStore
from registry_data.queries import read_registry, read_stale_cards
from registry_data.schema import ServiceCard
from registry_data.staleness import StaleCard
from registry_data.store import CardRepository


class EditorCheck(Protocol):
    """Checks that somebody is an editor; implemented by accounts."""

    async def __call__(self, telegram_id: int) -> None:
        """Raises if the person is not an editor."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorQueue:
    """Items waiting for an editor, each list in order of priority."""

    questions: tuple[QuestionGroup, ...]
    wrong_facts: tuple[WrongFact, ...]
    stale: tuple[StaleCard, ...]
    old_wordings: tuple[ServiceCard, ...]
    proposals: tuple[Proposal, ...] = ()

    def question(self, number: int) -> QuestionGroup | None:
        """The group that contains this question."""
        return next((group for group in self.questions if number in group.numbers), None)

    def wrong_fact(self, number: int) -> WrongFact | None:
        return next((fact for fact in self.wrong_facts if fact.number == number), None)

    def stale_card(self, slug: str) -> StaleCard | None:
        return next((one for one in self.stale if one.card.slug == slug), None)

    def old_wording(self, slug: str) -> ServiceCard | None:
        return next((card for card in self.old_wordings if card.slug == slug), None)

    def proposal(self, number: int) -> Proposal | None:
        return next((one for one in self.proposals if one.number == number), None)


@dataclass(frozen=True, slots=True)
class ReadEditorQueue:
    check: EditorCheck
    journal: JournalStore

    async def __call__(self, by: int, now: datetime) -> EditorQueue:
        """Everything waiting at `now` (aware). Raises if `by` is not an editor."""
        await self.check(by)
        queries = JournalQueries(self.journal)
        return EditorQueue(
            questions=tuple(await queries.groups(now)),
            wrong_facts=tuple(await queries.wrong_facts(now)),
            stale=await read_stale_cards(self.journal.session, almaty_date(now)),
            old_wordings=await self._old_wordings(now),
            proposals=await ProposalStore(self.journal.session).waiting(),
        )

    async def _old_wordings(self, now: datetime) -> tuple[ServiceCard, ...]:
        """Cards whose wording is over eighteen months old and unreviewed, oldest first."""
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
    """Mark all questions worded like this one as done; new ones of the kind appear again."""

    unit: UnitOfWork
    queue: ReadEditorQueue
    clock: Clock

    @atomic
    async def __call__(self, by: int, number: int) -> bool:
        """False if it is no longer waiting. Raises if `by` is not an editor."""
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
        """False if it is no longer waiting. Raises if `by` is not an editor."""
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
        """False if it is no longer waiting. Raises if `by` is not an editor."""
        now = self.clock.now()
        card = (await self.queue(by, now)).old_wording(slug)
        if card is None or card.version is None:
            return False
        await self.queue.journal.mark_wording_checked(slug, card.version, by, now)
        return True


class CardChangedError(DomainError):
    """The card was changed after the draft was laid beside it: lay it there again."""

    code = "card_changed"


@dataclass(frozen=True, slots=True)
class AcceptProposal:
    """Make a proposed card the registry's; like any import it can be undone."""

    unit: UnitOfWork
    queue: ReadEditorQueue
    clock: Clock

    @atomic
    async def __call__(self, by: int, number: int) -> bool:
        """False if it is no longer waiting. Raises if `by` is not an editor, and CardChangedError."""
        now = self.clock.now()
        proposal = (await self.queue(by, now)).proposal(number)
        if proposal is None:
            return False
        session = self.queue.journal.session
        store = ProposalStore(session)
        _, digest = await store.standing(proposal.card.slug)
        if digest != proposal.based_on:
            raise CardChangedError
        registry = await read_registry(session)
        cards = {card.slug: card for card in registry.cards} | {proposal.card.slug: proposal.card}
        acts = {act.key: act for act in registry.acts}
        if proposal.act is not None:
            acts.setdefault(proposal.act.key, proposal.act)
        made = replace(registry, cards=tuple(cards.values()), acts=tuple(acts.values()))
        await replace_undoably(session, made, by=f"telegram:{by}", at=now)
        await store.drop(number)
        return True


@dataclass(frozen=True, slots=True)
class DropProposal:
    """Leave the card as it is."""

    unit: UnitOfWork
    queue: ReadEditorQueue
    clock: Clock

    @atomic
    async def __call__(self, by: int, number: int) -> bool:
        """False if it is no longer waiting. Raises if `by` is not an editor."""
        if (await self.queue(by, self.clock.now())).proposal(number) is None:
            return False
        await ProposalStore(self.queue.journal.session).drop(number)
        return True
