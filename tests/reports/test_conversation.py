"""An official opens a form, fills it, sends it back with a fault, fixes it and hands it in."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from localgram.client import SimulatedPerson, labels
from openpyxl import load_workbook

from accounts.roles import Role
from bot.views.reports.report import ReportView
from kernel.clock import almaty_date
from kernel.language import Language
from kernel.period import Frequency, period_of
from localisation.translations import Translations
from registry_data.report_forms import load_form
from reports.actions import OpenReport
from reports.derived import completed
from reports.factory import make_context, make_files
from reports.filled import CellRef
from reports.sheet.reader import ExpectedForm, read_form
from reports.store import ReportState, ReportStore, ReportSubject
from tests.accounts.forged_callbacks import add_membership
from tests.bot.live_bot import RunningBot
from tests.reports.forms import as_bytes, parsed, typed_cells

REGION = "akimat-abai"
NUMBER_CELL = CellRef(row="19", column="m1")


def subject_of(live_bot: RunningBot) -> ReportSubject:
    """The region's form for the last completed quarter."""
    today = almaty_date(live_bot.clock.now())
    running = period_of(Frequency.QUARTER, today)
    over = period_of(Frequency.QUARTER, running.first - timedelta(days=1))
    return ReportSubject(form="2-mq", organisation=REGION, period=over.code)


async def sheet_of(live_bot: RunningBot) -> bytes:
    """The form's bytes as sent by the bot."""
    async with live_bot.database.unit_of_work() as unit:
        return (await make_files(unit, live_bot.clock).sheet(None, subject_of(live_bot), Language.RU)).content


def filled(live_bot: RunningBot, content: bytes, number: str) -> bytes:
    """The sheet with a dash in every cell filled by hand."""
    form = load_form("2-mq")
    read = read_form(
        parsed(content), ExpectedForm(form=form, organisation=REGION, period=subject_of(live_bot).period)
    )
    assert read.filled is not None
    book = load_workbook(BytesIO(content))
    for place in typed_cells(form, completed(form, read.filled)):
        book.worksheets[0][read.cells[place]] = "-"
    book.worksheets[0][read.cells[NUMBER_CELL]] = number
    return as_bytes(book)


async def said(person: SimulatedPerson, words: str) -> dict[str, Any]:
    seen = await person.wait_until(lambda all_: any(words in text_of(one) for one in all_), wait=60)
    return next(one for one in reversed(seen) if words in text_of(one))


def text_of(message: dict[str, Any]) -> str:
    return str(message.get("text") or message.get("caption") or "")


async def state_of(live_bot: RunningBot) -> ReportState | None:
    async with live_bot.database.unit_of_work() as unit:
        report = await ReportStore(unit.session).handed_in(subject_of(live_bot))
        return report.state if report else None


async def test_form_is_filled_corrected_and_submitted(live_bot: RunningBot):
    official = await live_bot.person("ru")
    await add_membership(live_bot, official.number, REGION, Role.OFFICER)
    await official.say("/report")
    await said(official, "Какая форма?")
    view = ReportView(Translations.load(), Language.RU)
    period = subject_of(live_bot).period
    await official.press(f"2-мқ · {view.period(period)}")
    opened = await said(official, "Незаполненных или неверных ячеек")
    assert "📄 Открыть форму в XLSX" in labels(opened)
    await official.press("📄 Открыть форму в XLSX")
    document = await said(official, "Заполните жёлтые ячейки")
    assert document["document"]["file_name"] == f"2-mq_akimat-abai_{period}_v1.xlsx"
    content = await sheet_of(live_bot)

    await official.upload(filled(live_bot, content, "много"), name="form.xlsx")
    faulty = await said(official, "всё вписанное сохранено как проект")
    assert "«много» – не целое число от 0." in faulty["text"]
    assert "2-мқ, C" in faulty["text"]
    await official.press("📊 Открыть форму", faulty["message_id"])
    await said(official, "Незаполненных или неверных ячеек: 1.")

    await official.press("✏️ Заполнить оставшиеся ячейки")
    await said(official, "Осталось заполнить вручную: 1.")
    month = view.column(load_form("2-mq"), NUMBER_CELL, period)
    await official.press(f"19 · {month}")
    await said(official, "Напишите целое число от 0")
    await official.say("12")
    await said(official, "Вручную заполнять больше нечего.")
    await official.press(Translations.load().plain(Language.RU, "menu.back_button"))
    await said(official, "Ошибок нет, отчёт можно сдать.")
    await official.press("✅ Сдать")
    await said(official, "Какого числа сдан отчёт?")
    await official.press("Сдан сегодня")
    await said(official, "Версия: 1.")
    assert await state_of(live_bot) is ReportState.HANDED_IN


async def test_stranger_sees_no_reports(live_bot: RunningBot):
    stranger = await live_bot.person("ru")
    reply = await stranger.ask("/report")
    assert "Отчёты заполняют сотрудники организации" in reply["text"]
    async with live_bot.database.unit_of_work() as unit:
        opened = await OpenReport(make_context(unit, live_bot.clock))(None, subject_of(live_bot))
    number = opened.report.number
    answer = await stranger.send_callback(f"rp:{number}", reply["message_id"])
    assert answer is not None
    assert await state_of(live_bot) is None
