"""A complaint or draft in the reader's language: its facts for screens and notices, and its documents."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from aiogram.types import BufferedInputFile, CallbackQuery, Message
from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncSession

from bot.request_context import RequestContext
from bot.views.deadlines.calculation import CalculationView, DueDateCalculation
from complaints.case import ComplaintCase
from complaints.draft import Draft
from complaints.facts import Behalf, Complainant, ServiceDelivery
from complaints.kinds.kind import ComplaintKind
from complaints.queries.mine import OwnContent, OwnQueries
from complaints.requests.rules import Requisite
from complaints.routing import NotConnected, Routed
from complaints.terms import Extension, date_complaint, may_extend
from deadlines.due import Certainty, DueDate
from deadlines.store import LiveCalendar
from kernel.language import Language
from localisation.formats import day, moment, through
from registry_data.complaint_kinds import load_kinds
from registry_data.schema import ServiceCard, TermUnit
from registry_data.terms import own_terms
from reports.documents.files import complaint_docx
from reports.documents.model import ComplaintDocument, DocumentPart

FactLine = tuple[str, str]  # label, value


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """`days` is the length of the term in working days."""

    lines: tuple[FactLine, ...]
    days: int


def kind_name(language: Language, kind: ComplaintKind) -> str:
    """The kind in plain words; kinds a citizen never chooses are shown as "other"."""
    records = {record.code: record for record in load_kinds()}
    return records.get(kind.value, records[ComplaintKind.OTHER.value]).plain.in_language(language)


def service_name(context: RequestContext, slug: str | None) -> str:
    card = context.catalogue.cards.get(slug or "")
    return card.names.in_language(context.language) if card else context.plain("complaint.no_service")


def organisation_name(context: RequestContext, code: str) -> str:
    found = context.catalogue.organisations.get(code)
    return found.names.in_language(context.language) if found else code


def lacking(context: RequestContext, missing: Iterable[Requisite]) -> list[str]:
    """What a complaint lacks, in words."""
    return [context.plain(f"complaint.lacks_{one.value}") for one in missing]


def agency_values(context: RequestContext, route: Routed | NotConnected) -> dict[str, Any]:
    """Whether one press takes the complaint to the Agency's body, and that body's name where it is known."""
    body = route.organisation if isinstance(route, Routed) else route.assessor
    return {
        "agency_here": isinstance(route, Routed),
        "agency": organisation_name(context, body.code) if body is not None else "",
    }


def place_name(context: RequestContext, region: str | None, district: str | None) -> str:
    """The region and district names; empty if neither was given."""
    found = context.catalogue.regions.get(region or "")
    if found is None:
        return ""
    part = found.district(district or "")
    names = [found.names, *([part.names] if part is not None else [])]
    return ", ".join(name.in_language(context.language) for name in names)


def delivery_name(context: RequestContext, delivery: ServiceDelivery) -> str:
    return plain_label(context.plain(f"complaint.delivery_{delivery.value}"))


def who_key(complainant: Complainant | None, behalf: Behalf) -> str:
    return "legal" if complainant is Complainant.LEGAL else behalf.value


def who_name(
    context: RequestContext, complainant: Complainant | None, behalf: Behalf, represented: str | None
) -> str:
    who = plain_label(context.plain(f"complaint.who_{who_key(complainant, behalf)}"))
    return context.plain("complaint.who_with", who=who, name=represented) if represented else who


def number_owner(draft: Draft) -> str:
    """Whose number a complaint holds: "self", "legal", "child" or "represented"."""
    return who_key(draft.complainant, draft.behalf)


def number_label(context: RequestContext, complainant: Complainant | None, behalf: Behalf) -> str:
    """The name of a complaint's number, by whose it is: a child's is not the complainant's."""
    return context.plain(f"complaint.number_{who_key(complainant, behalf)}")


def not_here_text(context: RequestContext, route: NotConnected) -> Markup:
    """That nothing can be sent from here, what the bot does instead, and where to hand it in."""
    bodies = {"organisation": route.renders, "assessor": route.assessor}
    names = {
        key: body.names.in_language(context.language) if body is not None else ""
        for key, body in bodies.items()
    }
    return context.html("complaint.not_here", **names)


def day_name(context: RequestContext, happened_on: date | None, applied_on: date | None) -> str:
    """The day told by the person; empty if none was."""
    if applied_on is not None:
        return context.plain("complaint.applied_day", day=day(applied_on, context.language))
    return day(happened_on, context.language) if happened_on else ""


