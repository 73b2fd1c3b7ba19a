"""One success of each action on complaints and drafts."""

from dataclasses import replace
from datetime import date, timedelta

from accounts.profile.actions import ForgetMe
from accounts.roles import Role
from complaints.actions.answering import AnswerComplaint, CloseComplaint, ComplaintReply
from complaints.actions.citizens import (
    AddToComplaint,
    EscalateToAgency,
    MarkNotSolved,
    MarkSolved,
    WithdrawComplaint,
)
from complaints.actions.completing import AskToComplete, ConfirmComplete, ReturnComplaint
from complaints.actions.drafting import (
    AttachToDraft,
    ChangeDraft,
    ConsentToComplaint,
    DetachFromDraft,
    DropDraft,
    StoredDraft,
)
from complaints.actions.entering import ComplaintEntry, EnterComplaint
from complaints.actions.extending import AskExtension, ConfirmExtensionNotice, DecideExtension
from complaints.actions.materials import RequestMaterials, ShowMaterials
from complaints.actions.passing import PassOnComplaint
from complaints.actions.rating import RateComplaint, RateService
from complaints.actions.self_filed import RecordSelfFiledAnswer, StopTracking, TrackSelfFiled
from complaints.actions.sending import ComplaintSubmission, SubmitDraft
from complaints.actions.taking import AssignComplaint, TakeComplaint
from complaints.actions.working import AskCitizen, CorrectComplaint
from complaints.attachments.folder import StoredFile
from complaints.attachments.sniffing import FileKind
from complaints.draft import TextPart
from complaints.facts import ComplaintOutcome, ComplaintSource, ExtensionReason, ServiceDelivery
from complaints.forget_person import ForgetPerson
from complaints.forgetting import ForgetComplaints
from complaints.kinds.kind import ComplaintKind
from complaints.requests.rules import RequestEnd, Requisite
from complaints.staff_drafts.actions import AttachToReply, EntryDrafts, ReplyDrafts, SendReply
from complaints.staff_drafts.drafts import EntryDraft, ReplyPurpose
from complaints.thread import MessageContent
from tests.actions import of_decisions
from tests.actions.world import World, trial
from tests.complaints.scenario import AKIMAT, CITIZEN, COLLEAGUE, HEAD, OFFICER

TODAY = date(2026, 3, 19)
TOMORROW = date(2026, 3, 20)
WORDS = MessageContent(text="x")
FILE = StoredFile(name="a.jpg", kind=FileKind.JPEG, size=10, digest="0" * 64)
ENTRY = ComplaintEntry(
    organisation=AKIMAT,
    received_on=TODAY,
    source=ComplaintSource.MEDIA,
    delivery=ServiceDelivery.ELECTRONIC,
    kind=ComplaintKind.OTHER,
)
ENTRY_DRAFT = EntryDraft(
    source=ComplaintSource.AKIM,
    received_on=TODAY,
    delivery=ServiceDelivery.OFFICE,
    service_known=True,
    kind=ComplaintKind.OTHER,
)


async def drafted(world: World) -> int:
    await world.staff()
    return await world.scenario.drafted()


async def finished(world: World) -> StoredDraft:
    await drafted(world)
    return await ChangeDraft(world.complaints)(CITIZEN, lambda draft: draft)


async def sent_and_finished(world: World) -> tuple[int, StoredDraft]:
    case = await sent(world)
    await world.scenario.drafted()
    return case, await ChangeDraft(world.complaints)(CITIZEN, lambda draft: draft)


def submission(world: World) -> ComplaintSubmission:
    context = world.complaints
    return ComplaintSubmission(context, SubmitDraft(context), AddToComplaint(context), DropDraft(context))


async def attached(world: World) -> int:
    await drafted(world)
    return (await AttachToDraft(world.complaints)(CITIZEN, FILE)).id


async def dated(world: World) -> int:
    return (await TrackSelfFiled(world.complaints)(CITIZEN, await drafted(world), TODAY)).id


async def sent(world: World) -> int:
    await world.staff()
    return (await world.scenario.sent()).id


async def taken(world: World) -> int:
    await world.staff()
    return (await world.scenario.taken()).id


async def answered(world: World) -> int:
    await world.staff()
    return (await world.scenario.answered()).id


