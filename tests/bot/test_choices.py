"""Several close matches, none of them, and feedback on an answer."""

from datetime import UTC, datetime

from localgram.client import SimulatedPerson, labels
from sqlalchemy import select

from knowledge.journal.entries import AnswerOutcome, Verdict
from knowledge.journal.queries import JournalQueries
from knowledge.journal.store import JournalStore
from knowledge.journal.tables import VerdictRow
from tests.bot.live_bot import RunningBot

VAGUE = "помогите оформить пособие"
NONE = "Ничего из этого"
FAR_PAST = datetime(2020, 1, 1, tzinfo=UTC)


async def stored_questions(live_bot: RunningBot) -> list[tuple[str, str]]:
    async with live_bot.database.session() as session:
        return [(row.text, row.outcome) for row in await JournalStore(session).questions(FAR_PAST)]


async def verdicts(live_bot: RunningBot) -> list[tuple[str, str, str]]:
    async with live_bot.database.session() as session:
        rows = (await session.scalars(select(VerdictRow))).all()
        return [(row.slug, row.verdict, row.text) for row in rows]


async def open_wrong_facts(person: SimulatedPerson) -> None:
    for _ in range(3):
        await person.press("Ещё ▸")
    await person.press("⚠️ Ошибка")


async def test_close_matches_are_up_to_three_buttons_and_none_of_these(live_bot: RunningBot):
    person = await live_bot.person("ru")
    reply = await person.ask(VAGUE)
    texts = labels(reply)[::2]
    assert texts[-1] == NONE
    assert 2 <= len(texts) - 1 <= 3
    assert all(f"{number}. " in reply["text"] for number in range(1, len(texts)))


async def test_chosen_service_replaces_the_choice(live_bot: RunningBot):
    person = await live_bot.person("ru")
    reply = await person.ask(VAGUE)
    await person.press(labels(reply)[0], reply["message_id"])
    messages = await person.messages()
    assert len(messages) == 2
    assert messages[-1]["text"].startswith(labels(reply)[0])


async def test_none_of_these_asks_once_to_rephrase_then_offers_help(live_bot: RunningBot):
    person = await live_bot.person("ru")
    first = await person.ask(VAGUE)
    await person.press(NONE, first["message_id"])
    other = await person.wait_for_reply(first["message_id"])
    assert "другими словами" in other["text"]
    second = await person.ask(VAGUE)
    await person.press(NONE, second["message_id"])
    last = await person.wait_for_reply(second["message_id"])
    assert "1414" in last["text"]
    assert "🗂 Жизненные ситуации" in labels(last)
    assert await stored_questions(live_bot) == [
        (VAGUE, AnswerOutcome.REFUSED),
        (VAGUE, AnswerOutcome.REFUSED),
    ]


async def test_unanswered_question_is_stored_masked_and_anonymous(live_bot: RunningBot):
    person = await live_bot.person("ru")
    await person.ask("какая завтра погода 87011234567 4400430112345678")
    [(text, outcome)] = await stored_questions(live_bot)
    assert outcome == AnswerOutcome.UNANSWERED
    assert "погода" in text
    assert not set("0123456789") & set(text)
    async with live_bot.database.session() as session:
        [group] = await JournalQueries(JournalStore(session)).groups(live_bot.clock.now())
    assert group.count == 1


async def test_confident_answer_stores_no_question(live_bot: RunningBot):
    person = await live_bot.person("ru")
    await person.ask("замена водительских прав")
    assert await stored_questions(live_bot) == []


async def test_feedback_yes_is_thanked_and_no_asks_to_rephrase(live_bot: RunningBot):
    person = await live_bot.person("ru")
    await person.ask("замена водительских прав")
    await person.press("Ещё ▸")
    yes = await person.press("👍 То, что нужно")
    no = await person.press("👎 Не то")
    assert "Спасибо" in yes["answer"]["text"]
    assert not no["answer"]["text"]
    said = (await person.messages())[-1]
    assert "другими словами" in said["text"]
    assert labels(said)
    assert await verdicts(live_bot) == [
        ("driving-licence", Verdict.YES, ""),
        ("driving-licence", Verdict.NO, ""),
    ]


async def test_wrong_fact_is_reported_in_the_persons_words(live_bot: RunningBot):
    person = await live_bot.person("ru")
    await person.ask("замена водительских прав")
    await open_wrong_facts(person)
    reply = await person.ask("пошлина другая, мой ИИН 900101300017")
    assert "записали" in reply["text"]
    [(slug, verdict, text)] = await verdicts(live_bot)
    assert (slug, verdict) == ("driving-licence", Verdict.WRONG)
    assert "пошлина другая" in text
    assert "900101300017" not in text


async def test_cancelled_fact_report_returns_to_questions(live_bot: RunningBot):
    person = await live_bot.person("ru")
    await person.ask("замена водительских прав")
    await open_wrong_facts(person)
    await person.press("Отмена")
    reply = await person.ask("поставить апостиль")
    assert "Апостил" in reply["text"]
    assert await verdicts(live_bot) == []


async def test_picture_as_wrong_fact_is_asked_again(live_bot: RunningBot):
    person = await live_bot.person("ru")
    await person.ask("замена водительских прав")
    await open_wrong_facts(person)
    sent = await person.upload(b"%PDF-1.4", name="proof.pdf")
    again = await person.wait_for_reply(sent["message_id"])
    assert "Какие сведения неверны" in again["text"]
