"""The same bot on PostgreSQL: one long conversation that uses every table."""

import pytest
from localgram.client import labels

from knowledge.journal.entries import Verdict
from knowledge.journal.store import JournalStore
from tests.bot.live_bot import RunningBot

pytestmark = pytest.mark.postgres


async def test_whole_conversation_works_on_postgresql(postgres_live_bot: RunningBot):
    person = await postgres_live_bot.person("kk")
    await person.start("svc_apostille")
    await person.wait_for_reply()
    await person.press("Русский")
    await person.wait_for_replies(2)

    menu = await person.ask("/menu")
    await person.press("🗂 Жизненные ситуации", menu["message_id"])
    await person.press("📚 Все услуги по темам", menu["message_id"])
    await person.press("💼 Работа", menu["message_id"])
    assert labels((await person.messages())[-1])

    near = await person.ask("помогите оформить пособие")
    await person.press("Ничего из этого", near["message_id"])
    card = await person.ask("замена водительских прав")
    assert "Ещё ▸" in labels(card)
    for _ in range(3):
        await person.press("Ещё ▸")
    await person.press("⚠️ Ошибка")
    reply = await person.ask("пошлина\u0000 другая")
    assert "записали" in reply["text"]

    async with postgres_live_bot.database.session() as session:
        journal = JournalStore(session)
        facts = await journal.wrong_facts(postgres_live_bot.clock.now().replace(year=2020))
    assert [(fact.slug, fact.verdict) for fact in facts] == [("driving-licence", Verdict.WRONG)]


@pytest.mark.parametrize("text", ["уд\u0000остоверение", "\u0000", "🙂\u0000<b>"])
async def test_null_byte_does_not_break_the_postgresql_journal(postgres_live_bot: RunningBot, text: str):
    person = await postgres_live_bot.person("ru")
    reply = await person.ask(f"x{text}")
    assert reply["text"]
    assert "Номер случая" not in reply["text"]