async def extension_asked(world: World) -> int:
    case = await taken(world)
    await AskExtension(world.complaints)(OFFICER, case, 1, ExtensionReason.STUDY)
    return case


async def extension_untold(world: World) -> int:
    """A complaint on paper, whose citizen the bot cannot notify."""
    await world.staff()
    case = await world.scenario.entered(by=HEAD, organisation=AKIMAT)
    await TakeComplaint(world.complaints)(HEAD, case.id)
    await AskExtension(world.complaints)(HEAD, case.id, 1, ExtensionReason.STUDY)
    return case.id


async def incomplete(world: World) -> int:
    case = await taken(world)
    await AskToComplete(world.complaints)(OFFICER, case, [Requisite.SIGNATURE], TOMORROW)
    return case


async def not_completed(world: World) -> int:
    case = await incomplete(world)
    world.clock.advance(timedelta(days=2))
    return case


async def materials_asked(world: World) -> int:
    case = await taken(world)
    await RequestMaterials(world.complaints)(CITIZEN, case)
    return case


async def reply_begun(world: World) -> tuple[int, int]:
    """The complaint, and the draft of a question."""
    case = await taken(world)
    replies = ReplyDrafts(world.complaints)
    await replies.begin(OFFICER, case, ReplyPurpose.ASK)
    parts = (TextPart(message=1, text="?"),)
    draft = await replies.change(OFFICER, case, lambda draft: replace(draft, parts=parts))
    return case, draft.id


async def entry_begun(world: World) -> None:
    await world.staff()
    await EntryDrafts(world.complaints).change(OFFICER, AKIMAT, lambda _: ENTRY_DRAFT)


async def with_colleague(world: World) -> int:
    case = await taken(world)
    await world.scenario.add_membership(COLLEAGUE, Role.OFFICER, AKIMAT)
    return case


def forget_person(world: World) -> ForgetPerson:
    accounts = world.accounts
    forget_me = ForgetMe(world.unit, accounts.profiles, world.people, world.checklists)
    return ForgetPerson(world.unit, forget_me, ForgetComplaints(world.complaints), world.complaints.cipher)


