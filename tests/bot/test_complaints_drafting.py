"""What is told of a complaint: text and files in any order, edits, changes, a second one, forged presses."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.complaints.tables import FetchRow
from complaints.tables import AttachmentRow, ComplaintRow, DraftRow, MessageRow
from tests.bot.complaining import (
    CARD,
    HEAD,
    NAME,
    OFFICER,
    POLICE,
    REGION,
    TEXT,
    Citizen,
    citizen,
    connect,
)
from tests.bot.town import Town
from tests.complaints.files import PDF, VOICE, docx, png
from tests.reports.test_complaint_documents import words_of

SEPARATOR = "\x1d"


async def at_the_text(town: Town, language: str = "ru") -> Citizen:
    """Somebody whose data are kept, asked what happened."""
    await connect(town, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(
        town, language, name=NAME, number="010101200014", telephone="+77010000042", region=REGION
    )
    await one.says(f"/start svc_{CARD}")
    await one.press(f"cp:{CARD}")
    await one.press("agree")
    return one


async def to_the_summary(one: Citizen) -> None:
    for data in ("yes", "delivery:office", "none"):
        await one.press(data)


async def count(town: Town, what: type) -> int:
    async with town.database.session() as session:
        return await session.scalar(select(func.count()).select_from(what)) or 0


async def until_fetched(town: Town) -> None:
    """Wait until nothing is on its way from Telegram any more."""
    async with asyncio.timeout(60):
        while await count(town, FetchRow):
            await asyncio.sleep(0.05)


async def test_text_over_several_messages_and_files_in_any_order(town: Town):
    one = await at_the_text(town)
    await one.person.upload(png(), name="a.png", kind="photo", album=7)
    await one.person.upload(png(3, 3), name="b.png", kind="photo", album=7, caption="Вот расписка")
    await one.says("До сих пор ничего не готово")
    await one.person.upload(PDF, name="c.pdf")
    await one.person.upload(VOICE, name="d.ogg", kind="voice")
    await one.person.upload(docx(), name="e.docx")
    await one.town.door.settle()
    await until_fetched(town)
    await to_the_summary(one)
    summary = await one.window()
    assert "Вот расписка До сих пор ничего не готово" in summary
    assert "Файлы: 5 файлов" in summary
    await one.press("send")
    assert "5 файлов" in await one.window()
    async with town.database.session() as session:
        types = list(await session.scalars(select(AttachmentRow.type).order_by(AttachmentRow.type)))
    assert types == ["docx", "ogg", "pdf", "png", "png"]


async def test_a_file_that_is_none_of_ours_is_refused_by_its_content(town: Town):
    one = await at_the_text(town)
    await one.person.upload(b"MZ\x90 a program", name="photo.pdf")
    await one.person.wait_until(
        lambda seen: any("Такие файлы не принимаются" in m.get("text", "") for m in seen), wait=60
    )
    assert await count(town, AttachmentRow) == 0


async def test_files_still_on_their_way_when_the_complaint_is_sent_become_its_own(town: Town):
    one = await at_the_text(town)
    await town.door.order_fault(method="getFile", status=500, times=1)
    await one.person.upload(PDF, name="c.pdf")
    await one.says(TEXT)
    await to_the_summary(one)
    await one.press("send")
    town.clock.advance(timedelta(minutes=1))
    await until_fetched(town)
    async with town.database.session() as session:
        assert list(await session.scalars(select(AttachmentRow.complaint))) == [1]


async def test_the_eleventh_file_is_refused(town: Town):
    one = await at_the_text(town)
    for number in range(11):
        await one.person.upload(PDF, name=f"{number}.pdf")
    assert "10 файлов" in await one.sees()
    await until_fetched(town)
    assert await count(town, AttachmentRow) == 10


async def test_an_edited_message_changes_the_draft_and_later_is_an_addition(town: Town):
    one = await at_the_text(town)
    said = await one.person.say("До сих пор нет ответа")
    await one.town.door.settle()
    await one.person.edit(said["message_id"], "До сих пор ничего не готово!")
    await to_the_summary(one)
    assert "ничего не готово!" in await one.window()
    assert "нет ответа" not in await one.window()
    await one.press("send")
    await one.person.edit(said["message_id"], "Добавлю: номер заявки 7")
    await one.person.wait_until(
        lambda seen: any("Добавлено, сотруднику сообщено" in m.get("text", "") for m in seen), wait=60
    )
    assert await count(town, MessageRow) == 1


async def test_each_line_of_the_summary_is_changed_without_retyping_the_others(town: Town):
    one = await at_the_text(town)
    await one.says(TEXT)
    await to_the_summary(one)
    for line, answer, said in (
        ("delivery", "delivery:electronic", "Через интернет"),
        ("kind", "kind:3.10", "Очередь, грубость, другое"),
        ("day", "yesterday", "22.11.2026"),
        ("who", "who:self", "За себя"),
        ("region", "region:abai", "Абай"),
    ):
        await one.press("change")
        await one.press(f"line:{line}")
        await one.press(answer)
        window = await one.window()
        assert said in window
        assert "три недели назад" in window
    await one.press("change")
    await one.press("line:name")
    await one.says("Ахметов Ерлан")
    assert "Ахметов Ерлан" in await one.window()


async def test_back_leads_to_the_question_before_and_cancel_keeps_or_drops(town: Town):
    one = await at_the_text(town)
    await one.says(TEXT)
    await one.press("yes")
    await one.press("back")
    assert "Записано" in await one.window()
    await one.press("cancel")
    await one.press("keep")
    await one.says("/complaint")
    assert "неоконченная жалоба" in await one.window()
    await one.press("go_on")
    await one.press("cancel")
    await one.press("drop")
    assert await count(town, DraftRow) == 0


async def test_without_consent_nothing_is_stored(town: Town):
    one = await citizen(town)
    await one.says("/complaint")
    await one.press("disagree")
    assert "ничего не сохранено" in await one.window()
    await one.says(TEXT)
    assert await count(town, DraftRow) == 0


async def test_a_double_tap_makes_one_complaint(town: Town):
    one = await at_the_text(town)
    await one.says(TEXT)
    await to_the_summary(one)
    await one.town.door.settle()
    number = (await one.person.messages())[-1]["message_id"]
    send = next(label for label in await one.labels(number) if label.endswith("send"))
    await asyncio.gather(
        one.person.send_callback(send, number), one.person.send_callback(send, number), return_exceptions=True
    )
    await one.town.door.settle()
    assert await count(town, ComplaintRow) == 1


async def test_a_second_complaint_within_a_month_is_shown_the_first(town: Town):
    one = await at_the_text(town)
    await one.says(TEXT)
    await to_the_summary(one)
    await one.press("send")
    await one.says(f"/start svc_{CARD}")
    await one.press(f"cp:{CARD}")
    await one.says("И снова отказали")
    await to_the_summary(one)
    await one.press("send")
    window = await one.window()
    assert "Такая жалоба у вас уже есть" in window
    assert "26-00000001-" in window
    await one.press("add")
    assert "Добавлено к № 26-00000001-" in await one.window()
    assert await count(town, ComplaintRow) == 1
    assert await count(town, MessageRow) == 1
    assert await count(town, DraftRow) == 0


async def test_from_the_command_the_service_is_searched_and_none_leads_to_an_organisation(town: Town):
    await connect(town, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(town)
    await one.says("/complaint")
    await one.press("agree")
    await one.says("замена прав")
    assert "Какая из этих?" in await one.window()
    await one.press("none")
    await one.says(TEXT)
    for data in ("yes", "delivery:office", "none", f"region:{REGION}", f"whom:{POLICE}", "who:self"):
        await one.press(data)
    assert "фамилию, имя" in await one.window()


@pytest.mark.parametrize(
    "data",
    [
        "region:atlantis",
        "kind:3.3",
        "delivery:pigeon",
        "who:king",
        "whom:nobody",
        "line:summary2",
        "concern:x",
    ],
)
async def test_a_forged_choice_changes_nothing(town: Town, data: str):
    one = await at_the_text(town)
    await one.says(TEXT)
    await one.press("yes")
    await one.town.door.settle()
    shown = (await one.person.messages())[-1]
    intent = next(label for label in await one.labels(shown["message_id"]) if "\x1d" in label).split("\x1d")[
        0
    ]
    await one.person.send_callback(f"{intent}\x1d{data}", shown["message_id"])
    await one.town.door.settle()
    async with town.database.session() as session:
        assert await session.scalar(select(func.count()).select_from(ComplaintRow)) == 0


async def test_somebody_else_s_complaint_is_opened_neither_by_number_nor_by_a_forged_press(town: Town):
    one = await at_the_text(town)
    await one.says(TEXT)
    await to_the_summary(one)
    await one.press("send")
    async with town.database.session() as session:
        number = await session.scalar(select(ComplaintRow.number))
    thief = await citizen(town)
    for link in (f"/start c{number:011}", "/start c26000000021", "/start c26000000179"):
        await thief.says(link)
    assert "Выдача водительских" not in await thief.sees()
    shown = (await thief.person.messages())[-1]
    for data in ("mc:o:1", "mc:g:1", "mc:a:1", "mk:1"):
        await thief.person.send_callback(data, shown["message_id"])
    assert "Выдача водительских" not in await thief.sees()


async def test_the_receipt_is_a_document_with_all_that_was_sent(town: Town):
    one = await at_the_text(town)
    await one.says("Куәлік <b>дайын</b> емес & {{ 7*7 }}")
    await one.press("choose")
    await one.press("kind:3.1")
    for data in ("delivery:office", "none", "send"):
        await one.press(data)
    assert len(await one.documents()) == 1
    words = words_of(await one.last_file())
    for said in (NAME, "010101200014", "+77010000042", "30.11.2026", "{{ 7*7 }}", "рабочий день"):
        assert said in words


async def test_an_organisation_has_its_own_name_and_number_and_the_contact_must_be_one_s_own(town: Town):
    await connect(town, POLICE, officer=OFFICER, head=HEAD)
    one = await citizen(town)
    await one.says(f"/start svc_{CARD}")
    await one.press(f"cp:{CARD}")
    await one.press("agree")
    await one.says(TEXT)
    for data in ("yes", "delivery:office", "none", f"region:{REGION}", "who:legal"):
        await one.press(data)
    await one.says("ТОО «Береке-2»")
    await one.says("123456789012")
    assert "не ИИН и не БИН" in await one.sees()
    await one.says(one.iin)
    await one.person.share_contact("+77010000042", user_id=one.person.number + 1)
    assert "другого человека" in await one.sees()
    await one.person.share_contact("77010000042")
    window = await one.window()
    for said in ("ТОО «Береке-2»", "От организации", "+77010000042"):
        assert said in window


async def test_a_late_service_is_called_late_only_when_its_term_is_over(town: Town):
    one = await at_the_text(town)
    await one.press("cancel")
    await one.press("drop")
    await one.says("/start svc_advocate-licence")
    await one.press("cp:advocate-licence")
    await one.says(TEXT)
    for data in ("yes", "delivery:electronic"):
        await one.press(data)
    assert "Срок по реестру" in await one.window()
    await one.says("02.11.2026")
    assert "Заявление подано 02.11.2026: сегодня 15-й рабочий день" in await one.window()
