"""Where and by when a decision may be appealed (Administrative Procedure Code Art. 80 ¶5, 91, 92)."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.request_context import RequestContext
from bot.views.complaints.complaint import agency_values
from complaints.case import ComplaintCase
from complaints.queries.routes import HeldRegistry, RouteQueries
from complaints.terms import Rule


async def way_of_appeal(session: AsyncSession, context: RequestContext, case: ComplaintCase) -> str:
    """The one sentence or two that every answer ends with, as plain text."""
    if case.rule is Rule.AUTHORITY:
        return context.plain("paper.appeal_court")
    routes = RouteQueries(session, HeldRegistry(context.catalogue))
    agency = agency_values(context, await routes.to_agency(case))["agency"]
    return context.plain("paper.appeal_agency", agency=agency)
