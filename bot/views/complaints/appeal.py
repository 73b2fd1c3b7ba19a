"""What may be done about an answer or silence, and until when one may complain, in words."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from bot.request_context import RequestContext
from bot.views.complaints.complaint import agency_values
from complaints.appeals import AppealTo, appeal_to, appeal_until, lodge_unnamed_until, lodge_until
from complaints.case import ComplaintCase
from complaints.lifecycle import ComplaintState
from complaints.queries.routes import HeldRegistry, RouteQueries
from complaints.terms import Rule
from kernel.clock import almaty_date

_DISPUTED = {ComplaintState.ANSWERED, ComplaintState.CLOSED, ComplaintState.NOT_SOLVED}


def appeal_text(context: RequestContext, rule: Rule, known_on: date | None, agency: str = "") -> str:
    """Where and until when an answer of `known_on` may be appealed: every answer names it (Art. 80 ¶5).

    Without a day it names the terms: of an answer on paper the day of delivery is not known.
    """
    until = None if known_on is None else appeal_until(rule, known_on)
    values = {"until": until} if appeal_to(rule) is AppealTo.COURT else {"until": until, "agency": agency}
    return context.plain(f"complaint.appeal_{appeal_to(rule).value}", **values)


def silence_text(context: RequestContext, case: ComplaintCase) -> str:
    """Silence counts as a refusal once the term is over (Art. 91 ¶2, 100 ¶5), and what follows."""
    return context.plain("complaint.silence", appeal=appeal_text(context, case.rule, case.due_on))


def follows_text(context: RequestContext, case: ComplaintCase) -> str:
    """What may follow an answer, or silence beyond the term; empty where nothing does."""
    if case.is_late(almaty_date(context.now)):
        return silence_text(context, case)
    if case.state in _DISPUTED and case.answered_on is not None:
        return appeal_text(context, case.rule, case.answered_on)
    return ""


def lodging_text(context: RequestContext, known_on: date | None) -> str:
    """Until when one may complain of what happened on that day; empty where no day was told."""
    if known_on is None:
        return ""
    until, today = lodge_until(known_on), almaty_date(context.now)
    if today <= until:
        return context.plain("complaint.lodging", until=until)
    return context.plain("complaint.lodging_late", until=until, unnamed=lodge_unnamed_until(known_on))


async def paper_appeal_text(session: AsyncSession, context: RequestContext, case: ComplaintCase) -> str:
    """How an answer on paper ends, with the name of the Agency's body."""
    if appeal_to(case.rule) is AppealTo.COURT:
        return appeal_text(context, case.rule, None)
    routes = RouteQueries(session, HeldRegistry(context.catalogue))
    agency = agency_values(context, await routes.to_agency(case))["agency"]
    return appeal_text(context, case.rule, None, str(agency))
