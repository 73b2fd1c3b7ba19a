"""Callback and inline queries that wait for the bot's answer."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from localgram import ids
from localgram.clock import SimulatorClock
from localgram.errors import stale_query
from localgram.signals import Signal

CALLBACK_LIFE = timedelta(seconds=30)
INLINE_LIFE = timedelta(seconds=10)


@dataclass(slots=True, kw_only=True, eq=False)
class PendingQuery:
    """One query; `answer` is set once the bot has answered."""

    person: int
    expires_at: datetime
    id: str = field(default_factory=ids.query_id)
    answer: dict[str, Any] | None = None
    answered: bool = False
    news: Signal = field(default_factory=Signal)

    def settle(self, answer: dict[str, Any] | None) -> None:
        self.answered = True
        self.answer = answer
        self.news.fire()


class PendingQueries:
    """The open queries of one kind, each answerable once and within `life`."""

    def __init__(self, clock: SimulatorClock, life: timedelta) -> None:
        self._clock = clock
        self._life = life
        self._open: dict[str, PendingQuery] = {}

    def ask(self, person: int) -> PendingQuery:
        query = PendingQuery(person=person, expires_at=self._clock.now() + self._life)
        self._open[query.id] = query
        return query

    def take(self, query_id: str) -> PendingQuery:
        """The query to answer; raises Telegram's 400 if it is unknown, already answered or too old."""
        query = self._open.pop(query_id, None)
        if query is None or self._clock.now() >= query.expires_at:
            raise stale_query()
        return query
