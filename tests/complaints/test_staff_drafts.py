"""Staff drafts are encrypted, submitted once, and deleted when abandoned."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from accounts.errors import GoneError
from complaints.case import ComplaintCase
from complaints.draft import TextPart
from complaints.errors import AnswerEmptyError, MessageEmptyError, NotAssigneeError
from complaints.facts import ComplaintOutcome
from complaints.lifecycle import ComplaintState
from complaints.staff_drafts.actions import ReplyDrafts, SendReply
from complaints.staff_drafts.drafts import ReplyDraft, ReplyPurpose
from complaints.staff_drafts.store import RETENTION, forget_old
from complaints.staff_drafts.tables import StaffDraftRow
from tests.complaints.scenario import COLLEAGUE, OFFICER, POLICE, ComplaintScenario

WORDS = "Куәлік дайын, келіп алыңыз"


async def held(scenario: ComplaintScenario) -> ComplaintCase:
    """A complaint taken by the officer."""
    await scenario.staff()
    await scenario.connect(POLICE)
    return await scenario.taken()


async def typed(scenario: ComplaintScenario, complaint: int, purpose: ReplyPurpose) -> None:
    await ReplyDrafts(scenario.context).begin(OFFICER, complaint, purpose)
    part = TextPart(message=7, text=WORDS)
    await ReplyDrafts(scenario.context).change(
        OFFICER, complaint, lambda draft: replace(draft, parts=(part,))
    )


async def test_staff_draft_is_stored_encrypted(scenario: ComplaintScenario):
    case = await held(scenario)
    await typed(scenario, case.id, ReplyPurpose.ASK)
    row = await scenario.session.scalar(select(StaffDraftRow))
    assert row is not None
    assert WORDS not in row.body_cipher
    stored = await ReplyDrafts(scenario.context).find(OFFICER, case.id)
    assert stored is not None
    assert stored.draft.text == WORDS


async def test_a_reply_is_sent_once(scenario: ComplaintScenario):
    case = await held(scenario)
    await typed(scenario, case.id, ReplyPurpose.ASK)
    sent = await SendReply(scenario.context)(OFFICER, case.id)
    assert sent.case.state is ComplaintState.INFORMATION_ASKED
    with pytest.raises(GoneError):
        await SendReply(scenario.context)(OFFICER, case.id)


async def test_text_survives_a_change_of_purpose(scenario: ComplaintScenario):
    case = await held(scenario)
    await typed(scenario, case.id, ReplyPurpose.ASK)
    stored = await ReplyDrafts(scenario.context).begin(OFFICER, case.id, ReplyPurpose.ANSWER)
    assert (stored.draft.purpose, stored.draft.text) == (ReplyPurpose.ANSWER, WORDS)


async def test_incomplete_answer_is_rejected_and_stored(scenario: ComplaintScenario):
    case = await held(scenario)
    await typed(scenario, case.id, ReplyPurpose.ANSWER)
    with pytest.raises(AnswerEmptyError):
        await SendReply(scenario.context)(OFFICER, case.id)
    await ReplyDrafts(scenario.context).change(
        OFFICER, case.id, lambda _: ReplyDraft(purpose=ReplyPurpose.ANSWER, outcome=ComplaintOutcome.UPHELD)
    )
    with pytest.raises(MessageEmptyError):
        await SendReply(scenario.context)(OFFICER, case.id)
    assert await ReplyDrafts(scenario.context).find(OFFICER, case.id) is not None


async def test_only_the_assignee_drafts_a_reply(scenario: ComplaintScenario):
    case = await held(scenario)
    with pytest.raises(NotAssigneeError):
        await ReplyDrafts(scenario.context).begin(COLLEAGUE, case.id, ReplyPurpose.ANSWER)


@pytest.mark.parametrize(("after", "left"), [(RETENTION, 1), (RETENTION + timedelta(seconds=1), 0)])
async def test_untouched_draft_is_deleted_after_a_month(
    scenario: ComplaintScenario, after: timedelta, left: int
):
    case = await held(scenario)
    await typed(scenario, case.id, ReplyPurpose.ASK)
    await forget_old(scenario.session, scenario.clock.now() + after)
    assert await scenario.session.scalar(select(func.count()).select_from(StaffDraftRow)) == left
