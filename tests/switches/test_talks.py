"""What people, officials and administrators are told while a job is off, on the local Telegram."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from accounts.officials.store import MembershipStore
from accounts.roles import Role
from accounts.store import PersonStore
from accounts.switches.live import REFRESH
from accounts.switches.store import SwitchStore
from accounts.switches.switch import LONGEST_REASON, SwitchedJob
from bot.translations import Translations
from complaints.tables import ComplaintRow, DraftRow
from registry_data.schema import Language
from simulator.client import Person, labels
from tests.bot.complaining import CARD, HEAD, OFFICER, POLICE, citizen, complain, connect
from tests.bot.conftest import Town
from tests.reminders.test_talks import moment, official
from tests.switches.turning import REASON, seat, turn

ANSWERS, COMPLAINTS, REMINDERS = SwitchedJob
NO_ANSWERS = {
    "kk": "сұраққа жауап беру уақытша тоқтатылды",
    "ru": "ответы на вопросы временно приостановлены",
    "en": "answers to questions are paused",
}
NO_COMPLAINTS = {
    "kk": "жаңа шағым қабылдау уақытша тоқтатылды",
    "ru": "новые жалобы временно не принимаются",
    "en": "new complaints are not taken for now",
}
EVERY_LANGUAGE = pytest.mark.parametrize("language", ["kk", "ru", "en"])


async def switch(town: Town, job: SwitchedJob, *, off: bool) -> None:
    """As another process does: this one sees it when it asks the database the next time."""
    await turn(town.database, town.clock, job, off=off)
    town.clock.advance(REFRESH)


async def count(town: Town, what: type) -> int:
    async with town.database.session() as session:
        return await session.scalar(select(func.count()).select_from(what)) or 0


async def is_off(town: Town, job: SwitchedJob) -> bool:
    async with town.database.session() as session:
        return await SwitchStore(session).is_off(job)


async def administrator(town: Town, language: str = "ru") -> Person:
    person = await town.person(language)
    await seat(town.database, town.clock, person.number, Role.ADMINISTRATOR)
    async with town.database.unit_of_work() as unit:
        now = town.clock.now()
        await PersonStore(unit.session).keep_language(person.number, Language(language), now)
        await unit.commit()
    return person


async def last(person: Person) -> dict[str, Any]:
    return (await person.messages())[-1]


@EVERY_LANGUAGE
async def test_while_answers_are_off_a_question_and_a_card_get_a_polite_sentence(town: Town, language: str):
    person = (await citizen(town, language)).person
    card = await person.ask("/start svc_apostille")
    buttons = [one for one in labels(card) if one.startswith("c:")]
    await switch(town, ANSWERS, off=True)
    for said in ("поставить апостиль", "/memo", "/start svc_apostille"):
        text = (await person.ask(said))["text"]
        assert NO_ANSWERS[language] in text
        assert "1414" in text
        assert "/complaints" in text
    alert = await person.press(buttons[0], card["message_id"])
    assert NO_ANSWERS[language] in alert["answer"]["text"]
    assert alert["answer"]["show_alert"]
    await switch(town, ANSWERS, off=False)
    assert NO_ANSWERS[language] not in (await person.ask("поставить апостиль"))["text"]
    assert (await person.press(buttons[0], card["message_id"]))["answer"]["text"] == ""


@EVERY_LANGUAGE
async def test_while_answers_are_off_inline_mode_says_so_above_no_results(town: Town, language: str):
    person = await town.person(language)
    await switch(town, ANSWERS, off=True)
    answer = await town.door.post(f"/people/{person.number}/inline", {"query": "куәлік"})
    assert answer["results"] == []
    said = Translations.load().plain(Language(language), "switches.inline_off")
    assert answer["button"]["text"] == said
    assert "1414" in said
    await switch(town, ANSWERS, off=False)
    assert await person.ask_inline("куәлік")


async def test_while_answers_are_off_courtesy_the_menu_and_complaints_go_on(town: Town):
    await connect(town, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(town)
    await switch(town, ANSWERS, off=True)
    assert "Пожалуйста" in (await one.person.ask("спасибо"))["text"]
    assert "помощник по государственным услугам" in (await one.person.ask("/menu"))["text"]
    await one.press("situations")
    await one.press("licences")
    menu = await last(one.person)
    alert = await one.person.press(next(each for each in labels(menu) if "service:" in each))
    assert NO_ANSWERS["ru"] in alert["answer"]["text"]
    await one.says("/complaint")
    await one.press("agree")
    await one.says("водительское удостоверение")  # what a complaint is about is still found
    assert any("service" in each for each in labels(await last(one.person)))


@EVERY_LANGUAGE
async def test_while_complaints_are_off_none_is_begun(town: Town, language: str):
    await connect(town, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(town, language)
    await one.says(f"/start svc_{CARD}")
    await switch(town, COMPLAINTS, off=True)
    text = (await one.person.ask("/complaint"))["text"]
    alert = (await one.press(f"cp:{CARD}"))["answer"]
    assert alert["show_alert"]
    for said in (text, alert["text"]):
        assert NO_COMPLAINTS[language] in said
        assert "eotinish.kz" in said
        assert "1414" in said
        assert "/complaints" in said
    assert await count(town, DraftRow) == 0


@EVERY_LANGUAGE
async def test_a_complaint_that_was_begun_is_kept_and_sent_when_they_are_on_again(town: Town, language: str):
    await connect(town, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(town, language)
    await complain(one)
    await switch(town, COMPLAINTS, off=True)
    assert NO_COMPLAINTS[language] in (await one.press("send"))["answer"]["text"]
    assert NO_COMPLAINTS[language] in (await one.person.ask("/complaint"))["text"]
    assert (await count(town, DraftRow), await count(town, ComplaintRow)) == (1, 0)
    await switch(town, COMPLAINTS, off=False)
    await one.says("/complaint")
    for data in ("go_on", "none", "skip", "send"):
        await one.press(data)
    assert (await count(town, DraftRow), await count(town, ComplaintRow)) == (0, 1)


async def test_words_written_while_complaints_are_off_are_kept_in_what_was_begun(town: Town):
    await connect(town, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(town)
    await one.says(f"/start svc_{CARD}")
    await one.press(f"cp:{CARD}")
    await one.press("agree")
    await switch(town, COMPLAINTS, off=True)
    await one.says("Подал документы три недели назад, ничего не готово")
    assert "Записано:" in await one.sees()
    assert await count(town, DraftRow) == 1


async def test_throwing_a_draft_away_to_begin_anew_waits_too(town: Town):
    """It would be gone, and no new one could be begun."""
    await connect(town, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(town)
    await complain(one)
    await one.says("/complaint")
    await switch(town, COMPLAINTS, off=True)
    assert NO_COMPLAINTS["ru"] in (await one.press("restart"))["answer"]["text"]
    assert await count(town, DraftRow) == 1


async def test_complaints_under_way_go_on_while_new_ones_are_off(town: Town):
    await connect(town, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(town)
    await complain(one)
    await one.press("send")
    await switch(town, COMPLAINTS, off=True)
    await one.says("/complaints")
    await one.press("open:1")
    await one.press("adding")
    await one.says("Дополняю: так и не готово")
    assert "Добавлено, сотруднику сообщено." in await one.sees()
    town.clock.advance(timedelta(days=30))
    assert await town.tick.run() > 0  # overdue: citizen and officials hear of it


async def test_officials_who_open_the_calendar_see_that_reminders_are_off(town: Town):
    words = {
        "kk": "Еске салу 23.11.2026 10:0",
        "ru": "Напоминания временно выключены с 23.11.2026 10:0",
        "en": "Reminders are off for now, since 23.11.2026 10:0",
    }
    people = {language: await official(town, language=language) for language in words}
    for language, person in people.items():
        assert words[language] not in (await person.ask("/calendar"))["text"]
    await switch(town, REMINDERS, off=True)
    for language, person in people.items():
        assert words[language] in (await person.ask("/calendar"))["text"]


async def test_while_reminders_are_off_the_bot_s_own_tick_reminds_nobody_and_then_once(town: Town):
    person = await official(town)
    await town.tick.run()
    await switch(town, REMINDERS, off=True)
    town.clock.set(moment("2027-01-08 09:00"))
    before = len(await person.messages())
    assert await town.tick.run() == 0
    await switch(town, REMINDERS, off=False)
    assert await town.tick.run() == 1
    told = await person.wait_until(lambda seen: len(seen) > before, wait=60)
    assert await town.tick.run() == 0
    assert len(told) == before + 1


@EVERY_LANGUAGE
async def test_an_administrator_turns_a_job_off_and_on_in_the_chat(town: Town, language: str):
    texts = Translations.load()
    say = lambda key, **values: texts.plain(Language(language), f"switches.{key}", **values)  # noqa: E731
    person = await administrator(town, language)
    menu = await person.ask("/menu")
    assert say("menu_button") in labels(menu)
    await person.press(say("menu_button"))
    job = say("job_answers")
    assert f"🟢 {job}" in (await last(person))["text"]
    await person.press(f"🟢 {job}")
    await person.press(say("off_button"))
    assert not await is_off(town, ANSWERS)
    assert (await person.ask(REASON))["text"] == say("done", job=job, off=True)
    await town.door.settle()
    window = (await last(person))["text"]  # HTML of the reason is what was typed, no markup
    assert REASON in window
    assert await is_off(town, ANSWERS)
    assert NO_ANSWERS[language] in (await person.ask("апостиль"))["text"]  # this process sees it at once
    assert say("menu_line", jobs=job) in (await person.ask("/menu"))["text"]
    shown = await person.ask("/switches")
    assert f"⏸ {job}" in shown["text"]
    assert REASON in shown["text"]
    await person.press(f"⏸ {job}")
    await person.press(say("on_button"))
    assert (await person.ask("Тізілім жаңартылды"))["text"] == say("done", job=job, off=False)
    assert not await is_off(town, ANSWERS)
    assert NO_ANSWERS[language] not in (await person.ask("апостиль"))["text"]
    assert "⏸" not in (await person.ask("/menu"))["text"]


@EVERY_LANGUAGE
@pytest.mark.parametrize("reason", ["да", "Ә" * (LONGEST_REASON + 1), "тел. +7 701 000 00 42"])
async def test_what_is_no_reason_is_asked_for_again(town: Town, language: str, reason: str):
    person = await administrator(town, language)
    await person.ask("/switches")
    await person.press("🟢 " + Translations.load().plain(Language(language), "switches.job_complaints"))
    await person.press(Translations.load().plain(Language(language), "switches.off_button"))
    refused = (await person.ask(reason))["text"]
    texts = [
        Translations.load().plain(Language(language), f"error.{code}", least=5, most=LONGEST_REASON)
        for code in ("switch_reason", "switch_reason_long", "switch_reason_personal")
    ]
    assert refused in texts
    assert not await is_off(town, COMPLAINTS)
    await person.ask("Причина есть")
    assert await is_off(town, COMPLAINTS)


async def test_a_picture_is_no_reason(town: Town):
    person = await administrator(town)
    await person.ask("/switches")
    await person.press("🟢 Приём новых жалоб")
    await person.press("⏸ Выключить")
    before = (await last(person))["message_id"]
    await person.upload(b"GIF89a", name="a.gif", kind="document")
    assert "Напишите причину словами" in (await person.wait_for_reply(before + 1))["text"]
    assert not await is_off(town, COMPLAINTS)


async def test_a_command_is_no_reason_and_the_switch_stays(town: Town):
    person = await administrator(town)
    await person.ask("/switches")
    await person.press("🟢 Ответы на вопросы")
    await person.press("⏸ Выключить")
    assert "помощник" in (await person.ask("/menu"))["text"]
    await person.ask("Просто вопрос про апостиль")
    assert not await is_off(town, ANSWERS)


async def test_of_two_administrators_who_turn_it_off_the_second_is_told(town: Town):
    first, second = await administrator(town), await administrator(town)
    for person in (first, second):
        await person.ask("/switches")
        await person.press("🟢 Ответы на вопросы")
        await person.press("⏸ Выключить")
    assert "Выключено" in (await first.ask("Первый был быстрее"))["text"]
    assert "другой администратор" in (await second.ask("И второй хочет"))["text"]


@pytest.mark.parametrize("role", [None, Role.OFFICER, Role.HEAD, Role.COORDINATOR, Role.EDITOR])
async def test_nobody_else_finds_the_switches_nor_reads_what_is_off(town: Town, role: Role | None):
    person = await town.person("ru")
    if role is not None:
        await seat(town.database, town.clock, person.number, role)
    await switch(town, REMINDERS, off=True)
    menu = await person.ask("/menu")
    assert "⏻ Выключатели" not in labels(menu)
    assert "⏸" not in menu["text"]
    assert (await person.ask("/switches"))["text"] == "На это у вас нет права."
    assert all(REASON not in one.get("text", "") for one in await person.messages())


@pytest.mark.parametrize("pressed", ["off", "on", "job:answers", "job:everything", "job:"])
async def test_a_forged_press_turns_nothing(town: Town, pressed: str):
    """Data that no button of the window carried."""
    person = await administrator(town)
    await person.ask("/switches")
    window = await last(person)
    intent = next(one for one in labels(window) if "\x1d" in one).partition("\x1d")[0]
    await person.send_callback(f"{intent}\x1d{pressed}", window["message_id"])
    assert not await is_off(town, ANSWERS)
    assert all("ошибка" not in one.get("text", "") for one in await person.messages())


async def test_whoever_is_no_administrator_any_more_turns_nothing_in_a_window_that_stands_open(town: Town):
    person = await administrator(town)
    await person.ask("/switches")
    await person.press("🟢 Ответы на вопросы")
    await person.press("⏸ Выключить")
    async with town.database.unit_of_work() as unit:
        (held,) = await MembershipStore(unit.session).of_person(person.number)
        await MembershipStore(unit.session).end(held.number, None, town.clock.now())
        await unit.commit()
    assert (await person.ask("Причина есть"))["text"] == "На это у вас нет права."
    assert not await is_off(town, ANSWERS)


@pytest.mark.postgres
async def test_another_process_sees_the_switch_on_postgresql_too(postgres_town: Town):
    person = await postgres_town.person("kk")
    await switch(postgres_town, ANSWERS, off=True)
    assert NO_ANSWERS["kk"] in (await person.ask("апостиль"))["text"]
    await switch(postgres_town, ANSWERS, off=False)
    assert NO_ANSWERS["kk"] not in (await person.ask("апостиль"))["text"]
