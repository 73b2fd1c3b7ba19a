"""An official's inbox on the local Telegram: taking, asking, answering, passing on."""

import asyncio

import pytest
from localgram.client import labels
from sqlalchemy import func, select

from accounts.roles import Role
from complaints.attachments.download_tables import AttachmentDownloadRow
from complaints.lifecycle import ComplaintState
from complaints.store import ComplaintStore
from complaints.tables import AttachmentRow, ComplaintRow, MessageRow
from complaints.thread import MessageKind
from tests.bot.complaint_dialog import (
    AGENCY_BODY,
    NAME,
    POLICE,
    TEXT,
    CitizenChat,
    citizen,
    complain,
    connect,
)
from tests.bot.complaints_official.officials import official
from tests.bot.live_bot import RunningBot

pytestmark = pytest.mark.http

FIRST = 1  # the id of the first complaint of a new database
PDF = b"%PDF-1.4\n%%EOF\n"


async def complained(live_bot: RunningBot, language: str = "ru") -> CitizenChat:
    """A citizen whose complaint is with the police of Almaty."""
    await connect(live_bot, POLICE)
    one = await citizen(live_bot, language)
    await complain(one)
    await one.press("send")
    return one


async def hears(one: CitizenChat, words: str) -> str:
    """Wait for a notice that contains `words`; return its text."""
    seen = await one.person.wait_until(
        lambda seen: any(words in one.get("text", "") for one in seen), wait=60
    )
    return next(str(message["text"]) for message in seen if words in message.get("text", ""))


async def row(live_bot: RunningBot) -> ComplaintRow:
    async with live_bot.database.session() as session:
        return await ComplaintStore(session).get(FIRST)


async def opened(officer: CitizenChat) -> None:
    """From the command to the first open complaint."""
    await officer.says("/inbox")
    await officer.press("list:all")
    await officer.press(f"open:{FIRST}")


@pytest.mark.parametrize(
    ("language", "taken", "sent"),
    [
        ("kk", "сізде", "қарауға алды"),
        ("ru", "у вас", "сотрудник взял"),
        ("en", "you", "has taken your complaint"),
    ],
)
async def test_official_takes_asks_and_answers(live_bot: RunningBot, language: str, taken: str, sent: str):
    person = await complained(live_bot, language)
    officer = await official(live_bot, language)
    await opened(officer)
    window = await officer.window()
    assert TEXT not in window  # it is opened by a press of its own
    assert "Алматы" in window or "Almaty" in window  # where it happened
    assert NAME not in await officer.sees()
    await officer.press("take")
    assert taken in await officer.window()
    await hears(person, sent)

    await officer.press("ask")
    await officer.says("Қай күні тапсырдыңыз?")
    await officer.press("confirm")
    await officer.press("send")
    await hears(person, "Қай күні тапсырдыңыз?")

    await officer.press("answer")
    await officer.press("outcome:upheld")
    await officer.press("yes")
    await officer.says("Куәлік бүгін берілді")
    await officer.says("Бірінші бөлік")
    await officer.says("Екінші <b>бөлік</b> &")
    await officer.press("confirm")
    assert "Екінші <b>бөлік</b> &" in await officer.window()
    await officer.press("send")
    heard = await hears(person, "Бірінші бөлік")
    assert "Екінші <b>бөлік</b> &" in heard
    found = await row(live_bot)
    assert (found.state, found.outcome, found.restored) == (ComplaintState.ANSWERED, "upheld", True)


async def test_repeated_send_callback_sends_once(live_bot: RunningBot):
    person = await complained(live_bot)
    officer = await official(live_bot)
    await opened(officer)
    await officer.press("take")
    await officer.press("answer")
    await officer.press("outcome:upheld")
    await officer.press("no")
    await officer.says("Срок соблюдён")
    await officer.press("confirm")
    window = (await officer.person.messages())[-1]
    await officer.press("send")
    await hears(person, "Срок соблюдён")
    await officer.person.send_callback(_data(window, "send"), window["message_id"])
    async with live_bot.database.session() as session:
        answers = select(func.count()).where(MessageRow.kind == MessageKind.ANSWER)
        assert await session.scalar(answers) == 1


