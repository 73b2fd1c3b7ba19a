"""One success of each action on complaints and drafts."""

from dataclasses import replace
from datetime import date

from accounts.kept.actions import ForgetMe
from accounts.roles import Role
from bot.complaints.forgetting import ForgetPerson
from complaints.actions.answering import Answer, Close, Reply
from complaints.actions.citizens import AddToComplaint, GoToAgency, Rate, SayNotSolved, SaySolved, Withdraw
from complaints.actions.drafting import (
    AttachToDraft,
    ChangeDraft,
    ConsentToComplaint,
    DetachFromDraft,
    DropDraft,
)
from complaints.actions.entering import EnterComplaint, Entry
from complaints.actions.extending import AskExtension, DecideExtension, TellExtension
from complaints.actions.keeping import KeepDates, StopKeeping
from complaints.actions.passing import PassOn
from complaints.actions.sending import SendDraft
from complaints.actions.taking import Assign, Take
from complaints.actions.working import AskCitizen, Correct, NoteHearing
from complaints.attachments.folder import StoredFile
from complaints.attachments.sniffing import FileKind
from complaints.desk_drafts.actions import AttachToReply, Entries, Replies, SendReply
from complaints.desk_drafts.drafts import EntryDraft, Purpose
from complaints.draft import Part
from complaints.facts import Delivery, ExtensionReason, Outcome, Source
from complaints.forgetting import ForgetComplaints
from complaints.kinds.kind import Kind
from complaints.talk import Words
from tests.actions.world import World, trial
from tests.complaints.hall import AKIMAT, CITIZEN, COLLEAGUE, HEAD, OFFICER

TODAY = date(2026, 3, 19)
WORDS = Words(text="x")
FILE = StoredFile(name="a.jpg", kind=FileKind.JPEG, size=10, digest="0" * 64)
ENTRY = Entry(
    organisation=AKIMAT, received_on=TODAY, source=Source.MEDIA, delivery=Delivery.ELECTRONIC, kind=Kind.OTHER
)
ENTRY_DRAFT = EntryDraft(
    source=Source.AKIM,
    received_on=TODAY,
    delivery=Delivery.OFFICE,
    service_known=True,
    kind=Kind.OTHER,
)


async def drafted(world: World) -> int:
    await world.staff()
    return await world.hall.drafted()


async def attached(world: World) -> int:
    await drafted(world)
    return (await AttachToDraft(world.complaints)(CITIZEN, FILE)).id


async def dated(world: World) -> int:
    return (await KeepDates(world.complaints)(CITIZEN, await drafted(world), TODAY)).id


async def sent(world: World) -> int:
    await world.staff()
    return (await world.hall.sent()).id


async def taken(world: World) -> int:
    await world.staff()
    return (await world.hall.taken()).id


async def answered(world: World) -> int:
    await world.staff()
    return (await world.hall.answered()).id


async def extension_asked(world: World) -> int:
    case = await taken(world)
    await AskExtension(world.complaints)(OFFICER, case, 1, ExtensionReason.STUDY)
    return case


async def extension_untold(world: World) -> int:
    """A complaint on paper, so that its citizen is not told by the bot."""
    await world.staff()
    case = await world.hall.entered(by=HEAD, organisation=AKIMAT)
    await Take(world.complaints)(HEAD, case.id)
    await AskExtension(world.complaints)(HEAD, case.id, 1, ExtensionReason.STUDY)
    return case.id


async def reply_begun(world: World) -> tuple[int, int]:
    """The complaint, and the draft of a question."""
    case = await taken(world)
    replies = Replies(world.complaints)
    await replies.begin(OFFICER, case, Purpose.ASK)
    parts = (Part(message=1, text="?"),)
    draft = await replies.change(OFFICER, case, lambda draft: replace(draft, parts=parts))
    return case, draft.id


async def entry_begun(world: World) -> None:
    await world.staff()
    await Entries(world.complaints).change(OFFICER, AKIMAT, lambda _: ENTRY_DRAFT)


