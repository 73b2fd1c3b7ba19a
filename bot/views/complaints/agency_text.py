"""The text for an Agency's body that is not connected: the complaint, and what came of it so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.request_context import RequestContext, in_language
from bot.views.complaints.complaint import ComplaintDocuments, organisation_name, part
from bot.views.complaints.paper import (
    PrintedComplaint,
    applicant_lines,
    closing,
    draft_lines,
    paper_language,
    paper_to_agency,
)
from complaints.actions.self_filed import SelfFiledBody, SelfFiledComplaint
from complaints.case import ComplaintCase
from complaints.draft import Draft, TextPart
from complaints.lifecycle import ComplaintState
from complaints.queries.cases import CaseQueries
from complaints.thread import MessageKind
from kernel.clock import almaty_date
from localisation.formats import day
from reports.documents.model import ComplaintDocument

_ANSWERS = {MessageKind.ANSWER, MessageKind.RESTORED, MessageKind.RETURNED}


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstBody:
    """What the first body did: `said` is its answer, `late` whether it is silent beyond the term.

    `returned`: when it gave the complaint back as incomplete.
    """

    name: str
    number: str
    since: date
    due: date
    answered: date | None
    said: str
    late: bool
    returned: date | None = None


async def agency_text(
    documents: ComplaintDocuments, reader: RequestContext, case: ComplaintCase, agency: str | None
) -> PrintedComplaint:
    """The citizen's complaint to sign; `agency` is the code of the Agency's body, None if nobody knows it.

    Raises GoneError, NotAllowedError.
    """
    context, person = in_language(reader, paper_language(reader)), reader.person.telegram_id
    own = await documents.own(person, case.id)
    full = await CaseQueries(documents.own.context).of_person(person, case.id)
    said = [one.text for one in full.thread if one.complaint == case.id and one.message_kind in _ANSWERS]
    first = FirstBody(
        name=organisation_name(context, case.organisation),
        number=str(case.number),
        since=case.registered_on,
        due=case.due_on,
        answered=case.answered_on,
        said="\n".join(text for text in said if text),
        late=case.is_late(almaty_date(context.now)),
        returned=almaty_date(case.closed_at)
        if case.state is ComplaintState.RETURNED and case.closed_at is not None
        else None,
    )
    draft = Draft(
        service=case.service,
        region=case.region,
        district=case.district,
        delivery=case.delivery,
        kind=case.kind,
        applied_on=case.applied_on,
        happened_on=case.happened_on,
        parts=(TextPart(message=0, text=own.text or ""),),
        complainant=case.complainant,
        behalf=case.behalf,
        represented=own.represented,
        name=own.name,
        number=own.number,
        phone=own.phone,
    )
    files = [file.type for file in full.files]
    name = context.plain("complaint.file_agency", number=str(case.number))
    return PrintedComplaint(document=_document(context, draft, first, agency, files), name=name)


def agency_text_of_self_filed(
    reader: RequestContext, one: SelfFiledComplaint, body: SelfFiledBody, agency: str | None
) -> PrintedComplaint:
    """The same for a complaint that was handed in elsewhere."""
    context = in_language(reader, paper_language(reader))
    first = FirstBody(
        name=organisation_name(context, one.organisation) if one.organisation else "",
        number="",
        since=one.filed_on,
        due=one.due_on,
        answered=one.answered_on,
        said=body.answer or "",
        late=one.is_silent(almaty_date(context.now)),
    )
    document = _document(context, body.draft, first, agency, ())
    return PrintedComplaint(document=document, name=context.plain("complaint.file_complaint"))


def _document(
    context: RequestContext, draft: Draft, first: FirstBody, agency: str | None, files: Sequence[str]
) -> ComplaintDocument:
    return ComplaintDocument(
        title=context.plain("complaint.paper_complaint"),
        address=(
            paper_to_agency(context, organisation_name(context, agency) if agency else ""),
            *applicant_lines(context, draft),
        ),
        values=draft_lines(context, draft, first.name),
        parts=(
            part(context, "text", draft.text),
            part(context, "first_body", _first_body(context, first)),
            *closing(context, "ask_agency", files),
        ),
    )


def _first_body(context: RequestContext, first: FirstBody) -> str:
    """Its answer in full, or that it is silent."""
    return context.plain(
        "complaint.paper_first_body_text",
        organisation=first.name,
        number=first.number,
        registered=day(first.since, context.language),
        due=first.due,
        answered=day(first.answered, context.language) if first.answered else "",
        late=first.late,
        returned=day(first.returned, context.language) if first.returned else "",
        said=first.said,
    )
