"""An update's answer, journal entry, dialog record and inbox mark are committed together."""

from dataclasses import replace

import pytest
from aiogram.fsm.storage.base import StorageKey
from sqlalchemy import select

from database.engine import Database
from knowledge.journal.actions import RecordQuestion
from knowledge.journal.entries import AnswerOutcome
from knowledge.journal.store import JournalStore
from knowledge.journal.tables import QuestionRow
from messaging.capture import capture
from messaging.inbox.intake import Arrival, Intake
from messaging.inbox.tables import InboxRow
from messaging.inbox.unit import DatabaseStorage, update_unit
from messaging.outbox.tables import OutboxRow

KEY = StorageKey(bot_id=42, chat_id=7, user_id=7)


@pytest.mark.parametrize("answers", [0, 3])
@pytest.mark.parametrize("questions", [0, 1])
@pytest.mark.parametrize("data", [{}, {"about": "identity-card"}])
async def test_update_effects_are_committed_together(
    database: Database, clock, answers: int, questions: int, data: dict[str, str]
):
    await Intake(database=database, clock=clock, wake=lambda _: None).accept(
        [Arrival(update_id=1, chat_id=7, payload="{}")]
    )
    storage = DatabaseStorage(database, clock)
    windows = [replace(KEY, destiny=f"window {number}") for number in range(answers)]
    async with update_unit(database, clock, 7, 1) as unit:
        await storage.set_data(KEY, {"about": "something before"})
        await unit.commit()
    async with update_unit(database, clock, 7, 1) as unit:
        await storage.set_data(KEY, data)
        for key in windows:
            await storage.set_data(key, {"_id": key.destiny})
        for number in range(answers):
            capture(unit, 7, "sendMessage", {"chat_id": 7, "text": f"answer {number}"})
        keep_question = RecordQuestion(unit.part, JournalStore(unit.session), clock)
        numbers = [await keep_question("?", "ru", AnswerOutcome.OFFERED) for _ in range(questions)]
        await unit.commit_handled(1)
    assert await storage.get_data(KEY) == data
    assert [await storage.get_data(key) for key in windows] == [{"_id": key.destiny} for key in windows]
    async with database.session() as session:
        answers_written = (await session.scalars(select(OutboxRow.payload).order_by(OutboxRow.id))).all()
        marked = (await session.scalars(select(InboxRow))).one()
        questions = (
            await session.scalars(select(QuestionRow.id).where(QuestionRow.outcome == "offered"))
        ).all()
    assert sorted(questions) == sorted(numbers)
    assert [f"answer {number}" in text for number, text in enumerate(answers_written)] == [True] * answers
    assert (marked.handled_at, marked.failed, marked.payload) == (clock.now(), None, "")
