"""One success of each action on hearings, approvals and complaints on paper."""

from datetime import date

from complaints.actions.paper import CorrectPaper, PaperCorrection, VoidComplaint
from complaints.actions.taking import TakeComplaint
from complaints.approvals.actions import ApproveAnswer, RequireApproval, ReturnAnswer
from complaints.facts import ComplaintOutcome, ComplaintSource
from complaints.hearings.actions import (
    AskOralHearing,
    ExceptHearing,
    KeepProtocol,
    NoteHearing,
    RemoveHearing,
    TellPreliminary,
)
from complaints.hearings.hearing import HearingGround
from complaints.hearings.telling import NotePreliminaryTold, preliminary_undelivered
from complaints.paper import VoidReason
from complaints.thread import MessageContent
from reports.reported import ReportedQuarters
from tests.actions.world import World, trial
from tests.complaints.deciding import REASONS, SCAN, sent_for_approval, told
from tests.complaints.scenario import AKIMAT, CITIZEN, HEAD, OFFICER

TODAY = date(2026, 3, 19)
FILED = MessageContent(text="x", files=[SCAN])


async def taken(world: World) -> int:
    await world.staff()
    return (await world.scenario.taken()).id


async def preliminary(world: World) -> int:
    return (await told(world.scenario, await taken(world))).id


async def untold(world: World) -> int:
    complaint = await preliminary(world)
    await preliminary_undelivered(world.complaints.session, complaint, world.complaints.now())
    return complaint


async def heard(world: World) -> int:
    return (await NoteHearing(world.complaints)(OFFICER, await preliminary(world), TODAY)).id


async def protocol_kept(world: World) -> int:
    return (await KeepProtocol(world.complaints)(OFFICER, await heard(world), FILED)).id


async def oral_asked(world: World) -> int:
    return (await AskOralHearing(world.complaints)(CITIZEN, await preliminary(world))).id


async def approval_asked(world: World) -> int:
    return (await sent_for_approval(world.scenario, await taken(world), AKIMAT)).case.id


async def returned(world: World) -> int:
    return (await ReturnAnswer(world.complaints)(HEAD, await approval_asked(world), "x")).id


async def approved(world: World) -> int:
    return (await ApproveAnswer(world.complaints)(HEAD, await approval_asked(world))).id


async def entered(world: World) -> int:
    """A complaint on paper that the officer has."""
    await world.staff()
    case = await world.scenario.entered(by=OFFICER, organisation=AKIMAT)
    return (await TakeComplaint(world.complaints)(OFFICER, case.id)).id


async def voided(world: World) -> int:
    return (await VoidComplaint(world.complaints)(HEAD, await entered(world), VoidReason.TWICE)).id


TRIALS = (
    trial(
        TellPreliminary,
        lambda w, case: TellPreliminary(w.complaints)(OFFICER, case, ComplaintOutcome.PARTLY, REASONS),
        taken,
    ),
    trial(AskOralHearing, lambda w, case: AskOralHearing(w.complaints)(CITIZEN, case), preliminary),
    trial(NoteHearing, lambda w, case: NoteHearing(w.complaints)(OFFICER, case, TODAY), preliminary),
    trial(
        NotePreliminaryTold, lambda w, case: NotePreliminaryTold(w.complaints)(OFFICER, case, TODAY), untold
    ),
    trial(KeepProtocol, lambda w, case: KeepProtocol(w.complaints)(OFFICER, case, FILED), heard),
    trial(
        ExceptHearing, lambda w, case: ExceptHearing(w.complaints)(OFFICER, case, HearingGround.URGENT), taken
    ),
    trial(RemoveHearing, lambda w, case: RemoveHearing(w.complaints)(OFFICER, case), preliminary),
    trial(
        RequireApproval,
        lambda w, _: RequireApproval(w.complaints)(HEAD, AKIMAT, required=True),
        World.staff,
    ),
    trial(ApproveAnswer, lambda w, case: ApproveAnswer(w.complaints)(HEAD, case), approval_asked),
    trial(ReturnAnswer, lambda w, case: ReturnAnswer(w.complaints)(HEAD, case, "x"), approval_asked),
    trial(
        CorrectPaper,
        lambda w, case: CorrectPaper(w.complaints, ReportedQuarters())(
            OFFICER, case, PaperCorrection(source=ComplaintSource.AKIM)
        ),
        entered,
    ),
    trial(
        VoidComplaint, lambda w, case: VoidComplaint(w.complaints)(OFFICER, case, VoidReason.TWICE), entered
    ),
)
