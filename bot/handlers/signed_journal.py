"""Entries of the journal, each with the keyed digest of its author, so that /forget finds them."""

from dataclasses import dataclass

from accounts.cipher import Cipher
from complaints.forget_person import author_text
from knowledge.journal.actions import GiveVerdict, RecordQuestion
from knowledge.journal.entries import AnswerOutcome, Verdict


@dataclass(frozen=True, slots=True)
class SignedJournal:
    record: RecordQuestion
    give: GiveVerdict
    cipher: Cipher

    async def question(self, person: int, text: str, language: str, outcome: AnswerOutcome) -> int:
        """Returns the question's number."""
        return await self.record(text, language, outcome, self._author(person))

    async def verdict(self, person: int, slug: str, verdict: Verdict, text: str = "") -> None:
        await self.give(slug, verdict, text, self._author(person))

    def _author(self, person: int) -> str:
        return self.cipher.digest(author_text(person))