def longest_term(context: RequestContext, card: ServiceCard | None) -> str:
    """The card's longest term as text; empty if it has none, or terms in several units."""
    terms = card.term or () if card is not None else ()
    if len({term.unit for term in terms}) != 1:
        return ""
    return amount(context, max(term.amount for term in terms), terms[0].unit)


def amount(context: RequestContext, number: int, unit: TermUnit) -> str:
    return context.plain(f"card.{unit.value}", amount=number)


def plain_label(label: str) -> str:
    """A button's label without its leading symbol."""
    sign, _, words = label.partition(" ")
    return words if words and not any(message.isalnum() for message in sign) else label


def case_facts(context: RequestContext, case: ComplaintCase, own: OwnContent, due: DueDate) -> CaseFacts:
    """The lines of a receipt; omits what was not given."""
    expected = context.plain("my_complaints.expected") if due.certainty is Certainty.EXPECTED else ""
    lines = (
        fact_line(context, "number", str(case.number)),
        fact_line(context, "at", moment(case.registered_at)),
        fact_line(context, "organisation", organisation_name(context, case.organisation)),
        fact_line(context, "due", f"{through(case.due_on, context.language)}{expected}"),
        fact_line(context, "service", service_name(context, case.service)),
        fact_line(context, "kind", kind_name(context.language, case.kind)),
        fact_line(context, "place", place_name(context, case.region, case.district)),
        fact_line(context, "delivery", delivery_name(context, case.delivery)),
        fact_line(context, "day", day_name(context, case.happened_on, case.applied_on)),
        fact_line(context, "files", str(own.files or "")),
        *_people(context, case, own),
    )
    return CaseFacts(lines=told_lines(lines), days=due.term.amount or 0)


def _people(context: RequestContext, case: ComplaintCase, own: OwnContent) -> tuple[FactLine, ...]:
    whose = number_label(context, case.complainant, case.behalf)
    number = context.plain("complaint.paper_iin", whose=whose), own.number or ""
    values = {"name": own.name, "phone": own.phone, "represented": own.represented}
    name, *others = (fact_line(context, key, value or "") for key, value in values.items())
    return name, number, *others


def fact_line(context: RequestContext, key: str, value: str) -> FactLine:
    return context.plain(f"complaint.paper_{key}"), value


def told_lines(lines: tuple[FactLine, ...]) -> tuple[FactLine, ...]:
    return tuple((label, value) for label, value in lines if value)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedFile:
    name: str
    content: bytes


async def send_document(callback: CallbackQuery, file: NamedFile) -> None:
    if isinstance(callback.message, Message):
        await callback.message.answer_document(BufferedInputFile(file.content, file.name))


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
        """The receipt as DOCX."""
        document = await self.receipt_document(context, case)
        name = context.plain("complaint.file_receipt", number=str(case.number))
        return NamedFile(name=name, content=await asyncio.to_thread(complaint_docx, document))

    async def receipt_document(self, context: RequestContext, case: ComplaintCase) -> ComplaintDocument:
        """Number, time, text, organisation, the due date with its calculation, and what comes next."""
        own = await self.own(context.person.telegram_id, case.id)
        facts = case_facts(context, case, own, await self.due(case))
        parts = (
            part(context, "text", own.text or ""),
            part(context, "counting", _in_plain(await self.counting(context, case))),
            part(context, "next", context.plain("complaint.paper_next_text", **_next(context, case, facts))),
        )
        title = context.plain("complaint.paper_receipt")
        return ComplaintDocument(title=title, values=facts.lines, parts=parts)


def _next(context: RequestContext, case: ComplaintCase, facts: CaseFacts) -> dict[str, Any]:
    """An extension is told of only where the law lets that body extend (Law 88-V Art. 25 ¶4)."""
    found = context.catalogue.organisations.get(case.organisation)
    return {"days": facts.days, "extends": found is not None and may_extend(found.kind, case.rule)}


def _in_plain(text: str) -> str:
    """A message's HTML as lines of plain text."""
    return "\n".join(str(Markup(line).striptags()) for line in text.split("\n"))  # noqa: S704  a text of ours  # nosec B704


def part(context: RequestContext, name: str, text: str) -> DocumentPart:
    return DocumentPart(heading=context.plain(f"complaint.paper_{name}"), text=text)
