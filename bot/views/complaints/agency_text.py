"""The text for an Agency's body that is not connected: the complaint, and what came of it so far."""

import asyncio

from bot.request_context import RequestContext
from bot.views.complaints.complaint import (
    ComplaintDocuments,
    NamedFile,
    address,
    case_facts,
    organisation_name,
    part,
)
from complaints.case import ComplaintCase
from complaints.lifecycle import ComplaintState
from complaints.queries.cases import CaseQueries
from complaints.thread import MessageKind
from kernel.clock import almaty_date
from localisation.formats import day
from reports.documents.files import complaint_docx
from reports.documents.model import ComplaintDocument, DocumentPart

_ANSWERS = {MessageKind.ANSWER, MessageKind.RESTORED, MessageKind.RETURNED}


async def agency_text(
    documents: ComplaintDocuments, context: RequestContext, case: ComplaintCase, agency: str
) -> NamedFile:
    """The citizen's complaint to sign; `agency` is the name of the Agency's body, or empty.

    Raises GoneError, NotAllowedError.
    """
    own = await documents.own(context.person.telegram_id, case.id)
    ending = [context.plain(f"complaint.paper_{name}") for name in ("ask_agency", "sign", "ours")]
    parts = (
        part(context, "text", own.text or ""),
        part(context, "first_body", await _first_body(documents, context, case)),
        *(DocumentPart(heading="", text=text) for text in ending),
    )
    document = ComplaintDocument(
        title=context.plain("complaint.paper_complaint"),
        address=address(context, own.name, agency, "complaint.paper_to_agency"),
        values=case_facts(context, case, own, await documents.due(case)).lines,
        parts=parts,
    )
    name = context.plain("complaint.file_agency", number=str(case.number))
    return NamedFile(name=name, content=await asyncio.to_thread(complaint_docx, document))


async def _first_body(documents: ComplaintDocuments, context: RequestContext, case: ComplaintCase) -> str:
    """Its answer in full, or that it is silent."""
    full = await CaseQueries(documents.own.context).of_person(context.person.telegram_id, case.id)
    said = [one.text for one in full.thread if one.complaint == case.id and one.message_kind in _ANSWERS]
    return context.plain(
        "complaint.paper_first_body_text",
        organisation=organisation_name(context, case.organisation),
        registered=day(case.registered_on, context.language),
        due=case.due_on,
        answered=day(case.answered_on, context.language) if case.answered_on else "",
        late=case.is_late(almaty_date(context.now)),
        returned=day(almaty_date(case.closed_at), context.language)
        if case.state is ComplaintState.RETURNED and case.closed_at is not None
        else "",
        said="\n".join(text for text in said if text),
    )
