"""The editor queue: items are listed, closed, and reopened when asked about again."""

from datetime import timedelta

from localgram.client import SimulatedPerson, labels

from accounts.roles import Role
from knowledge.journal.tables import QuestionRow
from tests.accounts.forged_callbacks import add_membership
from tests.bot.live_bot import RunningBot

ORGANISATION = "ministry-digital"


async def editor_of(live_bot: RunningBot) -> SimulatedPerson:
    person = await live_bot.person("ru")
    await add_membership(live_bot, person.number, ORGANISATION, Role.EDITOR)
    return person


async def open_queue(person: SimulatedPerson) -> str:
    return str((await person.ask("/editor"))["text"])


async def test_similar_questions_close_and_reopen_together(live_bot: RunningBot):
    citizen, editor = await live_bot.person("ru"), await editor_of(live_bot)
    for question in ("фиолетовый шмурдяк", "Фиолетовый шмурдяк?"):
        await citizen.ask(question)
    assert "Вопросы без ответа: 1" in await open_queue(editor)
    await editor.press("❓ Вопросы без ответа")
    listed = (await editor.messages())[-1]
    await editor.press(next(label for label in labels(listed) if label.startswith("2×")))
    assert "Сколько раз: 2" in (await editor.messages())[-1]["text"]
    await editor.press("✅ Разобрано")
    assert "Здесь ничего нет" in (await editor.messages())[-1]["text"]
    await citizen.ask("фиолетовый шмурдяк")
    assert "Вопросы без ответа: 1" in await open_queue(editor)


async def test_wrong_fact_is_shown_with_its_service_and_closed(live_bot: RunningBot):
    citizen, editor = await live_bot.person("ru"), await editor_of(live_bot)
    await citizen.ask("апостиль")
    for _ in range(2):
        await citizen.press("Ещё ▸")
    await citizen.press("⚠️ Ошибка")
    await citizen.ask("Плата <другая>")
    assert "Факты, названные неверными: 1" in await open_queue(editor)
    await editor.press("⚠️ Неверные факты")
    await editor.press(next(label for label in labels((await editor.messages())[-1]) if "Плата" in label))
    assert "Плата <другая>" in (await editor.messages())[-1]["text"]
    await editor.press("✅ Разобрано")
    assert "Факты, названные неверными: 0" in await open_queue(editor)


async def test_old_wording_is_paged_and_closed_once(live_bot: RunningBot):
    editor = await editor_of(live_bot)
    before = int((await open_queue(editor)).rpartition(": ")[2])
    assert before > 8
    await editor.press("🕰 Старые редакции")
    listed = (await editor.messages())[-1]
    assert len([data for data in labels(listed) if "item:" in data]) == 8
    await editor.press(labels(listed)[0])
    assert "Редакция от" in (await editor.messages())[-1]["text"]
    await editor.press("✅ Разобрано")
    assert int((await open_queue(editor)).rpartition(": ")[2]) == before - 1


async def test_stale_cards_are_listed_with_their_reasons(live_bot: RunningBot):
    editor = await editor_of(live_bot)
    assert "Карточки, которым нельзя верить: " in await open_queue(editor)
    await editor.press("🚫 Устаревшие карточки")
    await editor.press(labels((await editor.messages())[-1])[0])
    assert "• утратила силу услуга или её акт" in (await editor.messages())[-1]["text"]


async def test_item_closed_by_another_editor_is_outdated(live_bot: RunningBot):
    citizen, first, second = await live_bot.person("ru"), await editor_of(live_bot), await editor_of(live_bot)
    await citizen.ask("фиолетовый шмурдяк")
    for editor in (first, second):
        await open_queue(editor)
        await editor.press("❓ Вопросы без ответа")
        await editor.press(labels((await editor.messages())[-1])[0])
    await first.press("✅ Разобрано")
    answer = (await second.press("✅ Разобрано"))["answer"]
    assert "устарела" in answer["text"]


async def test_questions_older_than_ninety_days_are_not_shown(live_bot: RunningBot):
    editor = await editor_of(live_bot)
    async with live_bot.database.unit_of_work() as unit:
        old = live_bot.clock.now() - timedelta(days=91)
        unit.session.add(QuestionRow(asked_at=old, text="q", language="ru", outcome="unanswered"))
        await unit.commit()
    assert "Вопросы без ответа: 0" in await open_queue(editor)


async def test_only_editors_open_the_queue(live_bot: RunningBot):
    person = await live_bot.person("ru")
    assert "нет права" in await open_queue(person)
