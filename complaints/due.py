"""Reads which complaints have come to a step of their due date, and who is told of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy import case as case_when
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.officials.guard import organisations_told
from complaints.assignment import ComplaintStaff, StaffQueries
from complaints.decision_steps import decision_steps
from complaints.digest import ComplaintDigest, DigestKind, DigestStage, DueCase, digest_of
from complaints.lifecycle import LifecycleStep
from complaints.notifier import NotificationTopic
from complaints.reminder_schedule import (
    EscalationLevel,
    EscalationStep,
    at_nine,
    escalation_step,
    horizon,
    reached,
)
from complaints.requests.rules import RequestKind
from complaints.requests.tables import IS_PENDING, RequestRow
from complaints.tables import IS_NOTICE_PENDING, IS_OPEN, AuditLogRow, ComplaintRow, ExtensionRow
from deadlines.calendar import WorkCalendar
from kernel.clock import ALMATY, almaty_date

CHUNK = 500
REDATED_FOR = timedelta(days=14)  # after which an old calendar change is no longer announced
_GIVEN = (LifecycleStep.REGISTER.value, LifecycleStep.TAKE.value, LifecycleStep.ASSIGN.value)
_FACTS = (
    ComplaintRow.id,
    ComplaintRow.number,
    ComplaintRow.organisation,
    ComplaintRow.assignee,
    ComplaintRow.service,
    ComplaintRow.kind,
)
OpenCase = Row[*tuple[Any, ...]]


@dataclass(slots=True, kw_only=True)
class DueReader:
    """One pass over the state at `now` (aware), reading each organisation's staff once."""

    session: AsyncSession
    now: datetime
    calendar: WorkCalendar
    _staff: dict[str, ComplaintStaff] = field(default_factory=dict)

    @property
    def morning(self) -> DigestStage:
        """The digest of the last working day whose nine o'clock has passed."""
        return DigestStage(kind=DigestKind.DUE, day=reached(self.now, self.calendar))

    async def digest(self, person: int, stage: DigestStage) -> ComplaintDigest | None:
        """The person's digest as it is now, of this morning where `stage` is of an earlier one; None where
        it is empty.
        """
        stage = self.morning if stage.kind is DigestKind.DUE else stage
        here = ComplaintRow.organisation.in_(await organisations_told(self.session, person))
        cases = await self.due(here) if stage.kind is DigestKind.DUE else await self._moved(stage, here)
        mine = [case for case in cases if person in case.recipients]
        return digest_of(person, stage, mine, await self.given(case.complaint for case in mine))

    async def due(self, *which: ColumnElement[bool]) -> list[DueCase]:
        """Open complaints at a step of their due date, those whose extension is to be announced, requests not
        done, and complaints at a step of the hearing or of the head's approval.
        """
        return [
            *await self._complaints(which),
            *await self._extensions(which),
            *await self._materials(which),
            *await self._returns(which),
            *await self._decisions(which),
        ]

    async def moved(self, *which: ColumnElement[bool]) -> list[DueCase]:
        """Open complaints whose due date a recent calendar change moved; `at` is the change."""
        row = ComplaintRow
        query = select(*_FACTS, row.due_on, row.redated_at)
        recent = (IS_OPEN, row.redated_at > self.now - REDATED_FOR)
        found: list[DueCase] = []
        for one in await self.session.execute(query.where(*recent, *which)):
            topic = NotificationTopic.REDATED
            step = EscalationStep(topic=topic, stage=topic.value, at=one.redated_at)
            found.append(await self._case(one, step, one.due_on))
        return found

    async def given(self, complaints: Iterable[int]) -> frozenset[int]:
        """Those of `complaints` that came, or were taken or assigned, on this day in Asia/Almaty."""
        since = datetime.combine(almaty_date(self.now), time(), ALMATY)
        row, numbers = AuditLogRow, sorted(set(complaints))
        found: set[int] = set()
        for start in range(0, len(numbers), CHUNK):
            these = row.complaint.in_(numbers[start : start + CHUNK])
            query = select(row.complaint).where(these, row.at >= since, row.step.in_(_GIVEN))
            found |= set(await self.session.scalars(query))
        return frozenset(found)

    async def staff(self, organisation: str) -> ComplaintStaff:
        staff = self._staff.get(organisation)
        if staff is None:
            staff = await StaffQueries(self.session).of(organisation, almaty_date(self.now))
            self._staff[organisation] = staff
        return staff

    async def _complaints(self, which: Sequence[ColumnElement[bool]]) -> list[DueCase]:
        row = ComplaintRow
        near = (IS_OPEN, row.due_on <= horizon(self.now, self.calendar))
        found: list[DueCase] = []
        for one in await self.session.execute(
            select(*_FACTS, row.due_on, row.late_after).where(*near, *which)
        ):
            step = escalation_step(one.due_on, one.late_after, self.now, self.calendar)
            if step is not None:
                found.append(await self._case(one, step, one.due_on))
        return found

    async def _extensions(self, which: Sequence[ColumnElement[bool]]) -> list[DueCase]:
        """Extensions whose notice to the citizen is due and not given."""
        query = select(*_FACTS, ExtensionRow.tell_by).join(
            ExtensionRow, ExtensionRow.complaint == ComplaintRow.id
        )
        near = (IS_NOTICE_PENDING, ExtensionRow.tell_by <= horizon(self.now, self.calendar))
        found: list[DueCase] = []
        for one in await self.session.execute(query.where(*near, *which)):
            step = escalation_step(one.tell_by, one.tell_by, self.now, self.calendar)
            if step is not None and step.topic is not NotificationTopic.TWO_DAYS:
                untold = replace(step, topic=NotificationTopic.EXTENSION_UNTOLD)
                found.append(await self._case(one, untold, one.tell_by))
        return found

    async def _materials(self, which: Sequence[ColumnElement[bool]]) -> list[DueCase]:
        """Materials that citizens asked to see."""
        query = select(*_FACTS, RequestRow.due_on).join(RequestRow, RequestRow.complaint == ComplaintRow.id)
        asked = (IS_PENDING, RequestRow.kind == RequestKind.MATERIALS.value)
        near = RequestRow.due_on <= horizon(self.now, self.calendar)
        found: list[DueCase] = []
        for one in await self.session.execute(query.where(*asked, near, *which)):
            step = escalation_step(one.due_on, one.due_on, self.now, self.calendar)
            if step is not None and step.topic is not NotificationTopic.TWO_DAYS:
                owed = replace(step, topic=NotificationTopic.MATERIALS_DUE)
                found.append(await self._case(one, owed, one.due_on))
        return found

    async def _returns(self, which: Sequence[ColumnElement[bool]]) -> list[DueCase]:
        """Complaints that were not completed in time: each morning on which they may still be returned."""
        last = case_when(
            (RequestRow.due_on < ComplaintRow.due_on, RequestRow.due_on), else_=ComplaintRow.due_on
        ).label("last")
        query = select(*_FACTS, last).join(RequestRow, RequestRow.complaint == ComplaintRow.id)
        day, topic = self.morning.day, NotificationTopic.RETURN_DUE
        asked = (IS_OPEN, IS_PENDING, RequestRow.kind == RequestKind.COMPLETION.value)
        over = (RequestRow.complete_by < day, last >= day)
        step = EscalationStep(topic=topic, stage=topic.value, at=at_nine(day))
        rows = await self.session.execute(query.where(*asked, *over, *which))
        return [await self._case(one, step, one.last) for one in rows]

    async def _decisions(self, which: Sequence[ColumnElement[bool]]) -> list[DueCase]:
        """Each is told of once a morning, while it is so."""
        found: list[DueCase] = []
        for topic, due_on, conditions in decision_steps(self.morning.day, self.calendar):
            query = select(*_FACTS, due_on.label("day")).where(*conditions, *which)
            step = EscalationStep(topic=topic, stage=topic.value, at=at_nine(self.morning.day))
            for one in await self.session.execute(query):
                to_heads = topic is NotificationTopic.APPROVAL_WAITS
                found.append(await self._case(one, step, one.day, to_heads=to_heads))
        return found

    async def _moved(self, stage: DigestStage, *which: ColumnElement[bool]) -> list[DueCase]:
        return [case for case in await self.moved(*which) if almaty_date(case.at) == stage.day]

    async def _case(
        self, one: OpenCase, step: EscalationStep, due_on: date, *, to_heads: bool = False
    ) -> DueCase:
        """`to_heads`: the work is theirs, not the assignee's."""
        staff = await self.staff(one.organisation)
        others: set[int] = set()
        if EscalationLevel.HEADS in step.to:
            others |= staff.heads
        if EscalationLevel.COORDINATORS in step.to:
            others |= staff.coordinators
        return DueCase(
            complaint=one.id,
            number=one.number,
            organisation=one.organisation,
            service=one.service,
            kind=one.kind,
            topic=step.topic,
            stage=step.stage,
            at=step.at,
            due_on=due_on,
            holders=staff.heads if to_heads else staff.recipients(one.assignee),
            others=frozenset(others),
        )
