"""Files and later messages of a complaint that is being written."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from complaints.daily_use_tables import DailyUseRow
from complaints.tables import AttachmentRow, MessageRow
from tests.bot.complaint_dialog import (
    NAME,
    TEXT,
)
from tests.bot.drafting import at_the_text, count, to_the_summary, until_fetched
from tests.bot.live_bot import RunningBot
from tests.complaints.files import PDF, VOICE, docx, jpeg, png
from tests.reports.test_complaint_documents import words_of

pytestmark = pytest.mark.http


async def test_draft_takes_messages_and_files_in_any_order(live_bot: RunningBot):
    one = await at_the_text(live_bot)
    await one.person.upload(png(), name="a.png", kind="photo", album=7)
    await one.person.upload(png(3, 3), name="b.png", kind="photo", album=7, caption="Вот расписка")
    await one.says("До сих пор ничего не готово")
    await one.person.upload(PDF, name="c.pdf")
    await one.person.upload(VOICE, name="d.ogg", kind="voice")
    await one.person.upload(docx(), name="e.docx")
    await one.live_bot.client.settle()
    await until_fetched(live_bot)
    await to_the_summary(one)
    summary = await one.window()
    assert "Вот расписка\n\nДо сих пор ничего не готово" in summary
    assert "Файлы: 5 файлов" in summary
    await one.press("send")
    assert "5 файлов" in await one.window()
    async with live_bot.database.session() as session:
        types = list(await session.scalars(select(AttachmentRow.type).order_by(AttachmentRow.type)))
    assert types == ["docx", "ogg", "pdf", "png", "png"]


async def test_window_shows_that_its_file_has_come(live_bot: RunningBot):
    one = await at_the_text(live_bot)
    await live_bot.client.order_fault(method="getFile", status=500, times=1)
    await one.person.upload(PDF, name="c.pdf")
    assert "загружается ещё 1" in await one.sees()
    live_bot.clock.advance(timedelta(minutes=1))
    await one.person.wait_until(lambda seen: "1 файл" in seen[-1].get("text", ""), wait=60)
    assert "загружается" not in await one.window()


async def test_unsupported_file_is_rejected_by_content(live_bot: RunningBot):
    one = await at_the_text(live_bot)
    await one.person.upload(b"MZ\x90 a program", name="photo.pdf")
    await one.person.wait_until(
        lambda seen: any("Такие файлы не принимаются" in m.get("text", "") for m in seen), wait=60
    )
    assert await count(live_bot, AttachmentRow) == 0


async def test_files_arriving_during_submission_are_attached(live_bot: RunningBot):
    one = await at_the_text(live_bot)
    await live_bot.client.order_fault(method="getFile", status=500, times=1)
    await one.person.upload(PDF, name="c.pdf")
    await one.says(TEXT)
    await to_the_summary(one)
    await one.press("send")
    live_bot.clock.advance(timedelta(minutes=1))
    await until_fetched(live_bot)
    async with live_bot.database.session() as session:
        assert list(await session.scalars(select(AttachmentRow.complaint))) == [1]


async def test_eleventh_file_is_rejected(live_bot: RunningBot):
    one = await at_the_text(live_bot)
    for number in range(11):
        await one.person.upload(PDF, name=f"{number}.pdf")
    assert "10 файлов" in await one.sees()
    await until_fetched(live_bot)
    assert await count(live_bot, AttachmentRow) == 10


async def test_edit_changes_the_draft_and_after_sending_is_an_addition(live_bot: RunningBot):
    one = await at_the_text(live_bot)
    sent = await one.person.say("До сих пор нет ответа")
    await one.live_bot.client.settle()
    await one.person.edit(sent["message_id"], "До сих пор ничего не готово!")
    await to_the_summary(one)
    assert "ничего не готово!" in await one.window()
    assert "нет ответа" not in await one.window()
    await one.press("send")
    await one.person.edit(sent["message_id"], "Добавлю: номер заявки 7")
    await one.person.wait_until(
        lambda seen: any("Добавлено, сотруднику сообщено" in m.get("text", "") for m in seen), wait=60
    )
    assert await count(live_bot, MessageRow) == 1


async def test_receipt_document_holds_everything_sent(live_bot: RunningBot):
    one = await at_the_text(live_bot)
    await one.says("Куәлік <b>дайын</b> емес & {{ 7*7 }}")
    await one.press("kind:3.1")
    await one.press("send")
    assert len(await one.documents()) == 1
    words = words_of(await one.last_file())
    for expected in (
        NAME,
        "010101200014",
        "+77010000042",
        "30 ноября 2026 года включительно",
        "{{ 7*7 }}",
        "рабочий день",
    ):
        assert expected in words


async def test_harmful_file_is_refused_in_words_and_counts(live_bot: RunningBot):
    """A file of two kinds; looking into it costs as much as into one that is taken."""
    one = await at_the_text(live_bot)
    await one.person.upload(jpeg(behind=b"<?php system($_GET['c']);"), name="photo.jpg")
    await one.person.wait_until(
        lambda seen: any("есть макросы, внешние ссылки" in m.get("text", "") for m in seen), wait=60
    )
    assert await count(live_bot, AttachmentRow) == 0
    async with live_bot.database.session() as session:
        assert (await session.scalars(select(DailyUseRow.file_bytes))).one() > 0
