"""An official's talk: the form is opened, filled outside, sent back with a fault, mended and handed in."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from accounts.roles import Role
from bot.translations import Translations
from bot.views.report import ReportView
from deadlines.clock import almaty_date
from registry_data.obligations import Frequency
from registry_data.report_forms import load_form
from registry_data.schema import Language
from reminders.periods import period_of
from reports.actions import OpenReport
from reports.derived import completed
from reports.filled import Place
from reports.making import make_desk, make_files
from reports.sheet.reader import Wanted, read_form
from reports.store import ReportStore, State, Subject
from simulator.client import SimulatedPerson, labels
from tests.accounts.forging import seat
from tests.bot.town import Town
from tests.reports.forms import as_bytes, typed_cells

REGION = "akimat-abai"
NUMBER_CELL = Place(row="19", column="m1")


def subject_of(town: Town) -> Subject:
    """The region's form for the last quarter that is over."""
    today = almaty_date(town.clock.now())
    running = period_of(Frequency.QUARTER, today)
    over = period_of(Frequency.QUARTER, running.first - timedelta(days=1))
    return Subject(form="2-mq", organisation=REGION, period=over.code)


async def sheet_of(town: Town) -> bytes:
    """The form's bytes, as the bot has sent them."""
    async with town.database.unit_of_work() as unit:
        return (await make_files(unit, town.clock).sheet(None, subject_of(town), Language.RU)).content


def filled(town: Town, content: bytes, number: str) -> bytes:
    """The sheet with a dash in every cell that is for a hand."""
    form = load_form("2-mq")
    read = read_form(content, Wanted(form=form, organisation=REGION, period=subject_of(town).period))
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


async def state_of(town: Town) -> State | None:
    async with town.database.unit_of_work() as unit:
        report = await ReportStore(unit.session).handed_in(subject_of(town))
        return report.state if report else None


async def test_a_form_is_filled_sent_back_mended_and_handed_in(town: Town):
    official = await town.person("ru")
    await seat(town, official.number, REGION, Role.OFFICER)
    await official.say("/report")
    await said(official, "Какая форма?")
    view = ReportView(Translations.load(), Language.RU)
    period = subject_of(town).period
    await official.press(f"2-мқ · {view.period(period)}")
    opened = await said(official, "Незаполненных или неверных ячеек")
    assert "📄 Открыть форму в XLSX" in labels(opened)
    await official.press("📄 Открыть форму в XLSX")
    document = await said(official, "Заполните жёлтые ячейки")
    assert document["document"]["file_name"] == f"2-mq_akimat-abai_{period}_v1.xlsx"
    content = await sheet_of(town)

    await official.upload(filled(town, content, "много"), name="form.xlsx")
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
    assert await state_of(town) is State.HANDED_IN


async def test_a_stranger_sees_no_reports_whatever_he_presses(town: Town):
    stranger = await town.person("ru")
    reply = await stranger.ask("/report")
    assert "Отчёты заполняют сотрудники организации" in reply["text"]
    async with town.database.unit_of_work() as unit:
        opened = await OpenReport(make_desk(unit, town.clock))(None, subject_of(town))
    number = opened.report.number
    answer = await stranger.send_callback(f"rp:{number}", reply["message_id"])
    assert answer is not None
    assert await state_of(town) is None
