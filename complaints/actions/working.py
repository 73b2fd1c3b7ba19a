"""What the official who has a complaint does on the way to an answer."""

from dataclasses import dataclass
from datetime import date

from accounts.errors import GoneError
from accounts.permissions import Action
from complaints.actions.citizens import say
from complaints.actions.desk import Desk
from complaints.case import Case, case_of
from complaints.errors import HearingDayError
from complaints.facts import Delivery
from complaints.kinds.kind import Kind
from complaints.lifecycle import Step
from complaints.tables import HearingRow
from complaints.talk import Saying, Words
from complaints.telling import Told
from database.atomic import atomic
from registry_data.store import CARDS, ShelfStore


@dataclass(frozen=True, slots=True)
class AskCitizen:
    """The clock runs on while the citizen is asked."""

    desk: Desk

    @atomic
    async def __call__(self, by: int, complaint: int, words: Words) -> Case:
        """Raises GoneError, NotAllowedError, NotHolderError, IllegalMoveError, what Words.check raises."""
        worked = await self.desk.worked(by, complaint)
        self.desk.check(worked.row, Step.ASK)
        message = await say(self.desk, worked.row, Saying.QUESTION, by, words)
        await self.desk.step(worked.row, Step.ASK, worked.actor, message=message)
        await (await self.desk.teller()).citizen(worked.row, Told.ASKED, message)
        return case_of(worked.row)


@dataclass(frozen=True, slots=True)
class NoteHearing:
    """A hearing was held (Administrative Procedure Code Art. 73)."""

    desk: Desk

    @atomic
    async def __call__(self, by: int, complaint: int, held_on: date) -> Case:
        """Raises GoneError, NotAllowedError, NotHolderError, IllegalMoveError, HearingDayError."""
        worked = await self.desk.worked(by, complaint)
        row = worked.row
        self.desk.check(row, Step.HEAR)
        if not row.registered_on <= held_on <= self.desk.today():
            raise HearingDayError(first=row.registered_on)
        self.desk.session.add(
            HearingRow(complaint=row.id, held_on=held_on, noted_by=by, noted_at=self.desk.now())
        )
        await self.desk.step(row, Step.HEAR, worked.actor, held_on=held_on)
        return case_of(row)


@dataclass(frozen=True, slots=True)
class Correct:
    """An official corrects how the forms count the complaint; what is not given stays."""

    desk: Desk

    @atomic
    async def __call__(  # what may be corrected is given by name
        self,
        by: int,
        complaint: int,
        *,
        kind: Kind | None = None,
        service: str | None = None,
        delivery: Delivery | None = None,
    ) -> Case:
        """Raises GoneError (no such service, too), NotAllowedError, IllegalMoveError."""
        row = await self.desk.complaints.lock(complaint)
        actor, _ = await self.desk.right(by, Action.WORK_ON_COMPLAINTS, row.organisation)
        self.desk.check(row, Step.CORRECT)
        if service is not None and await ShelfStore(self.desk.session, CARDS).get(service) is None:
            raise GoneError
        row.kind = kind.value if kind is not None else row.kind
        row.service = service or row.service
        row.delivery = delivery.value if delivery is not None else row.delivery
        await self.desk.step(row, Step.CORRECT, actor, kind=kind, service=service, delivery=delivery)
        return case_of(row)
