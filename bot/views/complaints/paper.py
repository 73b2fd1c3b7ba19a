"""A complaint to sign and hand in elsewhere: what the Administrative Procedure Code asks (Art. 93 ¶2)."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.types import BufferedInputFile, Message
from markupsafe import Markup

from bot.request_context import RequestContext, in_language
from bot.views.complaints.complaint import (
    day_name,
    delivery_name,
    fact_line,
    kind_name,
    number_label,
    part,
    place_name,
    service_name,
    told_lines,
)
from complaints.draft import Draft
from complaints.routing import NotConnected
from kernel.language import Language
from messaging.text_parts import MESSAGE_UNITS
from reports.documents.files import complaint_docx
from reports.documents.model import ComplaintDocument, DocumentPart
from reports.documents.pdf import complaint_pdf, complaint_text

PAPER_LANGUAGES = (Language.KK, Language.RU)  # the languages in which a body is written to
_BLANK = "______________________________"
_FULLEST = MESSAGE_UNITS - 200  # what a message with its tags holds


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedComplaint:
    """`name` is that of its DOCX."""

    document: ComplaintDocument
    name: str


def paper_language(context: RequestContext, chosen: object = None) -> Language:
    """The chosen one; else the reader's own if a body reads it, else Russian."""
    if chosen in {one.value for one in PAPER_LANGUAGES}:
        return Language(str(chosen))
    return context.language if context.language in PAPER_LANGUAGES else Language.RU


def finished_paper(
    reader: RequestContext, draft: Draft, route: NotConnected, files: Sequence[str], language: Language
) -> PrintedComplaint:
    """The draft as a complaint to the body it is about; `files` are the types of what is attached."""
    context = in_language(reader, language)
    body = route.renders.names.in_language(language) if route.renders is not None else ""
    document = ComplaintDocument(
        title=context.plain("complaint.paper_complaint"),
        address=(_to(context, body, "complaint.paper_to_unknown"), *applicant_lines(context, draft)),
        values=draft_lines(context, draft, body),
        parts=(part(context, "text", draft.text), *closing(context, "ask", files)),
    )
    return PrintedComplaint(document=document, name=context.plain("complaint.file_complaint"))


def draft_lines(context: RequestContext, draft: Draft, body: str) -> tuple[tuple[str, str], ...]:
    """What the complaint is about; omits what was not given."""
    lines = (
        fact_line(context, "about", body),
        fact_line(context, "service", service_name(context, draft.service)),
        fact_line(context, "kind", kind_name(context.language, draft.kind) if draft.kind else ""),
        fact_line(context, "place", place_name(context, draft.region, draft.district)),
        fact_line(context, "delivery", delivery_name(context, draft.delivery) if draft.delivery else ""),
        fact_line(context, "day", day_name(context, draft.happened_on, draft.applied_on)),
    )
    return told_lines(lines)


def applicant_lines(context: RequestContext, draft: Draft) -> tuple[str, ...]:
    """Who complains: name, number, address, telephone or e-mail; a blank where something is to be written."""
    number = number_label(context, draft.complainant, draft.behalf)
    contact = ", ".join(filter(None, (draft.phone, draft.email))) or _BLANK
    lines = (
        context.plain("complaint.paper_from", name=draft.name or _BLANK),
        context.plain("complaint.paper_for", name=draft.represented) if draft.represented else "",
        f"{number}: {draft.number or _BLANK}",
        context.plain("complaint.paper_address", address=draft.address or _BLANK),
        context.plain("complaint.paper_contact", contact=contact),
    )
    return tuple(filter(None, lines))


def closing(context: RequestContext, asks: str, files: Sequence[str]) -> tuple[DocumentPart, ...]:
    """What is asked for, the list of attachments, the date and signature."""
    counted = Counter(files)
    listed = [f"{at}. {kind.upper()} – {counted[kind]}" for at, kind in enumerate(sorted(counted), start=1)]
    attached = "\n".join(listed) or context.plain("complaint.no_files")
    return (
        DocumentPart(heading="", text=context.plain(f"complaint.paper_{asks}")),
        DocumentPart(heading=context.plain("complaint.paper_attached"), text=attached),
        *(DocumentPart(heading="", text=context.plain(f"complaint.paper_{one}")) for one in ("sign", "ours")),
    )


def paper_to_agency(context: RequestContext, agency: str) -> str:
    return _to(context, agency, "complaint.paper_to_agency")


def _to(context: RequestContext, body: str, unknown: str) -> str:
    return context.plain("complaint.paper_to", organisation=body) if body else context.plain(unknown)


async def send_paper(message: Message, paper: PrintedComplaint) -> None:
    """The paper as PDF, DOCX and text to copy: in a message, or in a file where it is longer."""
    document = paper.document
    stem = paper.name.removesuffix(".docx")
    pdf = await asyncio.to_thread(complaint_pdf, document)
    await message.answer_document(BufferedInputFile(pdf, f"{stem}.pdf"))
    docx = await asyncio.to_thread(complaint_docx, document)
    await message.answer_document(BufferedInputFile(docx, paper.name))
    text = complaint_text(document)
    if len(text.encode("utf-16-le")) // 2 <= _FULLEST:
        await message.answer(Markup("<pre>{}</pre>").format(text))
    else:
        await message.answer_document(BufferedInputFile(text.encode(), f"{stem}.txt"))
