"""The hearing of a complaint: preliminary decision, objections, oral hearing with its protocol."""

from dataclasses import dataclass
from datetime import date

from complaints.actions.citizens import add_message
from complaints.actions.context import ComplaintContext, citizen
from complaints.case import ComplaintCase, case_of, is_on_paper
from complaints.decision_errors import (
    HearingHeldError,
    HearingOutcomeError,
    HearingRequestLateError,
    HearingUntoldError,
    ProtocolFileError,
)
from complaints.errors import HearingDayError
from complaints.facts import ComplaintOutcome
from complaints.hearings.hearing import (
    UNFAVOURABLE,
    HearingForm,
    HearingGround,
    protocol_by,
    remarks_by,
)
from complaints.hearings.store import HearingStore, hearing_of
from complaints.hearings.tables import HearingRow
from complaints.hearings.telling import let_run, standing
from complaints.lifecycle import LifecycleStep
from complaints.notifier import NotificationTopic
from complaints.paper import PaperMark, check_mark
from complaints.tables import ComplaintRow
from complaints.thread import MessageContent, MessageKind
from database.engine import atomic
from kernel.clock import almaty_date
from messaging.outbox.hours import Audience, next_moment


@dataclass(frozen=True, slots=True)
class TellPreliminary:
    """Send the citizen the preliminary decision (Administrative Procedure Code Art. 73 ¶1)."""

    context: ComplaintContext

    @atomic
    async def __call__(
        self,
        by: int,
        complaint: int,
        outcome: ComplaintOutcome,
        content: MessageContent,
        mark: PaperMark | None = None,
    ) -> ComplaintCase:
        """`mark` is that of the paper, of a complaint on paper: its day is the day the citizen got it.

        Raises GoneError, NotAllowedError, NotAssigneeError, IllegalTransitionError, HearingOutcomeError,
        HearingHeldError, what check_mark and MessageContent.check raise, OutsideCalendarError.
        """
        worked = await self.context.worked(by, complaint)
        row = worked.row
        self.context.check(row, LifecycleStep.TELL_PRELIMINARY)
        if outcome not in UNFAVOURABLE:
            raise HearingOutcomeError
        await _check_none(self.context, row)
        if is_on_paper(row):
            mark = check_mark(mark, row.registered_on, self.context.today())
        message = await add_message(self.context, row, MessageKind.PRELIMINARY, by, content)
        hearing = await self._hearing(row, mark)
        hearing.outcome, hearing.preliminary, hearing.noted_by = outcome.value, message, by
        self.context.session.add(hearing)
        await self.context.step(
            row,
            LifecycleStep.TELL_PRELIMINARY,
            worked.actor,
            outcome=outcome,
            told_on=hearing.told_on,
            object_by=hearing.object_by,
            act_from=hearing.act_from,
            message=message,
        )
        await (await self.context.notifier()).citizen(row, NotificationTopic.PRELIMINARY, message)
        return case_of(row)

    async def _hearing(self, row: ComplaintRow, mark: PaperMark | None) -> HearingRow:
        calendar = await self.context.calendar()
        hearing = HearingRow(
            complaint=row.id,
            form=HearingForm.WRITTEN.value,
            outgoing_number=None if mark is None else mark.number,
            noted_at=self.context.now(),
        )
        let_run(hearing, mark.on if mark is not None else self._received_on(), calendar)
        return hearing

    def _received_on(self) -> date:
        """The day the bot delivers it: at night it waits for the morning."""
        return almaty_date(next_moment(Audience.CITIZEN, self.context.now(), lambda _: True))


@dataclass(frozen=True, slots=True)
class AskOralHearing:
    """The citizen asks to be heard orally (Art. 73 ¶3)."""

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int) -> ComplaintCase:
        """Asking shows that the preliminary decision was received, where its notice was not delivered.

        Raises GoneError, NotAllowedError, IllegalTransitionError, HearingHeldError, HearingRequestLateError.
        """
        row = await self.context.own(by, complaint)
        self.context.check(row, LifecycleStep.ASK_ORAL)
        hearing = await HearingStore(self.context.session).get(row.id)
        if hearing.form != HearingForm.WRITTEN or hearing.oral_asked_at is not None:
            raise HearingHeldError
        if hearing.object_by is not None and self.context.today() > hearing.object_by:
            raise HearingRequestLateError(last=hearing.object_by)
        if hearing.told_on is None:
            let_run(hearing, self.context.today(), await self.context.calendar())
        hearing.oral_asked_at = self.context.now()
        await self.context.step(row, LifecycleStep.ASK_ORAL, citizen(by), hearing=hearing.id)
        staff = await self.context.staff(row.organisation)
        await (await self.context.notifier()).officials(
            row, NotificationTopic.ORAL_ASKED, staff.recipients(row.assignee)
        )
        return case_of(row)


