"""Counts questions asked during a failure, lost answers and repeated ones."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from localgram.client import SimulatedPerson
from sqlalchemy import exists, or_, select

from database.engine import Database
from messaging.inbox.tables import IS_UNHANDLED
from messaging.outbox.tables import IS_OPEN, OutboxRow


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultFigures:
    tried: int
    lost: int = 0
    doubled: int = 0

    @classmethod
    def of(cls, counts: Iterable[int]) -> "FaultFigures":
        """From the number of answers to each question."""
        found = list(counts)
        return cls(
            tried=len(found),
            lost=sum(count == 0 for count in found),
            doubled=sum(max(0, count - 1) for count in found),
        )

    def report(self, fault: str) -> "FaultFigures":
        """Print the figures for the table of docs/reliability.md (`pytest -s`)."""
        print(f"\n{fault}: {self.tried} tried, {self.lost} lost, {self.doubled} came twice")  # noqa: T201
        return self


async def everything_sent(database: Database, *, wait: float) -> None:
    """Wait until every update is handled and every answer is sent."""
    busy = or_(exists().where(IS_UNHANDLED), exists().where(IS_OPEN, OutboxRow.update_id.is_not(None)))
    async with asyncio.timeout(wait):
        while True:
            async with database.session() as session:
                if not await session.scalar(select(busy)):
                    return
            await asyncio.sleep(0.05)


async def answered(people: Sequence[SimulatedPerson], answer: str) -> FaultFigures:
    """The figures for one question from each person."""
    return FaultFigures.of([sum(answer in text for text in await texts_to(person)) for person in people])


async def texts_to(person: SimulatedPerson) -> list[str]:
    """All the bot's texts to this person."""
    return [one.get("text", "") for one in await person.messages() if one["from"]["is_bot"]]
