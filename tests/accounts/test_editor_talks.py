"""The editor's desk: what waits, marked as seen to, and back again when it is asked anew."""

from datetime import timedelta

from accounts.roles import Role
from knowledge.journal.tables import QuestionRow
from simulator.client import SimulatedPerson, labels
from tests.accounts.forging import seat
from tests.bot.town import Town

ORGANISATION = "ministry-digital"


async def editor_of(town: Town) -> SimulatedPerson:
    person = await town.person("ru")
    await seat(town, person.number, ORGANISATION, Role.EDITOR)
    return person


async def desk(person: SimulatedPerson) -> str:
    return str((await person.ask("/editor"))["text"])


async def test_questions_that_read_alike_are_seen_to_together_and_come_back_when_asked_again(town: Town):
    citizen, editor = await town.person("ru"), await editor_of(town)
    for question in ("какая погода в Актау", "Какая погода в Актау?"):
        await citizen.ask(question)
    assert "Вопросы без ответа: 1" in await desk(editor)
    await editor.press("❓ Вопросы без ответа")
    listed = (await editor.messages())[-1]
    await editor.press(next(label for label in labels(listed) if label.startswith("2×")))
    assert "Сколько раз: 2" in (await editor.messages())[-1]["text"]
    await editor.press("✅ Разобрано")
    assert "Здесь ничего нет" in (await editor.messages())[-1]["text"]
    await citizen.ask("какая погода в Актау")
    assert "Вопросы без ответа: 1" in await desk(editor)


async def test_a_fact_called_wrong_is_shown_with_its_service_and_seen_to(town: Town):
    citizen, editor = await town.person("ru"), await editor_of(town)
    await citizen.ask("апостиль")
    await citizen.press("⚠️ Ошибка")
    await citizen.ask("Плата <другая>")
    assert "Факты, названные неверными: 1" in await desk(editor)
    await editor.press("⚠️ Неверные факты")
    await editor.press(next(label for label in labels((await editor.messages())[-1]) if "Плата" in label))
    assert "Плата <другая>" in (await editor.messages())[-1]["text"]
    await editor.press("✅ Разобрано")
    assert "Факты, названные неверными: 0" in await desk(editor)


async def test_an_old_wording_is_listed_by_pages_and_seen_to_once(town: Town):
    editor = await editor_of(town)
    before = int((await desk(editor)).rpartition(": ")[2])
    assert before > 8
    await editor.press("🕰 Старые редакции")
    listed = (await editor.messages())[-1]
    assert len([data for data in labels(listed) if "item:" in data]) == 8
    await editor.press(labels(listed)[0])
    assert "Редакция от" in (await editor.messages())[-1]["text"]
    await editor.press("✅ Разобрано")
    assert int((await desk(editor)).rpartition(": ")[2]) == before - 1


async def test_what_another_editor_saw_to_is_an_old_button(town: Town):
    citizen, first, second = await town.person("ru"), await editor_of(town), await editor_of(town)
    await citizen.ask("какая погода в Актау")
    for editor in (first, second):
        await desk(editor)
        await editor.press("❓ Вопросы без ответа")
        await editor.press(labels((await editor.messages())[-1])[0])
    await first.press("✅ Разобрано")
    answer = (await second.press("✅ Разобрано"))["answer"]
    assert "устарела" in answer["text"]


async def test_questions_older_than_ninety_days_are_not_shown(town: Town):
    editor = await editor_of(town)
    async with town.database.unit_of_work() as unit:
        old = town.clock.now() - timedelta(days=91)
        unit.session.add(QuestionRow(asked_at=old, text="q", language="ru", outcome="unanswered"))
        await unit.commit()
    assert "Вопросы без ответа: 0" in await desk(editor)


async def test_nobody_else_opens_the_desk(town: Town):
    person = await town.person("ru")
    assert "нет права" in await desk(person)