TRIALS = (
    trial(ConsentToComplaint, lambda w, _: ConsentToComplaint(w.complaints)(CITIZEN)),
    trial(
        ChangeDraft,
        lambda w, _: ChangeDraft(w.complaints)(CITIZEN, lambda d: replace(d, name="Серик Ахметов")),
        drafted,
    ),
    trial(AttachToDraft, lambda w, _: AttachToDraft(w.complaints)(CITIZEN, FILE), drafted),
    trial(DetachFromDraft, lambda w, file: DetachFromDraft(w.complaints)(CITIZEN, file), attached),
    trial(DropDraft, lambda w, _: DropDraft(w.complaints)(CITIZEN), drafted),
    trial(SubmitDraft, lambda w, draft: SubmitDraft(w.complaints)(CITIZEN, draft), drafted),
    trial(ComplaintSubmission, lambda w, draft: submission(w).send(CITIZEN, draft), finished, method="send"),
    trial(
        ComplaintSubmission,
        lambda w, given: submission(w).add_to(CITIZEN, given[1], given[0]),
        sent_and_finished,
        method="add_to",
    ),
    trial(TrackSelfFiled, lambda w, draft: TrackSelfFiled(w.complaints)(CITIZEN, draft, TODAY), drafted),
    trial(
        RecordSelfFiledAnswer,
        lambda w, kept: RecordSelfFiledAnswer(w.complaints)(CITIZEN, kept, TODAY, "x"),
        dated,
    ),
    trial(StopTracking, lambda w, kept: StopTracking(w.complaints)(CITIZEN, kept), dated),
    trial(AddToComplaint, lambda w, case: AddToComplaint(w.complaints)(CITIZEN, case, WORDS), taken),
    trial(WithdrawComplaint, lambda w, case: WithdrawComplaint(w.complaints)(CITIZEN, case), taken),
    trial(MarkSolved, lambda w, case: MarkSolved(w.complaints)(CITIZEN, case), answered),
    trial(MarkNotSolved, lambda w, case: MarkNotSolved(w.complaints)(CITIZEN, case, WORDS), answered),
    trial(EscalateToAgency, lambda w, case: EscalateToAgency(w.complaints)(CITIZEN, case), answered),
    trial(RateService, lambda w, case: RateService(w.complaints)(CITIZEN, case, 4, "x"), answered),
    trial(RateComplaint, lambda w, case: RateComplaint(w.complaints)(CITIZEN, case, 5, "x"), answered),
    trial(ForgetComplaints, lambda w, _: ForgetComplaints(w.complaints)(CITIZEN), answered),
    trial(ForgetPerson, lambda w, _: forget_person(w)(CITIZEN), answered),
    trial(TakeComplaint, lambda w, case: TakeComplaint(w.complaints)(OFFICER, case), sent),
    trial(
        AssignComplaint, lambda w, case: AssignComplaint(w.complaints)(HEAD, case, COLLEAGUE), with_colleague
    ),
    trial(AskCitizen, lambda w, case: AskCitizen(w.complaints)(OFFICER, case, WORDS), taken),
    trial(
        AskToComplete,
        lambda w, case: AskToComplete(w.complaints)(OFFICER, case, [Requisite.SIGNATURE], TOMORROW),
        taken,
    ),
    trial(ConfirmComplete, lambda w, case: ConfirmComplete(w.complaints)(OFFICER, case), incomplete),
    trial(
        ReturnComplaint, lambda w, case: ReturnComplaint(w.complaints)(OFFICER, case, WORDS), not_completed
    ),
    trial(RequestMaterials, lambda w, case: RequestMaterials(w.complaints)(CITIZEN, case), taken),
    trial(
        ShowMaterials,
        lambda w, case: ShowMaterials(w.complaints)(OFFICER, case, RequestEnd.SENT, WORDS),
        materials_asked,
    ),
    *of_decisions.TRIALS,
    trial(
        CorrectComplaint,
        lambda w, case: CorrectComplaint(w.complaints)(OFFICER, case, kind=ComplaintKind.FEE),
        taken,
    ),
    trial(
        PassOnComplaint,
        lambda w, case: PassOnComplaint(w.complaints)(OFFICER, case, "police-abai", WORDS),
        taken,
    ),
    trial(
        AskExtension,
        lambda w, case: AskExtension(w.complaints)(HEAD, case, 1, ExtensionReason.STUDY),
        taken,
    ),
    trial(
        DecideExtension,
        lambda w, case: DecideExtension(w.complaints)(HEAD, case, approve=True),
        extension_asked,
    ),
    trial(
        ConfirmExtensionNotice,
        lambda w, case: ConfirmExtensionNotice(w.complaints)(HEAD, case),
        extension_untold,
    ),
    trial(
        AnswerComplaint,
        lambda w, case: AnswerComplaint(w.complaints)(
            OFFICER, case, ComplaintReply(outcome=ComplaintOutcome.UPHELD, content=WORDS)
        ),
        taken,
    ),
    trial(CloseComplaint, lambda w, case: CloseComplaint(w.complaints)(OFFICER, case), answered),
    trial(EnterComplaint, lambda w, _: EnterComplaint(w.complaints)(OFFICER, ENTRY), World.staff),
    trial(
        ReplyDrafts,
        lambda w, case: ReplyDrafts(w.complaints).begin(OFFICER, case, ReplyPurpose.ASK),
        taken,
        "begin",
    ),
    trial(
        ReplyDrafts,
        lambda w, begun: ReplyDrafts(w.complaints).change(OFFICER, begun[0], lambda d: replace(d, how="x")),
        reply_begun,
        "change",
    ),
    trial(
        ReplyDrafts, lambda w, begun: ReplyDrafts(w.complaints).drop(OFFICER, begun[0]), reply_begun, "drop"
    ),
    trial(SendReply, lambda w, begun: SendReply(w.complaints)(OFFICER, begun[0]), reply_begun),
    trial(AttachToReply, lambda w, begun: AttachToReply(w.complaints)(begun[1], FILE), reply_begun),
    trial(
        EntryDrafts,
        lambda w, _: EntryDrafts(w.complaints).change(OFFICER, AKIMAT, lambda _: ENTRY_DRAFT),
        World.staff,
        "change",
    ),
    trial(EntryDrafts, lambda w, _: EntryDrafts(w.complaints).drop(OFFICER, AKIMAT), entry_begun, "drop"),
    trial(EntryDrafts, lambda w, _: EntryDrafts(w.complaints).send(OFFICER, AKIMAT), entry_begun, "send"),
)
