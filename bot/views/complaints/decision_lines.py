"""What an official reads of a decision in the making: hearing, approval, numbers on paper, passing on."""

from collections.abc import Iterator

from bot.request_context import RequestContext
from bot.views.complaints.complaint import organisation_name
from complaints.case import ComplaintCase
from complaints.hearings.hearing import Hearing, HearingForm, last_day_to_tell
from complaints.lifecycle import LifecycleStep, may
from complaints.queries.cases import FullCase
from complaints.terms import term
from deadlines.calendar import WorkCalendar
from deadlines.due import TermEvent, due
from kernel.clock import almaty_date
from localisation.formats import day


def decision_lines(context: RequestContext, full: FullCase, calendar: WorkCalendar) -> list[str]:
    """The lines of the case's window, in the order of the work."""
    return [
        *_paper(context, full),
        *hearing_lines(context, full, calendar),
        *_approval(context, full),
        *_over(context, full),
    ]


def hearing_lines(context: RequestContext, full: FullCase, calendar: WorkCalendar) -> Iterator[str]:
    """What stands of the hearing; before one, the last day on which it can begin in time."""
    hearing = full.hearing
    if hearing is not None:
        yield from _hearing(context, hearing)
    elif may(full.case.state, LifecycleStep.TELL_PRELIMINARY):
        last = last_day_to_tell(full.case.due_on, calendar)
        key = "begin_by" if almaty_date(context.now) <= last else "begin_late"
        yield context.plain(f"hearing.{key}", last=last)


def _hearing(context: RequestContext, hearing: Hearing) -> Iterator[str]:
    days = {
        name: value
        for name in ("told_on", "object_by", "act_from", "held_on", "protocol_by", "remarks_by")
        if (value := getattr(hearing, name)) is not None
    }
    if hearing.form is HearingForm.EXCEPTED and hearing.ground is not None:
        ground = context.plain(f"hearing.ground_{hearing.ground.value}")
        yield context.plain("hearing.excepted", ground=ground, point=hearing.ground.subparagraph)
    if hearing.told_on is not None:
        yield context.plain("hearing.told", **days)
    if hearing.is_untold:
        yield context.plain("hearing.untold")
    if hearing.oral_asked and not hearing.is_held:
        yield context.plain("hearing.oral_wanted")
    if hearing.is_held:
        yield context.plain("hearing.held", **days)
    if hearing.lacks_protocol:
        yield context.plain("hearing.protocol_wanted", **days)
    elif hearing.has_protocol:
        yield context.plain("hearing.protocol_kept", **days)


def _paper(context: RequestContext, full: FullCase) -> Iterator[str]:
    case = full.case
    if case.incoming_number:
        yield context.plain("paper.incoming_line", number=case.incoming_number)
    if case.outgoing_number and case.answered_on is not None:
        answered = day(case.answered_on, context.language)
        yield context.plain("paper.answered_line", number=case.outgoing_number, day=answered)


def _approval(context: RequestContext, full: FullCase) -> Iterator[str]:
    if full.awaits_head:
        yield context.plain("approval.waits")
    elif full.is_returned:
        yield context.plain("approval.returned")


def _over(context: RequestContext, full: FullCase) -> Iterator[str]:
    case = full.case
    if case.passed_to is not None and case.closed_at is not None:
        closed = day(almaty_date(case.closed_at), context.language)
        yield context.plain("paper.passed_line", body=organisation_name(context, case.passed_to), day=closed)
    if case.void_reason is not None:
        yield context.plain("paper.voided_line", reason=context.plain(f"paper.void_{case.void_reason.value}"))


def forwarding_term(context: RequestContext, case: ComplaintCase, calendar: WorkCalendar) -> str:
    """By when the complaint is passed on (Administrative Procedure Code Art. 65)."""
    last = due(term("complaint.forwarding"), TermEvent(at=case.registered_at), calendar).due_on
    key = "forward_by" if almaty_date(context.now) <= last else "forward_late"
    return context.plain(f"paper.{key}", day=last)
