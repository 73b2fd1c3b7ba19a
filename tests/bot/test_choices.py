"""Several near services, none of them, and what people say of an answer."""

from datetime import UTC, datetime

from sqlalchemy import select

from knowledge.journal.entries import Outcome, Verdict
from knowledge.journal.queries import JournalQueries
from knowledge.journal.store import JournalStore
from knowledge.journal.tables import VerdictRow
from simulator.client import labels
from tests.bot.town import Town

VAGUE = "помогите оформить пособие"
NONE = "Ничего из этого"
FAR_PAST = datetime(2020, 1, 1, tzinfo=UTC)


async def kept_questions(town: Town) -> list[tuple[str, str]]:
    async with town.database.session() as session:
        return [(row.text, row.outcome) for row in await JournalStore(session).questions(FAR_PAST)]


async def verdicts(town: Town) -> list[tuple[str, str, str]]:
    async with town.database.session() as session:
        rows = (await session.scalars(select(VerdictRow))).all()
        return [(row.slug, row.verdict, row.text) for row in rows]


async def test_several_near_services_are_at_most_three_buttons_and_none_of_these(town: Town):
    person = await town.person("ru")
    reply = await person.ask(VAGUE)
    texts = labels(reply)[::2]
    assert texts[-1] == NONE
    assert 2 <= len(texts) - 1 <= 3
    assert all(text[0].isdigit() for text in texts[:-1])


async def test_a_chosen_service_takes_the_place_of_the_choice(town: Town):
    person = await town.person("ru")
    reply = await person.ask(VAGUE)
    await person.press(labels(reply)[0], reply["message_id"])
    messages = await person.messages()
    assert len(messages) == 2
    assert "Кто оказывает" in messages[-1]["text"]


async def test_none_of_these_asks_once_for_other_words_then_offers_situations_and_1414(town: Town):
    person = await town.person("ru")
    first = await person.ask(VAGUE)
    await person.press(NONE, first["message_id"])
    other = await person.wait_for_reply(first["message_id"])
    assert "другими словами" in other["text"]
    second = await person.ask(VAGUE)
    await person.press(NONE, second["message_id"])
    last = await person.wait_for_reply(second["message_id"])
    assert "1414" in last["text"]
    assert "🗂 Жизненные ситуации" in labels(last)
    assert await kept_questions(town) == [(VAGUE, Outcome.REFUSED), (VAGUE, Outcome.REFUSED)]


async def test_a_question_without_answer_is_kept_masked_and_without_its_asker(town: Town):
    person = await town.person("ru")
    await person.ask("какая завтра погода 87011234567 4400430112345678")
    [(text, outcome)] = await kept_questions(town)
    assert outcome == Outcome.UNANSWERED
    assert "погода" in text
    assert not set("0123456789") & set(text)
    async with town.database.session() as session:
        [group] = await JournalQueries(JournalStore(session)).groups(town.clock.now())
    assert group.count == 1


async def test_a_confident_answer_keeps_no_question(town: Town):
    person = await town.person("ru")
    await person.ask("замена водительских прав")
    assert await kept_questions(town) == []


async def test_yes_is_thanked_and_no_asks_for_other_words(town: Town):
    person = await town.person("ru")
    await person.ask("замена водительских прав")
    yes = await person.press("👍 То, что нужно")
    no = await person.press("👎 Не то")
    assert "Спасибо" in yes["answer"]["text"]
    assert no["answer"]["show_alert"]
    assert await verdicts(town) == [
        ("driving-licence", Verdict.YES, ""),
        ("driving-licence", Verdict.NO, ""),
    ]


async def test_wrong_facts_are_told_in_the_person_s_words(town: Town):
    person = await town.person("ru")
    await person.ask("замена водительских прав")
    await person.press("⚠️ Ошибка")
    told = await person.ask("пошлина другая, мой ИИН 900101300017")
    assert "записали" in told["text"]
    [(slug, verdict, text)] = await verdicts(town)
    assert (slug, verdict) == ("driving-licence", Verdict.WRONG)
    assert "пошлина другая" in text
    assert "900101300017" not in text


async def test_telling_wrong_facts_can_be_cancelled_and_questions_work_again(town: Town):
    person = await town.person("ru")
    await person.ask("замена водительских прав")
    await person.press("⚠️ Ошибка")
    await person.press("Отмена")
    reply = await person.ask("поставить апостиль")
    assert "Апостил" in reply["text"]
    assert await verdicts(town) == []


async def test_a_picture_instead_of_the_wrong_fact_is_asked_for_again(town: Town):
    person = await town.person("ru")
    await person.ask("замена водительских прав")
    await person.press("⚠️ Ошибка")
    sent = await person.upload(b"%PDF-1.4", name="proof.pdf")
    again = await person.wait_for_reply(sent["message_id"])
    assert "Какие сведения неверны" in again["text"]
