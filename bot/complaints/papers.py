"""The citizen's papers: the receipt of a complaint, and the finished text of one that nobody took."""

from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncSession

from bot.complaints.reading import case_facts, draft_facts
from bot.papers.paper import Paper, Part, as_docx
from bot.talk import Talk
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

    async def counting(self, talk: Talk, case: Case) -> str:
        """The due date with the reason of every day, as a message's HTML."""
        reckoning = Reckoning(
            record=own_terms()[case.rule],
            due=await self.due(case),
            calendar=await self.live_calendar.current(self.session),
            acts=talk.catalogue.acts,
            now=talk.now,
        )
        return ReckoningView(texts=talk.texts, language=talk.language).text(reckoning)

    async def receipt(self, talk: Talk, case: Case) -> NamedFile:
        """Number, day and hour, what was sent, who has it, the due date with its counting, what next."""
        own = await self.own(talk.person.telegram_id, case.id)
        facts = case_facts(talk, case, own, await self.due(case))
        parts = (
            _part(talk, "text", own.text or ""),
            _part(talk, "counting", _in_plain(await self.counting(talk, case))),
            _part(talk, "next", talk.plain("complaint.paper_next_text", days=facts.days)),
        )
        title = talk.plain("complaint.paper_receipt")
        paper = Paper(title=title, lines=facts.lines, parts=parts)
        name = talk.plain("complaint.file_receipt", number=str(case.number))
        return NamedFile(name=name, content=await as_docx(paper))

    async def finished_text(self, talk: Talk, draft: Draft, route: NotConnected) -> NamedFile:
        """A complaint to be signed and filed by the citizen himself."""
        parts = (
            _part(talk, "text", draft.text),
            *(
                Part(heading="", text=talk.plain(f"complaint.paper_{name}"))
                for name in ("ask", "sign", "ours")
            ),
        )
        paper = Paper(
            title=talk.plain("complaint.paper_complaint"),
            address=_address(talk, draft, route),
            lines=draft_facts(talk, draft),
            parts=parts,
        )
        return NamedFile(name=talk.plain("complaint.file_complaint"), content=await as_docx(paper))


def _address(talk: Talk, draft: Draft, route: NotConnected) -> str:
    sender = talk.plain("complaint.paper_from", name=draft.name or "")
    if route.renders is None:
        return f"{talk.plain('complaint.paper_to_unknown')}\n{sender}"
    name = route.renders.names.in_language(talk.language)
    return f"{talk.plain('complaint.paper_to', organisation=name)}\n{sender}"


def _in_plain(text: str) -> str:
    """A message's HTML without its tags, line by line."""
    return "\n".join(str(Markup(line).striptags()) for line in text.split("\n"))  # noqa: S704  a text of ours


def _part(talk: Talk, name: str, text: str) -> Part:
    return Part(heading=talk.plain(f"complaint.paper_{name}"), text=text)
