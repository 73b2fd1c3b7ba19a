"""The citizen's documents: the receipt of a complaint, and the text of a complaint on paper."""

import asyncio
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncSession

from bot.request_context import RequestContext
from bot.views.complaints.facts import case_facts, draft_facts
from bot.views.deadlines.calculation import CalculationView, DueDateCalculation
from complaints.case import ComplaintCase
from complaints.draft import Draft
from complaints.queries.mine import OwnQueries
from complaints.routing import NotConnected
from complaints.terms import Extension, date_complaint
from deadlines.due import DueDate
from deadlines.store import LiveCalendar
from registry_data.terms import own_terms
from reports.documents.files import complaint_docx
from reports.documents.model import ComplaintDocument, DocumentPart


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedFile:
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ComplaintDocuments:
    """The reader's own documents; `own` rejects everybody else's."""

    session: AsyncSession
    live_calendar: LiveCalendar
    own: OwnQueries

    async def due(self, case: ComplaintCase) -> DueDate:
        calendar = await self.live_calendar.current(self.session)
        return date_complaint(case.rule, case.registered_at, calendar, Extension(granted=case.extended_by))

    async def counting(self, context: RequestContext, case: ComplaintCase) -> str:
        """The due date with the reason for every day, as HTML."""
        reckoning = DueDateCalculation(
            record=own_terms()[case.rule],
            due=await self.due(case),
            calendar=await self.live_calendar.current(self.session),
            acts=context.catalogue.acts,
            now=context.now,
        )
        return CalculationView(texts=context.texts, language=context.language).text(reckoning)

    async def receipt(self, context: RequestContext, case: ComplaintCase) -> NamedFile:
        """Number, time, text, organisation, the due date with its calculation, and what comes next."""
        own = await self.own(context.person.telegram_id, case.id)
        facts = case_facts(context, case, own, await self.due(case))
        parts = (
            _part(context, "text", own.text or ""),
            _part(context, "counting", _in_plain(await self.counting(context, case))),
            _part(context, "next", context.plain("complaint.paper_next_text", days=facts.days)),
        )
        title = context.plain("complaint.paper_receipt")
        document = ComplaintDocument(title=title, values=facts.lines, parts=parts)
        name = context.plain("complaint.file_receipt", number=str(case.number))
        return NamedFile(name=name, content=await asyncio.to_thread(complaint_docx, document))

    async def finished_text(self, context: RequestContext, draft: Draft, route: NotConnected) -> NamedFile:
        """The text of a complaint to sign and file on paper."""
        parts = (
            _part(context, "text", draft.text),
            *(
                DocumentPart(heading="", text=context.plain(f"complaint.paper_{name}"))
                for name in ("ask", "sign", "ours")
            ),
        )
        document = ComplaintDocument(
            title=context.plain("complaint.paper_complaint"),
            address=_address(context, draft, route),
            values=draft_facts(context, draft),
            parts=parts,
        )
        return NamedFile(
            name=context.plain("complaint.file_complaint"),
            content=await asyncio.to_thread(complaint_docx, document),
        )


def _address(context: RequestContext, draft: Draft, route: NotConnected) -> tuple[str, ...]:
    sender = context.plain("complaint.paper_from", name=draft.name or "")
    if route.renders is None:
        return context.plain("complaint.paper_to_unknown"), sender
    name = route.renders.names.in_language(context.language)
    return context.plain("complaint.paper_to", organisation=name), sender


def _in_plain(text: str) -> str:
    """A message's HTML as lines of plain text."""
    return "\n".join(str(Markup(line).striptags()) for line in text.split("\n"))  # noqa: S704  a text of ours


def _part(context: RequestContext, name: str, text: str) -> DocumentPart:
    return DocumentPart(heading=context.plain(f"complaint.paper_{name}"), text=text)
