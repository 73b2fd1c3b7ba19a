"""A step of a complaint's audit log in plain words."""

from collections.abc import Mapping
from datetime import date

from bot.request_context import RequestContext
from bot.views.complaints.complaint import organisation_name
from complaints.audit_log import CITIZEN, SYSTEM, Actor, AuditLogEntry
from complaints.numbers import ComplaintNumber
from localisation.formats import day

_DAYS = (
    "due_on",
    "tell_by",
    "held_on",
    "told_on",
    "last_on",
)  # what a step says of days, the first that it has


def who_text(context: RequestContext, actor: Actor, names: Mapping[int, str]) -> str:
    """The role, and the official's name where one is known."""
    role = context.plain(f"history.who_{actor.role}")
    name = names.get(actor.id or 0, "")
    return f"{role} ({name})" if name and actor.role not in {CITIZEN, SYSTEM} else role


def step_text(context: RequestContext, entry: AuditLogEntry, assignee: str) -> str:
    """`assignee` is the name of whom it was given to."""
    what = entry.what
    dates = [str(what[name]) for name in _DAYS if name in what]
    number, body, outcome = what.get("number"), what.get("body"), what.get("outcome")
    return context.plain(
        f"history.step_{entry.step.value}",
        number=str(ComplaintNumber.of(number)) if isinstance(number, int) else "",
        body=organisation_name(context, str(body)) if body else "",
        outcome=context.plain(f"cases.outcome_{outcome}") if outcome else "",
        day=day(date.fromisoformat(dates[0]), context.language) if dates else "",
        days=what.get("days", 0),
        to=assignee,
    )
