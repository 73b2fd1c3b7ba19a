"""What an official types is kept encrypted, sent once, and forgotten when nobody touches it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from accounts.errors import GoneError
from complaints.case import Case
from complaints.desk_drafts.actions import Replies, SendReply
from complaints.desk_drafts.drafts import Purpose, ReplyDraft
from complaints.desk_drafts.store import KEPT_FOR, forget_old
from complaints.desk_drafts.tables import DeskDraftRow
from complaints.draft import Part
from complaints.errors import AnswerEmptyError, MessageEmptyError, NotHolderError
from complaints.facts import Outcome
from complaints.lifecycle import State
from tests.complaints.hall import COLLEAGUE, OFFICER, POLICE, Hall

WORDS = "Куәлік дайын, келіп алыңыз"


async def held(hall: Hall) -> Case:
    """A complaint that the officer has taken."""
    await hall.staff()
    await hall.connect(POLICE)
    return await hall.taken()


async def typed(hall: Hall, complaint: int, purpose: Purpose) -> None:
    await Replies(hall.desk).begin(OFFICER, complaint, purpose)
    part = Part(message=7, text=WORDS)
    await Replies(hall.desk).change(OFFICER, complaint, lambda draft: replace(draft, parts=(part,)))


async def test_what_is_typed_is_only_ever_ciphertext(hall: Hall):
    case = await held(hall)
    await typed(hall, case.id, Purpose.ASK)
    row = await hall.session.scalar(select(DeskDraftRow))
    assert row is not None
    assert WORDS not in row.body_cipher
    kept = await Replies(hall.desk).find(OFFICER, case.id)
    assert kept is not None
    assert kept.draft.text == WORDS


async def test_a_reply_is_sent_once(hall: Hall):
    case = await held(hall)
    await typed(hall, case.id, Purpose.ASK)
    sent = await SendReply(hall.desk)(OFFICER, case.id)
    assert sent.state is State.INFORMATION_ASKED
    with pytest.raises(GoneError):
        await SendReply(hall.desk)(OFFICER, case.id)


async def test_words_stay_when_the_purpose_changes(hall: Hall):
    case = await held(hall)
    await typed(hall, case.id, Purpose.ASK)
    kept = await Replies(hall.desk).begin(OFFICER, case.id, Purpose.ANSWER)
    assert (kept.draft.purpose, kept.draft.text) == (Purpose.ANSWER, WORDS)


async def test_an_answer_needs_an_outcome_and_words_and_keeps_what_was_typed(hall: Hall):
    case = await held(hall)
    await typed(hall, case.id, Purpose.ANSWER)
    with pytest.raises(AnswerEmptyError):
        await SendReply(hall.desk)(OFFICER, case.id)
    await Replies(hall.desk).change(
        OFFICER, case.id, lambda _: ReplyDraft(purpose=Purpose.ANSWER, outcome=Outcome.UPHELD)
    )
    with pytest.raises(MessageEmptyError):
        await SendReply(hall.desk)(OFFICER, case.id)
    assert await Replies(hall.desk).find(OFFICER, case.id) is not None


async def test_only_who_has_the_complaint_writes_a_reply(hall: Hall):
    case = await held(hall)
    with pytest.raises(NotHolderError):
        await Replies(hall.desk).begin(COLLEAGUE, case.id, Purpose.ANSWER)


@pytest.mark.parametrize(("after", "left"), [(KEPT_FOR, 1), (KEPT_FOR + timedelta(seconds=1), 0)])
async def test_what_nobody_touches_for_a_month_is_forgotten(hall: Hall, after: timedelta, left: int):
    case = await held(hall)
    await typed(hall, case.id, Purpose.ASK)
    await forget_old(hall.session, hall.clock.now() + after)
    assert await hall.session.scalar(select(func.count()).select_from(DeskDraftRow)) == left
