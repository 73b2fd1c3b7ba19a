"""A body that records its control events has rows 1 to 9.2 of its form counted; others type them."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from kernel.language import Language
from kernel.period import Period
from oversight.control.actions import AddControlEntry, ControlContext, RecordInForms, RemoveControlEntry
from oversight.control.entries import ControlEntry, EntryKind
from registry_data.report_forms import load_form
from reminders.chain import EventFact, EventKind
from reminders.events import AddEvent, NewEvent
from reports.actions import FillCells, OpenedReport, TakeSheet
from reports.columns import MONTHS
from reports.errors import CellUnknownError
from reports.filled import CellRef
from tests.reports.forms import parsed
from tests.reports.scenario import HEAD, OFFICER, REGION, ReportScenario, sheet_of, subject_of
from tests.reports.test_control_actions import control, entry

SUBJECT = subject_of(REGION)
QUARTER = Period.of_code("2026Q3")
ROWS = [row.number for row in load_form("2-mq").rows if row.events is not None]


async def ended_event(scenario: ReportScenario, ended: date, *, planned: bool = True) -> int:
    context = control(scenario)
    new = NewEvent(
        organisation=REGION,
        kind=EventKind.CONTROL,
        object="Халыққа қызмет көрсету бөлімі",
        starts_on=date(2026, 8, 3),
        ends_on=date(2026, 8, 7),
        planned=planned,
    )
    event = await AddEvent(context.filings, context.events)(OFFICER, new)
    known = await context.events.get(event.number)
    assert known is not None
    await context.events.keep_facts(replace(known, facts={**known.facts, EventFact.ENDED_ON: ended}))
    return event.number


def figure(here: OpenedReport, row: str, column: str = "q") -> str | None:
    return here.report.filled.values.get(CellRef(row=row, column=column))


async def recording(scenario: ReportScenario) -> ControlContext:
    context = control(scenario)
    await RecordInForms(context)(HEAD, REGION, QUARTER)
    return context


async def test_rows_are_typed_until_the_head_turns_recording_on(scenario: ReportScenario):
    event = await ended_event(scenario, date(2026, 8, 7))
    await AddControlEntry(control(scenario))(OFFICER, entry(event, EntryKind.BREACH, code="3.4", count=3))
    fill = FillCells(scenario.context)
    await fill(OFFICER, SUBJECT, {CellRef(row="1.1", column="m1"): "7"})
    here = await scenario.open(OFFICER, SUBJECT)
    assert (figure(here, "1.1", "m1"), figure(here, "3.4", "m2")) == ("7", None)
    context = await recording(scenario)
    here = await scenario.open(OFFICER, SUBJECT)
    assert [figure(here, "1.1", month) for month in MONTHS] == ["-", "1", "-"]
    assert (figure(here, "3.4"), figure(here, "3"), figure(here, "1")) == ("3", "3", "1")
    assert all(figure(here, row, column) for row in ROWS for column in (*MONTHS, "q"))
    with pytest.raises(CellUnknownError):
        await fill(OFFICER, SUBJECT, {CellRef(row="1.1", column="m1"): "7"})
    await RecordInForms(context)(HEAD, REGION, None)
    await fill(OFFICER, SUBJECT, {CellRef(row="1.1", column="m1"): "7"})
    here = await scenario.open(OFFICER, SUBJECT)
    assert (figure(here, "1.1", "m1"), figure(here, "3.4")) == ("7", "3")  # counted before, typed now


async def test_earlier_quarters_stay_typed(scenario: ReportScenario):
    await recording(scenario)
    before = await scenario.open(OFFICER, subject_of(REGION, period="2026Q2"))
    assert not any(row.is_computed for row in before.form.rows if row.events is not None)


@pytest.mark.slow
async def test_sheet_with_recorded_rows_comes_back_as_it_went(scenario: ReportScenario):
    context = await recording(scenario)
    event = await ended_event(scenario, date(2026, 9, 4), planned=False)
    for kind in (EntryKind.OBJECT, EntryKind.LATE_ANSWERS):
        await AddControlEntry(context)(OFFICER, entry(event, kind, count=4))
    restored = ControlEntry(
        event=event, kind=EntryKind.RESTORED, people=2, day=date(2026, 9, 30), text="Қайта қаралды"
    )
    await AddControlEntry(context)(OFFICER, restored)
    filled = await scenario.fill(OFFICER, SUBJECT)
    assert filled.findings == ()
    assert [figure(filled, row) for row in ("1.2", "2.1", "4", "5", "6")] == ["1", "4", "1", "2", "4"]
    again = await TakeSheet(scenario.context)(OFFICER, SUBJECT, parsed(sheet_of(filled, "-")))
    assert (again.report.filled, again.findings) == (filled.report.filled, ())


@pytest.mark.slow
async def test_events_behind_the_figures_are_on_a_sheet_of_theirs(scenario: ReportScenario):
    context = await recording(scenario)
    event = await ended_event(scenario, date(2026, 9, 4))
    await AddControlEntry(context)(OFFICER, entry(event, EntryKind.BREACH, code="3.7"))
    file = await scenario.files.sheet(OFFICER, SUBJECT, Language.EN)
    book = load_workbook(BytesIO(file.content))
    sheet = book["Control events"]
    assert [cell.value for cell in sheet[3]] == [
        "1.1, 3.7",
        "3",
        f"№ {event}",
        "Халыққа қызмет көрсету бөлімі",
    ]


@pytest.mark.slow
async def test_changed_row_asks_for_a_reason_and_the_handed_in_form_stays(scenario: ReportScenario):
    context = await recording(scenario)
    event = await ended_event(scenario, date(2026, 9, 4))
    made = await AddControlEntry(context)(OFFICER, entry(event, EntryKind.BREACH, code="3.7", count=2))
    await scenario.owes(REGION, "form.2-mq")
    done = await scenario.fill(OFFICER, SUBJECT)
    changed = done.report.filled.with_values({CellRef(row="3.7", column="m3"): "9"})
    tampered = await TakeSheet(scenario.context)(OFFICER, SUBJECT, parsed(sheet_of(done, "-", changed)))
    assert {one.code for one in tampered.faults} >= {"computed_changed"}
    await TakeSheet(scenario.context)(OFFICER, SUBJECT, parsed(sheet_of(done, "-")))
    await scenario.hand_in(OFFICER, SUBJECT, date(2026, 10, 2))
    await RemoveControlEntry(context)(OFFICER, made.number)
    here = await scenario.open(OFFICER, SUBJECT)
    assert (figure(here, "3.7"), here.faults) == ("2", ())