@dataclass(frozen=True, slots=True)
class NoteHearing:
    """Record that the citizen was heard orally: a protocol is due."""

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int, held_on: date) -> ComplaintCase:
        """Raises GoneError (also without a preliminary decision), NotAllowedError, NotAssigneeError,
        IllegalTransitionError, HearingHeldError, HearingUntoldError, HearingDayError, OutsideCalendarError.
        """
        worked, hearing = await standing(self.context, by, complaint, LifecycleStep.HEAR)
        row = worked.row
        if hearing_of(hearing).is_untold:
            raise HearingUntoldError
        if hearing.form != HearingForm.WRITTEN:
            raise HearingHeldError
        first = hearing.told_on or row.registered_on
        if not first <= held_on <= self.context.today():
            raise HearingDayError(first=first)
        hearing.form, hearing.held_on = HearingForm.ORAL.value, held_on
        hearing.protocol_by = protocol_by(held_on, await self.context.calendar())
        await self.context.step(
            row, LifecycleStep.HEAR, worked.actor, held_on=held_on, protocol_by=hearing.protocol_by
        )
        return case_of(row)


@dataclass(frozen=True, slots=True)
class KeepProtocol:
    """Add the signed protocol of the oral hearing; the citizen may make remarks on it (Art. 74)."""

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int, content: MessageContent) -> ComplaintCase:
        """Raises GoneError, NotAllowedError, NotAssigneeError, IllegalTransitionError, HearingHeldError
        (no oral hearing, or one with its protocol), ProtocolFileError, what MessageContent.check raises.
        """
        worked, hearing = await standing(self.context, by, complaint, LifecycleStep.KEEP_PROTOCOL)
        if hearing.form != HearingForm.ORAL or hearing.protocol is not None:
            raise HearingHeldError
        if not content.files and not content.attached:
            raise ProtocolFileError
        row = worked.row
        hearing.protocol = await add_message(self.context, row, MessageKind.PROTOCOL, by, content)
        hearing.remarks_by = remarks_by(self.context.today(), await self.context.calendar())
        await self.context.step(
            row,
            LifecycleStep.KEEP_PROTOCOL,
            worked.actor,
            message=hearing.protocol,
            remarks_by=hearing.remarks_by,
        )
        await (await self.context.notifier()).citizen(row, NotificationTopic.PROTOCOL, hearing.protocol)
        return case_of(row)


@dataclass(frozen=True, slots=True)
class ExceptHearing:
    """Leave the hearing out, on a ground of Art. 73 ¶2."""

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int, ground: HearingGround) -> ComplaintCase:
        """Raises GoneError, NotAllowedError, NotAssigneeError, IllegalTransitionError, HearingHeldError."""
        worked = await self.context.worked(by, complaint)
        row = worked.row
        self.context.check(row, LifecycleStep.EXCEPT_HEARING)
        await _check_none(self.context, row)
        self.context.session.add(
            HearingRow(
                complaint=row.id,
                form=HearingForm.EXCEPTED.value,
                ground=ground.value,
                noted_by=by,
                noted_at=self.context.now(),
            )
        )
        await self.context.step(row, LifecycleStep.EXCEPT_HEARING, worked.actor, ground=ground)
        return case_of(row)


@dataclass(frozen=True, slots=True)
class RemoveHearing:
    """Remove a hearing or an exception that was noted by mistake; the audit log keeps both."""

    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, complaint: int) -> ComplaintCase:
        """Raises GoneError, NotAllowedError, NotAssigneeError, IllegalTransitionError."""
        worked, hearing = await standing(self.context, by, complaint, LifecycleStep.REMOVE_HEARING)
        hearing.removed_by, hearing.removed_at = by, self.context.now()
        await self.context.step(
            worked.row, LifecycleStep.REMOVE_HEARING, worked.actor, hearing=hearing.id, form=hearing.form
        )
        return case_of(worked.row)


async def _check_none(context: ComplaintContext, row: ComplaintRow) -> None:
    if await HearingStore(context.session).find(row.id) is not None:
        raise HearingHeldError
