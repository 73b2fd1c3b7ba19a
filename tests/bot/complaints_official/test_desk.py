"""An official's day at the desk, through the local Telegram: taking, asking, answering, passing on."""

import asyncio

import pytest
from sqlalchemy import func, select

from accounts.roles import Role
from bot.complaints.tables import FetchRow
from complaints.lifecycle import State
from complaints.store import ComplaintStore
from complaints.tables import AttachmentRow, ComplaintRow, MessageRow
from complaints.talk import Saying
from tests.bot.complaining import AGENCY_BODY, NAME, POLICE, TEXT, Citizen, citizen, complain, connect
from tests.bot.complaints_official.officials import official
from tests.bot.town import Town

FIRST = 1  # the id of the first complaint of a new database
PDF = b"%PDF-1.4\n%%EOF\n"


async def complained(town: Town, language: str = "ru") -> Citizen:
    """A citizen whose complaint the police of Almaty have."""
    await connect(town, POLICE)
    one = await citizen(town, language)
    await complain(one)
    await one.press("send")
    return one


async def hears(one: Citizen, words: str) -> str:
    """Wait for a notice that says so; all of it."""
    seen = await one.person.wait_until(
        lambda seen: any(words in one.get("text", "") for one in seen), wait=60
    )
    return next(str(message["text"]) for message in seen if words in message.get("text", ""))


async def row(town: Town) -> ComplaintRow:
    async with town.database.session() as session:
        return await ComplaintStore(session).get(FIRST)


async def opened(officer: Citizen) -> None:
    """From the command to the first complaint of the open ones."""
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
async def test_an_official_takes_asks_and_answers(town: Town, language: str, taken: str, sent: str):
    person = await complained(town, language)
    officer = await official(town, language)
    await opened(officer)
    assert TEXT in await officer.window()
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
    found = await row(town)
    assert (found.state, found.outcome, found.restored) == (State.ANSWERED, "upheld", True)


async def test_a_second_press_on_send_sends_nothing_more(town: Town):
    person = await complained(town)
    officer = await official(town)
    await opened(officer)
    await officer.press("take")
    await officer.press("answer")
    await officer.press("outcome:rejected")
    await officer.says("Срок соблюдён")
    await officer.press("confirm")
    window = (await officer.person.messages())[-1]
    await officer.press("send")
    await hears(person, "Срок соблюдён")
    await officer.person.send_callback(_data(window, "send"), window["message_id"])
    async with town.database.session() as session:
        answers = select(func.count()).where(MessageRow.kind == Saying.ANSWER)
        assert await session.scalar(answers) == 1


async def test_a_file_goes_with_the_answer_once_it_has_come(town: Town):
    person = await complained(town)
    officer = await official(town)
    await opened(officer)
    await officer.press("take")
    await officer.press("answer")
    await officer.press("outcome:rejected")
    await officer.says("Ответ в файле")
    await officer.person.upload(PDF, name="answer.pdf")
    await _until_fetched(town)
    await officer.press("confirm")
    await officer.press("send")
    await person.says("/complaints")
    await person.press(f"open:{FIRST}")
    await person.press("files")
    assert any(name.endswith(".pdf") for name in await person.documents())


async def test_a_complaint_is_passed_on_to_a_connected_body(town: Town):
    person = await complained(town)
    await connect(town, AGENCY_BODY)
    officer = await official(town)
    await opened(officer)
    await officer.press("take")
    await officer.press("pass_on")
    await officer.press(f"body:{AGENCY_BODY}")
    await officer.says("Это решает другой орган")
    await officer.press("confirm")
    await officer.press("send")
    assert (await row(town)).state == State.PASSED_ON
    await hears(person, "Это решает другой орган")


async def test_who_complains_is_shown_on_request_and_the_look_is_kept(town: Town):
    person = await complained(town)
    officer = await official(town)
    await opened(officer)
    await officer.press("take")
    await officer.press("look")
    shown = await officer.sees()
    assert NAME in shown
    assert person.iin in shown


@pytest.mark.parametrize(
    ("role", "may"), [(Role.OFFICER, True), (Role.HEAD, True), (Role.COORDINATOR, False)]
)
async def test_whoever_may_work_on_complaints_finds_a_button_to_take_a_new_one(
    town: Town, role: Role, may: bool
):
    await complained(town)
    one = await official(town, "ru", role)
    await opened(one)
    number = (await one.person.messages())[-1]["message_id"]
    assert ("✋ Взять себе" in await one.labels(number)) is may


async def test_nobody_else_opens_a_complaint_by_its_button_or_number(town: Town):
    await complained(town)
    stranger = await official(town, "ru", Role.OFFICER, "police-abai")
    await stranger.says("/inbox")
    window = (await stranger.person.messages())[-1]
    await stranger.person.send_callback(f"oc:{FIRST}", window["message_id"])
    assert TEXT not in await stranger.sees()


async def _until_fetched(town: Town) -> None:
    async with asyncio.timeout(60):
        while True:
            await town.door.settle()
            async with town.database.session() as session:
                noted = await session.scalar(select(func.count()).select_from(FetchRow))
                kept = await session.scalar(select(func.count()).select_from(AttachmentRow))
            if kept and not noted:
                return
            await asyncio.sleep(0.05)


def _data(message: dict[str, object], name: str) -> str:
    """The callback data of the message's button whose own part is `name`."""
    rows = message["reply_markup"]["inline_keyboard"]  # type: ignore[index]
    return next(one["callback_data"] for line in rows for one in line if one["callback_data"].endswith(name))


async def test_an_official_finds_his_work_from_the_menu(town: Town):
    await complained(town)
    one = await official(town)
    await one.says("/menu")
    await one.press("office")
    await one.press("cases")
    assert "Все открытые: 1" in " ".join(await one.labels((await one.person.messages())[-1]["message_id"]))


async def test_a_citizen_sees_no_organisation_in_the_menu(town: Town):
    one = await citizen(town)
    await one.says("/menu")
    assert "🏛 Моя организация" not in await one.labels((await one.person.messages())[-1]["message_id"])
