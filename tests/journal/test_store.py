"""The journal on both databases: counted, most frequent first, deleted after ninety days."""

from datetime import timedelta

from database.engine import Database, JoinedUnitOfWork
from kernel.clock import FixedClock
from knowledge.journal.actions import GiveVerdict, RecordQuestion, RefuseOffer
from knowledge.journal.entries import RETENTION, AnswerOutcome, Verdict
from knowledge.journal.queries import JournalQueries
from knowledge.journal.store import JournalStore


async def keep(database: Database, clock: FixedClock, text: str) -> int:
    async with database.unit_of_work() as unit:
        return await RecordQuestion(unit, JournalStore(unit.session), clock)(
            text, "ru", AnswerOutcome.OFFERED
        )


async def test_questions_are_grouped_most_frequent_first(database: Database, clock: FixedClock):
    for text in ("где мой паспорт", "виза в Китай", "Виза в китай?"):
        await keep(database, clock, text)
    async with database.session() as session:
        groups = await JournalQueries(JournalStore(session)).groups(clock.now())
    assert [(group.count, group.refused) for group in groups] == [(2, 0), (1, 0)]


async def test_refused_offer_is_counted(database: Database, clock: FixedClock):
    number = await keep(database, clock, "виза в Китай")
    async with database.unit_of_work() as unit:
        await RefuseOffer(unit, JournalStore(unit.session))(number)
    async with database.session() as session:
        [group] = await JournalQueries(JournalStore(session)).groups(clock.now())
    assert group.refused == 1


async def test_entries_older_than_ninety_days_are_deleted(database: Database, clock: FixedClock):
    await keep(database, clock, "старый вопрос")
    async with database.unit_of_work() as unit:
        await GiveVerdict(unit, JournalStore(unit.session), clock)("apostille", Verdict.WRONG, "старое")
    clock.advance(RETENTION + timedelta(seconds=1))
    await keep(database, clock, "новый вопрос")
    async with database.unit_of_work() as unit:
        await JournalStore(unit.session).drop_old(clock.now())
        await unit.commit()
    async with database.session() as session:
        journal = JournalStore(session)
        left = [row.text for row in await journal.questions(clock.now() - timedelta(days=1000))]
        facts = await journal.wrong_facts(clock.now() - timedelta(days=1000))
    assert left == ["новый вопрос"]
    assert facts == []


async def test_uncommitted_question_is_not_stored(database: Database, clock: FixedClock):
    async with database.unit_of_work() as unit:
        part = JoinedUnitOfWork(unit)
        await RecordQuestion(part, JournalStore(part.session), clock)("?", "ru", AnswerOutcome.UNANSWERED)
    async with database.session() as session:
        assert await JournalQueries(JournalStore(session)).groups(clock.now()) == []


async def test_null_byte_is_removed(database: Database, clock: FixedClock):
    await keep(database, clock, "виза\0 в Китай")
    async with database.session() as session:
        [group] = await JournalQueries(JournalStore(session)).groups(clock.now())
    assert group.text == "виза в Китай"


async def test_what_a_person_left_is_found_by_a_digest_and_forgotten(database: Database, clock: FixedClock):
    async with database.unit_of_work() as unit:
        record = RecordQuestion(unit, JournalStore(unit.session), clock)
        for text, author in (("мой вопрос", "mine"), ("чужой вопрос", "theirs"), ("старый вопрос", None)):
            await record(text, "ru", AnswerOutcome.UNANSWERED, author)
        give = GiveVerdict(unit, JournalStore(unit.session), clock)
        await give("apostille", Verdict.WRONG, "моё", "mine")
    async with database.unit_of_work() as unit:
        await JournalStore(unit.session).forget(["mine"])
        await unit.commit()
    async with database.session() as session:
        left = {row.text for row in await JournalStore(session).questions(clock.now() - RETENTION)}
        assert left == {"чужой вопрос", "старый вопрос"}
        assert await JournalStore(session).wrong_facts(clock.now() - RETENTION) == []
