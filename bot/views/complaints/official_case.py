"""A complaint on an official's screens: subject, due date, assignee; never the citizen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.request_context import RequestContext
from bot.views.complaints.complaint import (
    day_name,
    kind_name,
    lacking,
    organisation_name,
    place_name,
    service_name,
)
from bot.views.complaints.decision_lines import decision_lines
from bot.views.text import shorten
from complaints.case import ComplaintCase
from complaints.lifecycle import LifecycleStep, may
from complaints.queries.cases import FullCase
from complaints.requests.rules import RequestKind
from complaints.thread import MessageKind, ThreadMessage
from deadlines.calendar import WorkCalendar
from deadlines.due import Certainty
from kernel.clock import almaty_date
from localisation.formats import day, moment, through

ON_PAPER = frozenset({MessageKind.ANSWER, MessageKind.PRELIMINARY, MessageKind.PASSED_ON})


def days_left_text(context: RequestContext, case: ComplaintCase, calendar: WorkCalendar) -> str:
    """Working days left or overdue, as text; empty once the complaint is closed."""
    if not case.is_open:
        return ""
    today = today_of(context)
    if today > case.due_on:
        return context.plain("cases.over", days=calendar.working_between(case.due_on, today))
    if today == case.due_on:
        return context.plain("cases.today")
    return context.plain("cases.left", days=calendar.working_between(today, case.due_on))


def in_list(context: RequestContext, case: ComplaintCase, calendar: WorkCalendar) -> dict[str, str]:
    return {
        "number": str(case.number),
        "service": shorten(service_name(context, case.service), 90),
        "kind": kind_name(context.language, case.kind),
        "due": due_of(context, case),
        "left": days_left_text(context, case, calendar),
    }


def label(context: RequestContext, case: ComplaintCase) -> str:
    """The label of its button."""
    due = day(case.due_on, context.language)
    return shorten(f"№ {case.number} · {due} · {service_name(context, case.service)}")


def due_of(context: RequestContext, case: ComplaintCase) -> str:
    return f"{day(case.due_on, context.language)}{_expected(context, case)}"


def _expected(context: RequestContext, case: ComplaintCase) -> str:
    return context.plain("my_complaints.expected") if case.certainty is Certainty.EXPECTED else ""


def fact_lines(
    context: RequestContext, full: FullCase, calendar: WorkCalendar, names: Mapping[int, str]
) -> dict[str, Any]:
    """The values of the window `cases.case`."""
    case = full.case
    return {
        "number": str(case.number),
        "state": state_of(context, case),
        "service": service_name(context, case.service),
        "kind": kind_name(context.language, case.kind),
        "delivery": context.plain(f"cases.delivery_{case.delivery.value}"),
        "source": context.plain(f"cases.source_{case.source.value}"),
        "who": context.plain(f"cases.complainant_{case.complainant.value}"),
        "entered": case.origin.value == "official",
        "registered": day(case.registered_on, context.language),
        "place": place_name(context, case.region, case.district),
        "happened": day_name(context, case.happened_on, case.applied_on),
        "due": f"{through(case.due_on, context.language)}{_expected(context, case)}",
        "left": days_left_text(context, case, calendar),
        "extended": case.extended_by,
        "pending": _pending(context, full),
        "completion": completion_line(context, full),
        "materials": _materials_line(context, full),
        "holder": holder_of(context, full, names),
        "chain": [_other(context, other) for other in full.chain if other.id != case.id],
        "text": full.length,
        "files": len(full.files),
        "said": len(full.thread),
        "stars": full.stars or 0,
        "service_stars": full.service_stars or 0,
        "notes": decision_lines(context, full, calendar),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAccess:
    """What the reader may do with the complaint: as its assignee, a possible assignee, or the head; and
    whether the law lets the organisation extend the term.
    """

    holds: bool
    takes: bool
    leads: bool
    extends: bool


def available_actions(context: RequestContext, full: FullCase, reader: CaseAccess) -> dict[str, bool]:
    """Which buttons to show; the actions check rights themselves."""
    case, leads = full.case, reader.leads
    works = reader.holds or leads
    free = leads or full.holder is None
    pending = any(extension.approved is None for extension in full.extensions)
    incomplete = full.request(RequestKind.COMPLETION) is not None
    notice_pending = any(extension.approved and extension.told_at is None for extension in full.extensions)
    return {
        "may_take": reader.takes and not reader.holds and free and may(case.state, LifecycleStep.TAKE),
        "may_assign": leads and may(case.state, LifecycleStep.ASSIGN),
        "may_ask": works and case.person is not None and may(case.state, LifecycleStep.ASK),
        "may_complete": works
        and not incomplete
        and today_of(context) < case.due_on
        and may(case.state, LifecycleStep.ASK_TO_COMPLETE),
        "may_confirm": works and incomplete and may(case.state, LifecycleStep.COMPLETE),
        "may_return": works and _may_return(context, full),
        "may_show": works and full.request(RequestKind.MATERIALS) is not None,
        "may_hear": works and may(case.state, LifecycleStep.KEEP_PROTOCOL),
        "works": works,
        "may_approve": leads and full.awaits_head,
        "may_read_note": works and full.is_returned,
        "has_paper": works and not case.forgotten and has_paper(full),
        "may_pass": works and may(case.state, LifecycleStep.PASS_ON),
        "may_extend": works
        and reader.extends
        and not pending
        and not case.extended_by
        and may(case.state, LifecycleStep.ASK_EXTENSION),
        "may_decide": leads and pending and may(case.state, LifecycleStep.EXTEND),
        "may_tell": works and notice_pending,
        "may_answer": works and may(case.state, LifecycleStep.ANSWER),
        "may_close": works and may(case.state, LifecycleStep.CLOSE),
        "may_correct": (works or (case.on_paper and reader.takes)) and may(case.state, LifecycleStep.CORRECT),
        "may_look": works and not case.forgotten,
        "has_files": bool(full.files) or any(message.files for message in full.thread),
        "has_words": not case.forgotten and bool(full.length or full.thread),
    }


def has_paper(full: FullCase) -> bool:
    """Whether a decision or a letter was sent that can be printed."""
    return any(one.message_kind in ON_PAPER for one in full.thread if one.complaint == full.case.id)


def state_of(context: RequestContext, case: ComplaintCase) -> str:
    if case.outcome is not None and not case.is_open:
        outcome = context.plain(f"cases.outcome_{case.outcome.value}")
        return f"{context.plain(f'cases.state_{case.state.value}')} · {outcome}"
    return context.plain(f"cases.state_{case.state.value}")


def holder_of(context: RequestContext, full: FullCase, names: Mapping[int, str]) -> str:
    if full.holder is None:
        return context.plain("cases.nobody")
    if full.holder == context.person.telegram_id:
        return context.plain("cases.you")
    return names.get(full.holder) or context.plain("officials.no_name")


def message_line(context: RequestContext, message: ThreadMessage) -> dict[str, Any]:
    return {
        "at": moment(message.at),
        "who": context.plain(f"cases.said_{message.message_kind.value}"),
        "text": message.text or context.plain("my_complaints.no_text"),
        "files": len(message.files),
    }


def today_of(context: RequestContext) -> date:
    return almaty_date(context.now)


def _pending(context: RequestContext, full: FullCase) -> str:
    asked = next((extension for extension in full.extensions if extension.approved is None), None)
    if asked is None:
        return ""
    return context.plain(
        "cases.pending", days=asked.days, reason=context.plain(f"cases.reason_{asked.reason}")
    )


def completion_line(context: RequestContext, full: FullCase) -> str:
    """What the citizen was asked to add, and when the complaint may be returned; empty where nothing."""
    asked = full.request(RequestKind.COMPLETION)
    if asked is None or not full.case.is_open:
        return ""
    return context.plain(
        "cases.completion",
        missing=", ".join(lacking(context, asked.missing)),
        complete_by=asked.complete_by,
        last=min(asked.due_on, full.case.due_on),
    )


def _materials_line(context: RequestContext, full: FullCase) -> str:
    asked = full.request(RequestKind.MATERIALS)
    return context.plain("cases.materials_asked", due=asked.due_on) if asked is not None else ""


def _may_return(context: RequestContext, full: FullCase) -> bool:
    """The term to complete it is over, and the last day to return it is not."""
    asked = full.request(RequestKind.COMPLETION)
    return (
        asked is not None
        and asked.complete_by is not None
        and asked.complete_by < today_of(context) <= asked.due_on
        and may(full.case.state, LifecycleStep.RETURN)
    )


def _other(context: RequestContext, case: ComplaintCase) -> str:
    """Another complaint of the same chain, with its own dates."""
    return context.plain(
        "cases.other",
        organisation=organisation_name(context, case.organisation),
        number=str(case.number),
        registered=day(case.registered_on, context.language),
        due=case.due_on,
        state=state_of(context, case),
    )
