"""Steps of a decision that many tests share: a preliminary decision, an exception, an answer that waits."""

from dataclasses import replace

from complaints.actions.answering import ComplaintReply
from complaints.approvals.actions import RequireApproval
from complaints.attachments.folder import StoredFile
from complaints.attachments.sniffing import FileKind
from complaints.case import ComplaintCase
from complaints.draft import TextPart
from complaints.facts import ComplaintOutcome
from complaints.hearings.actions import ExceptHearing, TellPreliminary
from complaints.hearings.hearing import HearingGround
from complaints.staff_drafts.actions import AttachToReply, ReplyDrafts, SendReply, SentReply
from complaints.staff_drafts.drafts import ReplyDraft, ReplyPurpose
from complaints.thread import MessageContent
from tests.complaints.scenario import HEAD, OFFICER, ComplaintScenario

REASONS = MessageContent(text="Мерзім сақталған")
REJECTED = ComplaintReply(outcome=ComplaintOutcome.REJECTED, content=REASONS)
SCAN = StoredFile(name="scan.pdf", kind=FileKind.PDF, size=10, digest="0" * 64)


async def told(scenario: ComplaintScenario, complaint: int, by: int = OFFICER) -> ComplaintCase:
    return await TellPreliminary(scenario.context)(by, complaint, ComplaintOutcome.REJECTED, REASONS)


async def excepted(scenario: ComplaintScenario, complaint: int, by: int = OFFICER) -> ComplaintCase:
    return await ExceptHearing(scenario.context)(by, complaint, HearingGround.REQUEST)


async def approval_required(scenario: ComplaintScenario, organisation: str, by: int = HEAD) -> None:
    await RequireApproval(scenario.context)(by, organisation, required=True)


async def written(
    scenario: ComplaintScenario, complaint: int, purpose: ReplyPurpose = ReplyPurpose.ANSWER, **draft: object
) -> int:
    """A draft of the officer, ready to send; returns its id."""
    replies = ReplyDrafts(scenario.context)
    await replies.begin(OFFICER, complaint, purpose)
    values = {"parts": (TextPart(message=1, text="Қаралды"),), "outcome": ComplaintOutcome.UPHELD, **draft}

    def changed(one: ReplyDraft) -> ReplyDraft:
        return replace(one, **values)  # type: ignore[arg-type]

    return (await replies.change(OFFICER, complaint, changed)).id


async def sent_for_approval(scenario: ComplaintScenario, complaint: int, organisation: str) -> SentReply:
    """An answer with a file that waits for the head."""
    await approval_required(scenario, organisation)
    draft = await written(scenario, complaint)
    await AttachToReply(scenario.context)(draft, SCAN)
    return await SendReply(scenario.context)(OFFICER, complaint)
