"""Papers of officials about a complaint, to sign: an answer, a preliminary decision, a forwarding letter."""

import asyncio
from dataclasses import dataclass
from datetime import date

from bot.request_context import RequestContext
from bot.views.complaints.appeal import paper_appeal_text
from bot.views.complaints.complaint import NamedFile, number_label, organisation_name
from complaints.facts import ComplaintOutcome
from complaints.hearings.hearing import UNFAVOURABLE, HearingForm
from complaints.paper import PaperMark
from complaints.queries.cases import CaseQueries, ComplainantDetails, FullCase
from complaints.staff_drafts.actions import ReplyDrafts
from complaints.staff_drafts.drafts import ReplyDraft, ReplyPurpose
from complaints.thread import MessageKind
from localisation.formats import day
from reports.documents.files import letter_docx
from reports.documents.model import DocumentPart, OfficialLetter

_KINDS = {
    ReplyPurpose.ANSWER: MessageKind.ANSWER,
    ReplyPurpose.PASS_ON: MessageKind.PASSED_ON,
    ReplyPurpose.PRELIMINARY: MessageKind.PRELIMINARY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperContent:
    """What the paper says, written or sent already; `mark` is empty until it has a number."""

    purpose: ReplyPurpose
    text: str
    outcome: ComplaintOutcome | None = None
    how: str = ""
    to: str | None = None
    mark: PaperMark | None = None


@dataclass(frozen=True, slots=True)
class OfficialPapers:
    """The official has entered the look in the access log: see CaseQueries.paper."""

    queries: CaseQueries
    replies: ReplyDrafts

    async def paper(
        self, context: RequestContext, full: FullCase, complainant: ComplainantDetails
    ) -> NamedFile | None:
        """The paper being written, or the last that was sent; None where there is none."""
        stored = await self.replies.find(context.person.telegram_id, full.case.id)
        content = written(stored.draft) if stored is not None and full.case.is_open else sent(full)
        if content is None:
            return None
        name = context.plain(f"paper.file_{content.purpose.value}", number=str(full.case.number))
        letter = await self._letter(context, full, complainant, content)
        return NamedFile(name=name, content=await asyncio.to_thread(letter_docx, letter))

    async def _letter(
        self,
        context: RequestContext,
        full: FullCase,
        complainant: ComplainantDetails,
        content: PaperContent,
    ) -> OfficialLetter:
        address: tuple[str, ...]
        name = complainant.name or context.plain("paper.no_name")
        if content.purpose is ReplyPurpose.PASS_ON:
            address = (organisation_name(context, content.to or ""), context.plain("paper.copy", name=name))
            parts = _forwarding(context, full, complainant, content)
        else:
            address = (name,)
            appeal = await paper_appeal_text(self.queries.context.session, context, full.case)
            parts = _decision(context, full, content, appeal)
        return OfficialLetter(
            sender=organisation_name(context, full.case.organisation),
            marks=_marks(context, full, content.mark),
            address=address,
            title=context.plain(f"paper.title_{content.purpose.value}"),
            parts=parts,
            signature=context.plain("paper.signature"),
        )


def written(draft: ReplyDraft) -> PaperContent | None:
    """The paper of a draft; None where its purpose has none."""
    if draft.purpose not in _KINDS:
        return None
    return PaperContent(
        purpose=draft.purpose,
        text=draft.text,
        outcome=draft.outcome,
        how=draft.how if draft.restored else "",
        to=draft.to,
        mark=draft.mark,
    )


def sent(full: FullCase) -> PaperContent | None:
    """The paper of the last message that has one."""
    case = full.case
    said = {one.message_kind: one.text or "" for one in full.thread if one.complaint == case.id}
    purpose = next((purpose for purpose, kind in _KINDS.items() if kind in said), None)
    if purpose is None:
        return None
    if purpose is ReplyPurpose.PRELIMINARY:
        return _preliminary(full, said[MessageKind.PRELIMINARY])
    mark = None
    if case.outgoing_number and case.answered_on is not None:
        mark = PaperMark(number=case.outgoing_number, on=case.answered_on)
    return PaperContent(
        purpose=purpose,
        text=said[_KINDS[purpose]],
        outcome=case.outcome,
        how=said.get(MessageKind.RESTORED, ""),
        to=case.passed_to,
        mark=mark,
    )


def _preliminary(full: FullCase, text: str) -> PaperContent | None:
    hearing = full.hearing
    if hearing is None:
        return None
    return PaperContent(purpose=ReplyPurpose.PRELIMINARY, text=text, outcome=hearing.outcome)


def _marks(context: RequestContext, full: FullCase, mark: PaperMark | None) -> tuple[str, ...]:
    case, language = full.case, context.language
    out = context.plain(
        "paper.out",
        number=mark.number if mark is not None else "",
        day=day(mark.on, language) if mark is not None else "",
    )
    incoming = context.plain(
        "paper.to_incoming",
        number=case.incoming_number or str(case.number),
        day=day(case.registered_on, language),
    )
    return out, incoming


def _decision(
    context: RequestContext, full: FullCase, content: PaperContent, appeal: str
) -> tuple[DocumentPart, ...]:
    """The complaint stands above what answers it."""
    decided = context.plain(f"paper.outcome_{content.outcome.value}") if content.outcome else ""
    is_answer = content.purpose is ReplyPurpose.ANSWER
    ending = (("heard", _heard(context, full, content)), ("appeal", appeal)) if is_answer else ()
    rights = () if is_answer else (("rights", context.plain("paper.rights_text")),)
    lines = (
        ("complaint", _complaint(context, full)),
        (f"decision_{content.purpose.value}", decided),
        ("reasons", content.text),
        ("restored", content.how),
        *ending,
        *rights,
    )
    return _parts(context, lines)


def _forwarding(
    context: RequestContext, full: FullCase, complainant: ComplainantDetails, content: PaperContent
) -> tuple[DocumentPart, ...]:
    whose = number_label(context, full.case.complainant, full.case.behalf)
    who = (
        complainant.name or context.plain("paper.no_name"),
        *(context.plain("complaint.paper_for", name=one) for one in (complainant.represented,) if one),
        *(
            context.plain("paper.number_line", whose=whose, number=one)
            for one in (complainant.number,)
            if one
        ),
        *(context.plain("paper.phone_line", phone=one) for one in (complainant.phone,) if one),
    )
    lines = (
        ("", context.plain("paper.forwarding", number=str(full.case.number), **_came(context, full))),
        ("why", content.text),
        ("who", "\n".join(who)),
        ("complaint", _complaint(context, full)),
        ("enclosed", context.plain("paper.enclosed_text", files=len(full.files)) if full.files else ""),
    )
    return _parts(context, lines)


def _parts(context: RequestContext, lines: tuple[tuple[str, str], ...]) -> tuple[DocumentPart, ...]:
    return tuple(
        DocumentPart(heading=context.plain(f"paper.part_{name}") if name else "", text=text)
        for name, text in lines
        if text
    )


def _came(context: RequestContext, full: FullCase) -> dict[str, str]:
    return {"day": day(full.case.registered_on, context.language)}


def _complaint(context: RequestContext, full: FullCase) -> str:
    return full.text or context.plain("paper.no_text")


def _heard(context: RequestContext, full: FullCase, content: PaperContent) -> str:
    """How the complainant was heard before an unfavourable decision."""
    hearing = full.hearing
    if hearing is None or content.outcome not in UNFAVOURABLE:
        return ""
    if hearing.form is HearingForm.EXCEPTED and hearing.ground is not None:
        ground = context.plain(f"hearing.ground_{hearing.ground.value}")
        return context.plain("paper.heard_excepted", ground=ground, point=hearing.ground.subparagraph)
    told: date | None = hearing.told_on
    return context.plain(
        f"paper.heard_{hearing.form.value}",
        told=day(told, context.language) if told is not None else "",
        held=day(hearing.held_on, context.language) if hearing.held_on is not None else "",
    )
