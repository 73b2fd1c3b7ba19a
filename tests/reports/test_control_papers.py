"""The papers of control events hold what was entered, and only those who may see it get them."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from accounts.errors import GoneError, NotAllowedError
from kernel.language import Language
from kernel.period import Period
from oversight.control.actions import AddControlEntry, DescribeControl
from oversight.control.entries import ControlDetails, EntryKind
from reminders.chain import EventKind
from reports.documents.builder import DocumentFiles
from reports.documents.control import ControlLetter
from reports.documents.control_papers import ControlPapers
from reports.files import FormFile
from tests.each import each_case
from tests.reports.scenario import HEAD, INSPECTOR, OF_SEMEY, OFFICER, REGION, ReportScenario, subject_of
from tests.reports.test_control_actions import STRANGER, control, entry, event_in
from tests.reports.test_control_recording import ended_event

QUARTER = Period.of_code("2026Q3")


def words(file: FormFile) -> str:
    document = Document(BytesIO(file.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


async def test_papers_hold_what_was_entered(scenario: ReportScenario):
    number, context = await event_in(scenario), control(scenario)
    papers = ControlPapers(scenario.context, scenario.session)
    add = AddControlEntry(context)
    await DescribeControl(context)(
        OFFICER, number, ControlDetails(questions="Мерзімдер", executors="Бас маман")
    )
    await add(OFFICER, entry(number, EntryKind.BREACH, code="3.4", count=7, text="Анықтама сұралған"))
    await add(OFFICER, entry(number, EntryKind.RECOMMENDATION, text="Қызметкерлерді оқыту"))
    await add(OFFICER, entry(number, EntryKind.OBJECTION, text="Бір факт дәлелденбеген"))
    with each_case() as cases:
        for language in Language:
            with cases.case("act", language):
                found = words(await papers.act(OFFICER, number, language))
                held = (
                    "7. Анықтама",
                    "Қызметкерлерді оқыту",
                    "02.11.2026",
                    "Бір факт",
                    "Бас маман",
                    "a hall",
                )
                assert [one for one in held if one not in found] == []
            for which in ControlLetter:
                with cases.case(which, language):
                    found = words(await papers.letter(OFFICER, number, which, language))
                    held = {
                        ControlLetter.ORDER: ("a hall", "Мерзімдер", "21.09.2026 – 02.10.2026", "Бас маман"),
                        ControlLetter.NOTICE: ("a hall", "Мерзімдер", "21.09.2026 – 02.10.2026"),
                        ControlLetter.LETTER: ("7. Анықтама", "Қызметкерлерді оқыту", "02.11.2026"),
                    }[which]
                    assert [one for one in held if one not in found] == []
            with cases.case("measures", language):
                found = words(await papers.measures(OFFICER, number, language))
                assert [one for one in ("Қызметкерлерді оқыту", "02.11.2026") if one not in found] == []
            with cases.case("year", language):
                found = words(await papers.year(OFFICER, REGION, 2026, language))
                assert [one for one in ("a hall", "Мерзімдер", "21.09.2026") if one not in found] == []
                assert "a hall" not in words(await papers.year(OFFICER, REGION, 2027, language))


async def test_plan_of_the_year_as_a_sheet(scenario: ReportScenario):
    number, context = await event_in(scenario, object="=1+1"), control(scenario)
    await DescribeControl(context)(OFFICER, number, ControlDetails(questions="Мерзімдер"))
    papers = ControlPapers(scenario.context, scenario.session)
    file = await papers.year_sheet(OFFICER, REGION, 2026, Language.KK)
    sheet = load_workbook(BytesIO(file.content)).worksheets[0]
    assert [cell.value for cell in sheet[3]][:4] == ["1", "=1+1", "Мерзімдер", "21.09.2026 – 02.10.2026"]
    assert sheet["B3"].data_type == "s"
    assert sheet.max_row == 3


async def test_plan_of_the_year_leaves_out_what_is_not_planned(scenario: ReportScenario):
    await event_in(scenario, planned=False)
    await event_in(scenario, EventKind.INSPECTION)
    papers = ControlPapers(scenario.context, scenario.session)
    assert "a hall" not in words(await papers.year(OFFICER, REGION, 2026, Language.EN))


async def test_papers_are_for_those_who_see_the_calendar(scenario: ReportScenario):
    number = await event_in(scenario)
    inspection = await event_in(scenario, EventKind.INSPECTION)
    papers = ControlPapers(scenario.context, scenario.session)
    with each_case() as cases:
        for person in (OF_SEMEY, INSPECTOR, STRANGER):
            with cases.case(person):
                with pytest.raises(NotAllowedError):
                    await papers.act(person, number, Language.KK)
                with pytest.raises(NotAllowedError):
                    await papers.letter(person, number, ControlLetter.ORDER, Language.KK)
                with pytest.raises(NotAllowedError):
                    await papers.measures(person, number, Language.KK)
                with pytest.raises(NotAllowedError):
                    await papers.year(person, REGION, 2026, Language.KK)
                with pytest.raises(NotAllowedError):
                    await papers.year_sheet(person, REGION, 2026, Language.KK)
    await papers.act(HEAD, number, Language.KK)
    with pytest.raises(GoneError):
        await papers.act(OFFICER, inspection, Language.KK)


async def test_the_note_lists_the_events_of_its_quarter(scenario: ReportScenario):
    context = control(scenario)
    held, later = (
        await ended_event(scenario, date(2026, 9, 4)),
        await ended_event(scenario, date(2026, 10, 1)),
    )
    add = AddControlEntry(context)
    for event, text in ((held, "Анықтама сұралған"), (later, "Кесте бұзылған")):
        await add(OFFICER, entry(event, EntryKind.BREACH, code="3.4", text=text))
    penalty = replace(entry(held, EntryKind.PENALTY, people=1), day=date(2026, 9, 30))
    await add(OFFICER, penalty)
    await add(OFFICER, replace(entry(held, EntryKind.RECOMMENDATION), day=date(2026, 9, 30)))
    note = await DocumentFiles(scenario.context, scenario.session).note(
        OFFICER, subject_of(REGION), Language.RU
    )
    found = words(note)
    assert f"№ {held}: Халыққа қызмет көрсету бөлімі (по годовому плану)" in found
    assert "Анықтама сұралған" in found
    assert "30.09.2026: замечание" in found
    assert "Train the staff Срок – 02.11.2026 (исполняется)" in found
    assert f"№ {later}" not in found
    assert "Кесте бұзылған" not in found