async def test_uploaded_file_is_sent_with_the_answer(live_bot: RunningBot):
    person = await complained(live_bot)
    officer = await official(live_bot)
    await opened(officer)
    await officer.press("take")
    await officer.press("answer")
    await officer.press("outcome:upheld")
    await officer.press("no")
    await officer.says("Ответ в файле")
    await officer.person.upload(PDF, name="answer.pdf")
    await _until_fetched(live_bot)
    await officer.press("confirm")
    await officer.press("send")
    await person.says("/complaints")
    await person.press(f"open:{FIRST}")
    await person.press("files")
    assert any(name.endswith(".pdf") for name in await person.documents())


async def test_complaint_is_passed_to_a_connected_body(live_bot: RunningBot):
    person = await complained(live_bot)
    await connect(live_bot, AGENCY_BODY)
    officer = await official(live_bot)
    await opened(officer)
    await officer.press("take")
    await officer.press("pass_on")
    await officer.press(f"body:{AGENCY_BODY}")
    await officer.says("Это решает другой орган")
    await officer.press("confirm")
    await officer.press("send")
    assert (await row(live_bot)).state == ComplaintState.PASSED_ON
    await hears(person, "Это решает другой орган")


async def test_body_to_pass_to_is_searched_by_what_people_call_it(live_bot: RunningBot):
    await complained(live_bot)
    officer = await official(live_bot)
    await opened(officer)
    for data in ("take", "pass_on"):
        await officer.press(data)
    for said, first in (
        ("халыққа қызмет көрсету", "ЦОН – Алматы"),
        ("ЦОН Семей", "ЦОН – Семей, обл. Абай"),
        ("ИИБ Астана", "Полиция – Астана"),
        ("минюст", "Министерство юстиции"),
    ):
        await officer.says(said)
        await officer.window()
        buttons = labels((await officer.person.messages())[-1])[::2]
        assert len(set(buttons)) == len(buttons), said
        assert buttons[0].endswith(first), said
    await officer.says("шмурдяк")
    assert "Такого названия нет" in await officer.window()


async def test_showing_the_complainant_is_written_to_the_access_log(live_bot: RunningBot):
    person = await complained(live_bot)
    officer = await official(live_bot)
    await opened(officer)
    await officer.press("take")
    await officer.press("look")
    shown = await officer.sees()
    assert NAME in shown
    assert person.iin in shown


@pytest.mark.parametrize(
    ("role", "may"), [(Role.OFFICER, True), (Role.HEAD, True), (Role.COORDINATOR, False)]
)
async def test_permitted_official_can_take_a_new_complaint(live_bot: RunningBot, role: Role, may: bool):
    await complained(live_bot)
    one = await official(live_bot, "ru", role)
    await opened(one)
    number = (await one.person.messages())[-1]["message_id"]
    assert ("✋ Взять себе" in await one.labels(number)) is may


async def test_complaint_is_denied_to_others_by_button_and_number(live_bot: RunningBot):
    await complained(live_bot)
    stranger = await official(live_bot, "ru", Role.OFFICER, "police-abai")
    await stranger.says("/inbox")
    window = (await stranger.person.messages())[-1]
    await stranger.person.send_callback(f"oc:{FIRST}", window["message_id"])
    assert TEXT not in await stranger.sees()


async def _until_fetched(live_bot: RunningBot) -> None:
    async with asyncio.timeout(60):
        while True:
            await live_bot.client.settle()
            async with live_bot.database.session() as session:
                noted = await session.scalar(select(func.count()).select_from(AttachmentDownloadRow))
                stored = await session.scalar(select(func.count()).select_from(AttachmentRow))
            if stored and not noted:
                return
            await asyncio.sleep(0.01)


def _data(message: dict[str, object], name: str) -> str:
    """The callback data of the message's button whose own part is `name`."""
    rows = message["reply_markup"]["inline_keyboard"]  # type: ignore[index]
    return next(one["callback_data"] for line in rows for one in line if one["callback_data"].endswith(name))


async def test_official_opens_the_work_list_from_the_menu(live_bot: RunningBot):
    await complained(live_bot)
    one = await official(live_bot)
    await one.says("/menu")
    await one.press("office")
    await one.press("cases")
    assert "Все открытые: 1" in " ".join(await one.labels((await one.person.messages())[-1]["message_id"]))


async def test_citizen_menu_has_no_organisation(live_bot: RunningBot):
    one = await citizen(live_bot)
    await one.says("/menu")
    assert "🏛 Моя организация" not in await one.labels((await one.person.messages())[-1]["message_id"])
