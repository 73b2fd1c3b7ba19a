"""Answering a complaint, and putting it away."""

from dataclasses import dataclass

from complaints.actions.citizens import say
from complaints.actions.desk import Desk
from complaints.case import Case, case_of
from complaints.errors import AnswerEmptyError
from complaints.facts import Outcome
from complaints.lifecycle import Step
from complaints.talk import Saying, Words
from complaints.telling import Told
from database.atomic import atomic


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """`restored`: whether the citizen's rights were restored; `how` says how, and must where they were."""

    outcome: Outcome
    words: Words
    restored: bool = False
    how: str = ""

    def check(self) -> None:
        """Raises AnswerEmptyError, and what Words.check raises."""
        self.words.check()
        if self.restored and not self.how.strip():
            raise AnswerEmptyError
        if self.how.strip():
            Words(text=self.how).check()


@dataclass(frozen=True, slots=True)
class Answer:
    desk: Desk

    @atomic
    async def __call__(self, by: int, complaint: int, reply: Reply) -> Case:
        """Raises GoneError, NotAllowedError, NotHolderError, IllegalMoveError, what Reply.check raises."""
        worked = await self.desk.worked(by, complaint)
        row = worked.row
        self.desk.check(row, Step.ANSWER)
        reply.check()
        message = await say(self.desk, row, Saying.ANSWER, by, reply.words)
        if reply.restored:
            await say(self.desk, row, Saying.RESTORED, by, Words(text=reply.how))
        row.outcome, row.restored = reply.outcome.value, reply.restored
        row.answered_on = self.desk.today()
        await self.desk.step(
            row,
            Step.ANSWER,
            worked.actor,
            outcome=reply.outcome,
            restored=int(reply.restored),
            message=message,
        )
        await (await self.desk.teller()).citizen(row, Told.ANSWERED, message)
        return case_of(row)


@dataclass(frozen=True, slots=True)
class Close:
    """Off the desk; the citizen may still say "not solved"."""

    desk: Desk

    @atomic
    async def __call__(self, by: int, complaint: int) -> Case:
        """Raises GoneError, NotAllowedError, NotHolderError, IllegalMoveError."""
        worked = await self.desk.worked(by, complaint)
        await self.desk.step(worked.row, Step.CLOSE, worked.actor)
        return case_of(worked.row)
