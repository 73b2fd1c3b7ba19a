"""What citizens and officials see while a job is off, on the local Telegram."""

from datetime import timedelta

import pytest
from localgram.client import labels

from complaints.tables import ComplaintRow, DraftRow
from kernel.language import Language
from localisation.translations import Translations
from tests.bot.complaint_dialog import CARD, HEAD, OFFICER, POLICE, citizen, complain, connect, to_the_story
from tests.bot.live_bot import RunningBot
from tests.reminders.test_conversations import moment, official
from tests.switches.conversation import (
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
async def test_answers_off_replies_politely_to_questions_and_cards(live_bot: RunningBot, language: str):
    person = (await citizen(live_bot, language)).person
    card = await person.ask("/start svc_apostille")
    buttons = [one for one in labels(card) if one.startswith("c:")]
    await switch(live_bot, ANSWERS, off=True)
    for question in ("поставить апостиль", "/memo", "/start svc_apostille"):
        text = (await person.ask(question))["text"]
        assert NO_ANSWERS[language] in text
        assert "1414" in text
        assert "/complaints" in text
    alert = await person.press(buttons[0], card["message_id"])
    assert NO_ANSWERS[language] in alert["answer"]["text"]
    assert alert["answer"]["show_alert"]
    await switch(live_bot, ANSWERS, off=False)
    assert NO_ANSWERS[language] not in (await person.ask("поставить апостиль"))["text"]
    assert (await person.press(buttons[0], card["message_id"]))["answer"]["text"] == ""


@EVERY_LANGUAGE
async def test_answers_off_is_explained_in_inline_mode(live_bot: RunningBot, language: str):
    person = await live_bot.person(language)
    await switch(live_bot, ANSWERS, off=True)
    answer = await live_bot.client.post(f"/people/{person.number}/inline", {"query": "куәлік"})
    assert answer["results"] == []
    expected = Translations.load().plain(Language(language), "switches.inline_off")
    assert answer["button"]["text"] == expected
    assert "1414" in expected
    await switch(live_bot, ANSWERS, off=False)
    assert await person.ask_inline("куәлік")


async def test_answers_off_keeps_small_talk_menu_and_complaints(live_bot: RunningBot):
    await connect(live_bot, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(live_bot)
    await switch(live_bot, ANSWERS, off=True)
    assert "Пожалуйста" in (await one.person.ask("спасибо"))["text"]
    assert "помощник по государственным услугам" in (await one.person.ask("/menu"))["text"]
    await one.press("situations")
    await one.press("topics")
    await one.press("licences")
    menu = await last(one.person)
    alert = await one.person.press(next(each for each in labels(menu) if "service:" in each))
    assert NO_ANSWERS["ru"] in alert["answer"]["text"]
    await one.says("/complaint")
    await one.press("agree:office")
    await one.says("водительское удостоверение, нагрубили")
    await one.press("other")  # services can still be searched for a complaint
    assert any("service" in each for each in labels(await last(one.person)))


@EVERY_LANGUAGE
async def test_complaints_off_starts_no_complaint(live_bot: RunningBot, language: str):
    await connect(live_bot, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(live_bot, language)
    await one.says(f"/start svc_{CARD}")
    await switch(live_bot, COMPLAINTS, off=True)
    text = (await one.person.ask("/complaint"))["text"]
    alert = (await one.press(f"cp:{CARD}"))["answer"]
    assert alert["show_alert"]
    for reply in (text, alert["text"]):
        assert NO_COMPLAINTS[language] in reply
        assert "eotinish.kz" in reply
        assert "1414" in reply
        assert "/complaints" in reply
    assert await count(live_bot, DraftRow) == 0


@EVERY_LANGUAGE
async def test_draft_is_sent_after_complaints_are_on_again(live_bot: RunningBot, language: str):
    await connect(live_bot, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(live_bot, language)
    await complain(one)
    await switch(live_bot, COMPLAINTS, off=True)
    assert NO_COMPLAINTS[language] in (await one.press("send"))["answer"]["text"]
    assert NO_COMPLAINTS[language] in (await one.person.ask("/complaint"))["text"]
    assert (await count(live_bot, DraftRow), await count(live_bot, ComplaintRow)) == (1, 0)
    await switch(live_bot, COMPLAINTS, off=False)
    await one.says("/complaint")
    for data in ("go_on", "send"):
        await one.press(data)
    assert (await count(live_bot, DraftRow), await count(live_bot, ComplaintRow)) == (0, 1)


async def test_text_sent_while_complaints_are_off_is_stored(live_bot: RunningBot):
    await connect(live_bot, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(live_bot)
    await to_the_story(one)
    await switch(live_bot, COMPLAINTS, off=True)
    await one.says("Подал документы три недели назад, ничего не готово")
    assert "Записано:" in await one.sees()
    assert await count(live_bot, DraftRow) == 1


async def test_restart_of_a_draft_is_refused_while_complaints_are_off(live_bot: RunningBot):
    """A dropped draft could not be started again."""
    await connect(live_bot, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(live_bot)
    await complain(one)
    await one.says("/complaint")
    await switch(live_bot, COMPLAINTS, off=True)
    assert NO_COMPLAINTS["ru"] in (await one.press("restart"))["answer"]["text"]
    assert await count(live_bot, DraftRow) == 1


async def test_open_complaints_continue_while_new_ones_are_off(live_bot: RunningBot):
    await connect(live_bot, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(live_bot)
    await complain(one)
    await one.press("send")
    await switch(live_bot, COMPLAINTS, off=True)
    await one.says("/complaints")
    await one.press("open:1")
    await one.press("adding")
    await one.says("Дополняю: так и не готово")
    assert "Добавлено, сотруднику сообщено." in await one.sees()
    live_bot.clock.advance(timedelta(days=30))
    assert await live_bot.tick.run() > 0  # overdue: citizen and officials are notified


async def test_calendar_shows_that_reminders_are_off(live_bot: RunningBot):
    warnings = {
        "kk": "Еске салу 23.11.2026 10:0",
        "ru": "Напоминания временно выключены с 23.11.2026 10:0",
        "en": "Reminders are off for now, since 23.11.2026 10:0",
    }
    people = {language: await official(live_bot, language=language) for language in warnings}
    for language, person in people.items():
        assert warnings[language] not in (await person.ask("/calendar"))["text"]
    await switch(live_bot, REMINDERS, off=True)
    for language, person in people.items():
        assert warnings[language] in (await person.ask("/calendar"))["text"]


async def test_tick_reminds_nobody_while_off_then_once(live_bot: RunningBot):
    person = await official(live_bot)
    await live_bot.tick.run()
    await switch(live_bot, REMINDERS, off=True)
    live_bot.clock.set(moment("2027-01-08 09:00"))
    before = len(await person.messages())
    assert await live_bot.tick.run() == 0
    await switch(live_bot, REMINDERS, off=False)
    assert await live_bot.tick.run() == 1
    messages = await person.wait_until(lambda seen: len(seen) > before, wait=60)
    assert await live_bot.tick.run() == 0
    assert len(messages) == before + 1


@pytest.mark.postgres
async def test_switch_is_seen_on_postgresql(postgres_live_bot: RunningBot):
    person = await postgres_live_bot.person("kk")
    await switch(postgres_live_bot, ANSWERS, off=True)
    assert NO_ANSWERS["kk"] in (await person.ask("апостиль"))["text"]
    await switch(postgres_live_bot, ANSWERS, off=False)
    assert NO_ANSWERS["kk"] not in (await person.ask("апостиль"))["text"]
