"""Reads of the journal for the registry's editors."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from knowledge.journal.entries import RETENTION, AnswerOutcome, QuestionGroup, WrongFact
from knowledge.journal.store import JournalStore
from knowledge.journal.tables import QuestionRow


@dataclass(frozen=True, slots=True)
class JournalQueries:
    journal: JournalStore

    async def groups(self, now: datetime) -> list[QuestionGroup]:
        """Unreviewed questions of the last 90 days, most frequent first."""
        return grouped(await self.journal.questions(now - RETENTION))

    async def wrong_facts(self, now: datetime) -> list[WrongFact]:
        """Unreviewed reports of wrong facts of the last 90 days, newest first."""
        rows = await self.journal.wrong_facts(now - RETENTION)
        return [WrongFact(number=row.id, slug=row.slug, text=row.text, given_at=row.given_at) for row in rows]


def grouped(rows: Iterable[QuestionRow]) -> list[QuestionGroup]:
    """Group rows with the same words, regardless of order and case."""
    found: defaultdict[tuple[str, ...], list[QuestionRow]] = defaultdict(list)
    for row in rows:
        found[words(row.text)].append(row)
    return sorted((_group(same) for same in found.values()), key=lambda group: (-group.count, group.text))


def words(text: str) -> tuple[str, ...]:
    """The sorted words of a text, without case and punctuation."""
    letters = "".join(sign if sign.isalnum() else " " for sign in text.casefold())
    return tuple(sorted(set(letters.split())))


def _group(rows: list[QuestionRow]) -> QuestionGroup:
    text, _ = Counter(row.text for row in rows).most_common(1)[0]
    return QuestionGroup(
        numbers=tuple(row.id for row in rows),
        text=text,
        language=rows[-1].language,
        count=len(rows),
        refused=sum(row.outcome == AnswerOutcome.REFUSED.value for row in rows),
        last_asked_at=max(row.asked_at for row in rows),
    )
