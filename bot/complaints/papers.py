"""The citizen's papers: the receipt of a complaint, and the finished text of one that nobody took."""

from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncSession

from bot.complaints.reading import case_facts, draft_facts
from bot.papers.paper import Paper, Part, as_docx
from bot.request_context import RequestContext
from bot.views.reckoning import Reckoning, ReckoningView
from complaints.case import Case
from complaints.draft import Draft
from complaints.queries.own import OwnQueries
from complaints.routing import NotConnected
from complaints.terms import Extension, date_complaint
from deadlines.due import Due
from deadlines.queries import LiveCalendar
from registry_data.terms import own_terms


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedFile:
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Papers:
    """The reader's own papers; `own` refuses everybody else."""

    session: AsyncSession
    live_calendar: LiveCalendar
    own: OwnQueries

    async def due(self, case: Case) -> Due:
        calendar = await self.live_calendar.current(self.session)
        return date_complaint(case.rule, case.registered_at, calendar, Extension(granted=case.extended_by))

    async def counting(self, context: RequestContext, case: Case) -> str:
        """The due date with the reason of every day, as a message's HTML."""
        reckoning = Reckoning(
            record=own_terms()[case.rule],
            due=await self.due(case),
            calendar=await self.live_calendar.current(self.session),
            acts=context.catalogue.acts,
            now=context.now,
        )
        return ReckoningView(texts=context.texts, language=context.language).text(reckoning)

    async def receipt(self, context: RequestContext, case: Case) -> NamedFile:
        """Number, day and hour, what was sent, who has it, the due date with its counting, what next."""
        own = await self.own(context.person.telegram_id, case.id)
        facts = case_facts(context, case, own, await self.due(case))
        parts = (
            _part(context, "text", own.text or ""),
            _part(context, "counting", _in_plain(await self.counting(context, case))),
            _part(context, "next", context.plain("complaint.paper_next_text", days=facts.days)),
        )
        title = context.plain("complaint.paper_receipt")
        paper = Paper(title=title, lines=facts.lines, parts=parts)
        name = context.plain("complaint.file_receipt", number=str(case.number))
        return NamedFile(name=name, content=await as_docx(paper))

    async def finished_text(self, context: RequestContext, draft: Draft, route: NotConnected) -> NamedFile:
        """A complaint to be signed and filed by the citizen himself."""
        parts = (
            _part(context, "text", draft.text),
            *(
                Part(heading="", text=context.plain(f"complaint.paper_{name}"))
                for name in ("ask", "sign", "ours")
            ),
        )
        paper = Paper(
            title=context.plain("complaint.paper_complaint"),
            address=_address(context, draft, route),
            lines=draft_facts(context, draft),
            parts=parts,
        )
        return NamedFile(name=context.plain("complaint.file_complaint"), content=await as_docx(paper))


def _address(context: RequestContext, draft: Draft, route: NotConnected) -> str:
    sender = context.plain("complaint.paper_from", name=draft.name or "")
    if route.renders is None:
        return f"{context.plain('complaint.paper_to_unknown')}\n{sender}"
    name = route.renders.names.in_language(context.language)
    return f"{context.plain('complaint.paper_to', organisation=name)}\n{sender}"


def _in_plain(text: str) -> str:
    """A message's HTML without its tags, line by line."""
    return "\n".join(str(Markup(line).striptags()) for line in text.split("\n"))  # noqa: S704  a text of ours


def _part(context: RequestContext, name: str, text: str) -> Part:
    return Part(heading=context.plain(f"complaint.paper_{name}"), text=text)
