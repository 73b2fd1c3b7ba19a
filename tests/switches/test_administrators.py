"""Only administrators turn the switches in the chat."""

import pytest
from localgram.client import labels

from accounts.officials.store import MembershipStore
from accounts.roles import Role
from accounts.switches.switch import LONGEST_REASON
from kernel.language import Language
from localisation.translations import Translations
from tests.bot.live_bot import RunningBot
from tests.switches.conversation import (
    ANSWERS,
    COMPLAINTS,
    EVERY_LANGUAGE,
    NO_ANSWERS,
    REMINDERS,
    administrator,
    is_off,
    last,
    switch,
)
from tests.switches.switching import REASON, add_membership


@EVERY_LANGUAGE
async def test_administrator_turns_a_job_off_and_on(live_bot: RunningBot, language: str):
    texts = Translations.load()
    say = lambda key, **values: texts.plain(Language(language), f"switches.{key}", **values)  # noqa: E731
    person = await administrator(live_bot, language)
    menu = await person.ask("/menu")
    assert say("menu_button") in labels(menu)
    await person.press(say("menu_button"))
    job = say("job_answers")
    assert f"🟢 {job}" in (await last(person))["text"]
    await person.press(f"🟢 {job}")
    await person.press(say("off_button"))
    assert not await is_off(live_bot, ANSWERS)
    assert (await person.ask(REASON))["text"] == say("done", job=job, off=True)
    await live_bot.client.settle()
    window = (await last(person))["text"]  # HTML in the reason is shown as typed
    assert REASON in window
    assert await is_off(live_bot, ANSWERS)
    assert NO_ANSWERS[language] in (await person.ask("апостиль"))["text"]  # this process sees it at once
    assert say("menu_line", jobs=job) in (await person.ask("/menu"))["text"]
    shown = await person.ask("/switches")
    assert f"⏸ {job}" in shown["text"]
    assert REASON in shown["text"]
    await person.press(f"⏸ {job}")
    await person.press(say("on_button"))
    assert (await person.ask("Тізілім жаңартылды"))["text"] == say("done", job=job, off=False)
    assert not await is_off(live_bot, ANSWERS)
    assert NO_ANSWERS[language] not in (await person.ask("апостиль"))["text"]
    assert "⏸" not in (await person.ask("/menu"))["text"]


@EVERY_LANGUAGE
@pytest.mark.parametrize("reason", ["да", "Ә" * (LONGEST_REASON + 1), "тел. +7 701 000 00 42"])
async def test_invalid_reason_is_asked_again(live_bot: RunningBot, language: str, reason: str):
    person = await administrator(live_bot, language)
    await person.ask("/switches")
    await person.press("🟢 " + Translations.load().plain(Language(language), "switches.job_complaints"))
    await person.press(Translations.load().plain(Language(language), "switches.off_button"))
    refused = (await person.ask(reason))["text"]
    texts = [
        Translations.load().plain(Language(language), f"error.{code}", least=5, most=LONGEST_REASON)
        for code in ("switch_reason", "switch_reason_long", "switch_reason_personal")
    ]
    assert refused in texts
    assert not await is_off(live_bot, COMPLAINTS)
    await person.ask("Причина есть")
    assert await is_off(live_bot, COMPLAINTS)


async def test_picture_is_not_a_reason(live_bot: RunningBot):
    person = await administrator(live_bot)
    await person.ask("/switches")
    await person.press("🟢 Приём новых жалоб")
    await person.press("⏸ Выключить")
    before = (await last(person))["message_id"]
    await person.upload(b"GIF89a", name="a.gif", kind="document")
    assert "Напишите причину словами" in (await person.wait_for_reply(before + 1))["text"]
    assert not await is_off(live_bot, COMPLAINTS)


async def test_command_is_not_a_reason(live_bot: RunningBot):
    person = await administrator(live_bot)
    await person.ask("/switches")
    await person.press("🟢 Ответы на вопросы")
    await person.press("⏸ Выключить")
    assert "помощник" in (await person.ask("/menu"))["text"]
    await person.ask("Просто вопрос про апостиль")
    assert not await is_off(live_bot, ANSWERS)


async def test_second_administrator_learns_the_job_is_already_off(live_bot: RunningBot):
    first, second = await administrator(live_bot), await administrator(live_bot)
    for person in (first, second):
        await person.ask("/switches")
        await person.press("🟢 Ответы на вопросы")
        await person.press("⏸ Выключить")
    assert "Выключено" in (await first.ask("Первый был быстрее"))["text"]
    assert "другой администратор" in (await second.ask("И второй хочет"))["text"]


@pytest.mark.parametrize("role", [None, Role.OFFICER, Role.HEAD, Role.COORDINATOR, Role.EDITOR])
async def test_switches_are_hidden_from_others(live_bot: RunningBot, role: Role | None):
    person = await live_bot.person("ru")
    if role is not None:
        await add_membership(live_bot.database, live_bot.clock, person.number, role)
    await switch(live_bot, REMINDERS, off=True)
    menu = await person.ask("/menu")
    assert "⏻ Выключатели" not in labels(menu)
    assert "⏸" not in menu["text"]
    assert (await person.ask("/switches"))["text"] == "На это у вас нет права."
    assert all(REASON not in one.get("text", "") for one in await person.messages())


@pytest.mark.parametrize("pressed", ["off", "on", "job:answers", "job:everything", "job:"])
async def test_forged_callback_switches_nothing(live_bot: RunningBot, pressed: str):
    """Callback data that no button of the window carries."""
    person = await administrator(live_bot)
    await person.ask("/switches")
    window = await last(person)
    intent = next(one for one in labels(window) if "\x1d" in one).partition("\x1d")[0]
    await person.send_callback(f"{intent}\x1d{pressed}", window["message_id"])
    assert not await is_off(live_bot, ANSWERS)
    assert all("ошибка" not in one.get("text", "") for one in await person.messages())


async def test_former_administrator_cannot_use_an_open_window(live_bot: RunningBot):
    person = await administrator(live_bot)
    await person.ask("/switches")
    await person.press("🟢 Ответы на вопросы")
    await person.press("⏸ Выключить")
    async with live_bot.database.unit_of_work() as unit:
        (held,) = await MembershipStore(unit.session).of_person(person.number)
        await MembershipStore(unit.session).end(held.number, None, live_bot.clock.now())
        await unit.commit()
    assert (await person.ask("Причина есть"))["text"] == "На это у вас нет права."
    assert not await is_off(live_bot, ANSWERS)
