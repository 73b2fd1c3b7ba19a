"""Answers that wait for the head."""

import pytest

from accounts.access_log.store import AccessLog
from accounts.errors import GoneError, NotAllowedError
from complaints.actions.answering import AnswerComplaint
from complaints.approvals.actions import ApproveAnswer, RequireApproval, ReturnAnswer
from complaints.approvals.queries import ApprovalQueries
from complaints.decision_errors import AnswerWaitsError, ApprovalNeededError
from complaints.errors import LookReasonError, MessageEmptyError
from complaints.forgetting import erase
from complaints.lifecycle import ComplaintState
from complaints.queries.cases import CaseQueries, LookReason
from complaints.staff_drafts.actions import ReplyDrafts, SendReply
from complaints.staff_drafts.drafts import ReplyPurpose
from complaints.thread import MessageKind
from database.engine import Database
from tests.complaints.deciding import REJECTED, approval_required, excepted, sent_for_approval, written
from tests.complaints.scenario import CITIZEN, COLLEAGUE, HEAD, OFFICER, POLICE, ComplaintScenario


@pytest.fixture
def rollback_database(sqlite_rollback_database: Database) -> Database:
    """SQLite only: these tests are not about SQL."""
    return sqlite_rollback_database


@pytest.fixture
async def police(scenario: ComplaintScenario) -> ComplaintScenario:
    await scenario.connect(POLICE)
    await scenario.staff()
    return scenario


async def test_answer_waits_and_goes_as_its_authors(police: ComplaintScenario):
    case = await police.taken()
    before = len(await police.notices())
    sent = await sent_for_approval(police, case.id, POLICE)
    assert (sent.waits, sent.case.state) == (True, ComplaintState.IN_WORK)
    assert (await police.notices())[before:] == [("approval_asked", HEAD)]
    due_on = (await police.again(case)).due_on
    with pytest.raises(NotAllowedError):
        await ApproveAnswer(police.context)(OFFICER, case.id)
    waiting = await ApprovalQueries(CaseQueries(police.context)).answer(HEAD, case.id)
    assert waiting is not None
    assert (waiting.draft.text, len(waiting.files)) == ("Қаралды", 1)
    answered = await ApproveAnswer(police.context)(HEAD, case.id)
    assert (answered.state, answered.due_on) == (ComplaintState.ANSWERED, due_on)
    assert (await police.notices())[-2:] == [("answered", CITIZEN), ("answer_approved", OFFICER)]
    [message] = (await CaseQueries(police.context).of_person(CITIZEN, case.id)).thread
    assert (message.message_kind, message.author, message.text, len(message.files)) == (
        MessageKind.ANSWER,
        OFFICER,
        "Қаралды",
        1,
    )
    steps = [(one.step.value, one.actor.role) for one in await police.audit_log(case)]
    assert steps[-3:] == [("ask_approval", "officer"), ("approve", "head"), ("answer", "head")]


async def test_nothing_is_approved_that_does_not_wait(police: ComplaintScenario):
    case = await police.taken()
    with pytest.raises(GoneError):
        await ApproveAnswer(police.context)(HEAD, case.id)
    with pytest.raises(GoneError):
        await ReturnAnswer(police.context)(HEAD, case.id, "x")


async def test_returned_answer_is_changed_and_asked_again(police: ComplaintScenario):
    case = await police.taken()
    await sent_for_approval(police, case.id, POLICE)
    replies = ReplyDrafts(police.context)
    for frozen in (
        replies.begin(OFFICER, case.id, ReplyPurpose.ASK),
        replies.change(OFFICER, case.id, lambda draft: draft),
        replies.drop(OFFICER, case.id),
        SendReply(police.context)(OFFICER, case.id),
    ):
        with pytest.raises(AnswerWaitsError):
            await frozen
    with pytest.raises(MessageEmptyError):
        await ReturnAnswer(police.context)(HEAD, case.id, " ")
    await ReturnAnswer(police.context)(HEAD, case.id, "Нормасын көрсетіңіз")
    assert (await police.notices())[-1] == ("answer_returned", OFFICER)
    queries = ApprovalQueries(CaseQueries(police.context))
    assert await queries.note(OFFICER, case.id) == "Нормасын көрсетіңіз"
    full = await CaseQueries(police.context).of_official(OFFICER, case.id)
    assert (full.awaits_head, full.is_returned) == (False, True)
    assert (await CaseQueries(police.context).of_person(CITIZEN, case.id)).thread == []
    assert (await SendReply(police.context)(OFFICER, case.id)).waits
    assert (await ApproveAnswer(police.context)(HEAD, case.id)).state is ComplaintState.ANSWERED


async def test_reading_answer_and_note_is_a_look(police: ComplaintScenario):
    """The head reads what waits because approving is supervision; a colleague says why."""
    case = await police.taken()
    queries = ApprovalQueries(CaseQueries(police.context))
    await sent_for_approval(police, case.id, POLICE)
    assert await queries.is_ready(HEAD, case.id)
    assert await looks(police, case.id) == []
    await queries.answer(HEAD, case.id)
    await ReturnAnswer(police.context)(HEAD, case.id, "Нормасын көрсетіңіз")
    with pytest.raises(LookReasonError):
        await queries.note(COLLEAGUE, case.id)
    await queries.note(COLLEAGUE, case.id, LookReason.SUBSTITUTE)
    await queries.note(OFFICER, case.id)
    assert await looks(police, case.id) == [
        (HEAD, "answer,note", "supervision"),
        (COLLEAGUE, "answer,note", "substitute"),
        (OFFICER, "answer,note", None),
    ]


async def looks(police: ComplaintScenario, complaint: int) -> list[tuple[int | None, str, str | None]]:
    found = await AccessLog(police.session).of(f"complaint/{complaint}")
    return [(entry.viewer, entry.what, entry.reason) for entry, _ in found]


async def test_no_way_round_the_head(police: ComplaintScenario):
    case = await police.taken()
    await approval_required(police, POLICE)
    await excepted(police, case.id)
    with pytest.raises(ApprovalNeededError):
        await AnswerComplaint(police.context)(OFFICER, case.id, REJECTED)
    with pytest.raises(NotAllowedError):
        await RequireApproval(police.context)(OFFICER, POLICE, required=False)
    with pytest.raises(NotAllowedError):
        await ApprovalQueries(CaseQueries(police.context)).answer(COLLEAGUE, case.id)
    assert (await AnswerComplaint(police.context)(HEAD, case.id, REJECTED)).state is ComplaintState.ANSWERED


async def test_without_the_setting_answers_go_at_once(police: ComplaintScenario):
    case = await police.taken()
    await approval_required(police, POLICE)
    await RequireApproval(police.context)(HEAD, POLICE, required=False)
    await written(police, case.id)
    assert not (await SendReply(police.context)(OFFICER, case.id)).waits


async def test_note_is_unreadable_once_the_complaint_is_erased(police: ComplaintScenario):
    case = await police.taken()
    await sent_for_approval(police, case.id, POLICE)
    await ReturnAnswer(police.context)(HEAD, case.id, "Құпия ескертпе")
    row = await police.context.complaints.lock(case.id)
    await erase(police.session, [row], police.clock.now())
    assert await ApprovalQueries(CaseQueries(police.context)).note(OFFICER, case.id) == ""