async def with_colleague(world: World) -> int:
    case = await taken(world)
    await world.hall.seat(COLLEAGUE, Role.OFFICER, AKIMAT)
    return case


def forget_person(world: World) -> ForgetPerson:
    accounts = world.accounts
    forget_me = ForgetMe(world.unit, accounts.kept, world.people)
    return ForgetPerson(world.unit, forget_me, ForgetComplaints(world.complaints))


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
    trial(SendDraft, lambda w, draft: SendDraft(w.complaints)(CITIZEN, draft), drafted),
    trial(KeepDates, lambda w, draft: KeepDates(w.complaints)(CITIZEN, draft, TODAY), drafted),
    trial(StopKeeping, lambda w, kept: StopKeeping(w.complaints)(CITIZEN, kept), dated),
    trial(AddToComplaint, lambda w, case: AddToComplaint(w.complaints)(CITIZEN, case, WORDS), taken),
    trial(Withdraw, lambda w, case: Withdraw(w.complaints)(CITIZEN, case), taken),
    trial(SaySolved, lambda w, case: SaySolved(w.complaints)(CITIZEN, case), answered),
    trial(SayNotSolved, lambda w, case: SayNotSolved(w.complaints)(CITIZEN, case, WORDS), answered),
    trial(GoToAgency, lambda w, case: GoToAgency(w.complaints)(CITIZEN, case), answered),
    trial(Rate, lambda w, case: Rate(w.complaints)(CITIZEN, case, 5, "x"), answered),
    trial(ForgetComplaints, lambda w, _: ForgetComplaints(w.complaints)(CITIZEN), answered),
    trial(ForgetPerson, lambda w, _: forget_person(w)(CITIZEN), answered),
    trial(Take, lambda w, case: Take(w.complaints)(OFFICER, case), sent),
    trial(Assign, lambda w, case: Assign(w.complaints)(HEAD, case, COLLEAGUE), with_colleague),
    trial(AskCitizen, lambda w, case: AskCitizen(w.complaints)(OFFICER, case, WORDS), taken),
    trial(NoteHearing, lambda w, case: NoteHearing(w.complaints)(OFFICER, case, TODAY), taken),
    trial(Correct, lambda w, case: Correct(w.complaints)(OFFICER, case, kind=Kind.FEE), taken),
    trial(PassOn, lambda w, case: PassOn(w.complaints)(OFFICER, case, "police-abai", WORDS), taken),
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
    trial(TellExtension, lambda w, case: TellExtension(w.complaints)(HEAD, case), extension_untold),
    trial(
        Answer,
        lambda w, case: Answer(w.complaints)(OFFICER, case, Reply(outcome=Outcome.REJECTED, words=WORDS)),
        taken,
    ),
    trial(Close, lambda w, case: Close(w.complaints)(OFFICER, case), answered),
    trial(EnterComplaint, lambda w, _: EnterComplaint(w.complaints)(OFFICER, ENTRY), World.staff),
    trial(Replies, lambda w, case: Replies(w.complaints).begin(OFFICER, case, Purpose.ASK), taken, "begin"),
    trial(
        Replies,
        lambda w, begun: Replies(w.complaints).change(OFFICER, begun[0], lambda d: replace(d, how="x")),
        reply_begun,
        "change",
    ),
    trial(Replies, lambda w, begun: Replies(w.complaints).drop(OFFICER, begun[0]), reply_begun, "drop"),
    trial(SendReply, lambda w, begun: SendReply(w.complaints)(OFFICER, begun[0]), reply_begun),
    trial(AttachToReply, lambda w, begun: AttachToReply(w.complaints)(begun[1], FILE), reply_begun),
    trial(
        Entries,
        lambda w, _: Entries(w.complaints).change(OFFICER, AKIMAT, lambda _: ENTRY_DRAFT),
        World.staff,
        "change",
    ),
    trial(Entries, lambda w, _: Entries(w.complaints).drop(OFFICER, AKIMAT), entry_begun, "drop"),
    trial(Entries, lambda w, _: Entries(w.complaints).send(OFFICER, AKIMAT), entry_begun, "send"),
)
