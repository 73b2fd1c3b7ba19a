"""A letter for whoever complained on paper: what the complaint lacks, and until when to add it."""

import asyncio

from bot.request_context import RequestContext
from bot.views.complaints.complaint import NamedFile, lacking, organisation_name
from complaints.case import ComplaintCase
from complaints.requests.store import PendingRequest
from localisation.formats import day
from reports.documents.files import complaint_docx
from reports.documents.model import ComplaintDocument, DocumentPart


async def completion_letter(context: RequestContext, case: ComplaintCase, asked: PendingRequest) -> NamedFile:
    """To sign and send; the complainant's name is left to the official: it is not read here."""
    number = str(case.number)
    text = context.plain(
        "complaint.letter_text",
        number=number,
        registered=case.registered_on,
        missing="\n".join(f"• {one}" for one in lacking(context, asked.missing)),
        complete_by=asked.complete_by,
    )
    document = ComplaintDocument(
        title=context.plain("complaint.letter_title"),
        address=(context.plain("complaint.letter_to"),),
        values=(
            (context.plain("complaint.letter_from"), organisation_name(context, case.organisation)),
            (context.plain("complaint.paper_number"), number),
            (context.plain("complaint.letter_registered"), day(case.registered_on, context.language)),
        ),
        parts=tuple(
            DocumentPart(heading="", text=one) for one in (text, context.plain("complaint.paper_sign"))
        ),
    )
    name = context.plain("complaint.file_letter", number=number)
    return NamedFile(name=name, content=await asyncio.to_thread(complaint_docx, document))
