"""What people and officials are told while a job is off, on the local Telegram."""

from datetime import timedelta

import pytest

from bot.translations import Translations
from complaints.tables import ComplaintRow, DraftRow
from registry_data.schema import Language
from simulator.client import labels
from tests.bot.complaining import CARD, HEAD, OFFICER, POLICE, citizen, complain, connect
from tests.bot.town import Town
from tests.reminders.test_talks import moment, official
from tests.switches.talking import (
    ANSWERS,
    COMPLAINTS,
    EVERY_LANGUAGE,
    NO_ANSWERS,
    NO_COMPLAINTS,
    REMINDERS,
    count,
    last,
    switch,
)


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


@pytest.mark.postgres
async def test_another_process_sees_the_switch_on_postgresql_too(postgres_town: Town):
    person = await postgres_town.person("kk")
    await switch(postgres_town, ANSWERS, off=True)
    assert NO_ANSWERS["kk"] in (await person.ask("апостиль"))["text"]
    await switch(postgres_town, ANSWERS, off=False)
    assert NO_ANSWERS["kk"] not in (await person.ask("апостиль"))["text"]
