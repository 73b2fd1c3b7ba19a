"""Opening, filling, handing in, correcting and summing up, and on both databases what stores and reads."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.errors import GoneError, NotAllowedError
from deadlines.errors import DomainError
from reminders.errors import FilingDayError
from reminders.store import FilingStore
from reports.actions import FillCells, Opened, TakeSheet
from reports.correcting import AskCorrection, DecideCorrection, differences
from reports.derived import completed
from reports.errors import (
    AlreadyHandedInError,
    CellUnknownError,
    CellValueError,
    CorrectionEarlyError,
    FiguresMovedError,
    FormUnknownError,
    MaterialsMissingError,
    NothingToCorrectError,
    PeriodOpenError,
    ReportFaultyError,
    ReportPeriodError,
)
from reports.filled import Filled, Place
from reports.sheet.writer import write_form
from reports.store import Report, State
from tests.reports.bureau import (
    AYAGOZ,
    HEAD,
    INSPECTOR,
    OF_AYAGOZ,
    OF_SEMEY,
    OFFICER,
    REGION,
    SEMEY,
    STRANGER,
    Bureau,
    complaint,
    sheet_of,
    subject_of,
)
from tests.reports.forms import subject as on_sheet

JULY, AUGUST, SEPTEMBER = date(2026, 7, 3), date(2026, 8, 4), date(2026, 9, 30)
IN_TIME = date(2026, 10, 2)
MINE = subject_of(REGION)


def at(row: str, column: str = "m1", line: int = 0) -> Place:
    return Place(row=row, line=line, column=column)


async def test_the_form_opens_with_what_the_complaints_say(bureau_on_both: Bureau):
    bureau = bureau_on_both
    await bureau.add(
        complaint(REGION, JULY),
        complaint(REGION, JULY, origin="official", delivery="electronic", source="media", service=None),
        complaint("hall-of-region", SEPTEMBER, delivery="corporation", late_after=JULY),
        complaint(SEMEY, JULY),  # a district hands in its own
        complaint(REGION, date(2026, 6, 30)),  # of the quarter before
        complaint(REGION, date(2026, 10, 1)),
        complaint(REGION, AUGUST, restored=True, answered_on=AUGUST, state="answered",
                  closed_at=datetime(2026, 8, 5, tzinfo=UTC), closed_on=AUGUST),
    )  # fmt: skip
    here = await bureau.open(OFFICER, MINE)
    values = here.report.filled.values
    assert [values[at("15", column)] for column in ("m1", "m2", "m3", "q")] == ["2", "1", "1", "4"]
    assert [values[at(row, "q")] for row in ("15.1", "15.2", "15.3")] == ["2", "1", "1"]
    assert [values[at(row, "q")] for row in ("16.1", "16.6", "16.7")] == ["3", "1", "-"]
    assert [values[at(row, "q")] for row in ("17", "17.3", "18")] == ["1", "1", "1"]
    count = here.report.figures.count(here.report.filled, at("15"))
    assert (count.bot, count.officials) == (1, 1)
    assert [one.organisation for one in here.report.filled.lines_of("17.3")] == ["hall-of-region"]


async def test_a_form_is_filled_handed_in_and_its_filing_submitted(bureau_on_both: Bureau):
    bureau = bureau_on_both
    number = await bureau.owes(REGION, "form.2-mq")
    await bureau.add(complaint(REGION, JULY))
    await bureau.fill(OFFICER, MINE)
    done = await bureau.hand_in(OFFICER, MINE, IN_TIME)
    assert (done.state, done.version, done.handed_in_by) == (State.HANDED_IN, 1, OFFICER)
    assert (done.handed_in_on, done.handed_in_at) == (IN_TIME, bureau.clock.now())
    filing = await FilingStore(bureau.session).get(number)
    assert filing is not None
    assert (filing.is_open, filing.submitted_on, filing.on_time) == (False, IN_TIME, True)


async def test_figures_stay_frozen_whatever_comes_after(bureau_on_both: Bureau):
    bureau = bureau_on_both
    await bureau.add(complaint(REGION, JULY))
    await bureau.filed(OFFICER, REGION)
    await bureau.add(complaint(REGION, JULY))
    here = await bureau.open(OFFICER, MINE)
    assert here.report.filled.values[at("15")] == "1"


@pytest.mark.parametrize("day", [date(2026, 10, 3), date(2015, 1, 1)])
async def test_the_day_of_handing_in_is_a_day_that_was(bureau: Bureau, day: date):
    await bureau.fill(OFFICER, MINE)
    with pytest.raises(FilingDayError):
        await bureau.hand_in(OFFICER, MINE, day)


async def test_nothing_is_handed_in_with_a_fault(bureau: Bureau):
    await bureau.open(OFFICER, MINE)
    with pytest.raises(ReportFaultyError):
        await bureau.hand_in(OFFICER, MINE, IN_TIME)


async def test_a_quarter_is_handed_in_when_it_is_over(bureau: Bureau):
    running = subject_of(REGION, period="2026Q4")
    await bureau.fill(OFFICER, running)
    with pytest.raises(PeriodOpenError):
        await bureau.hand_in(OFFICER, running, IN_TIME)


async def test_a_complaint_that_comes_between_is_shown_before_it_is_handed_in(bureau: Bureau):
    await bureau.fill(OFFICER, MINE)
    await bureau.add(complaint(REGION, JULY))
    with pytest.raises(FiguresMovedError):
        await bureau.hand_in(OFFICER, MINE, IN_TIME)
    shown = await bureau.desk.reports.draft(MINE)
    assert shown is not None
    assert shown.filled.values[at("15")] == "1"  # kept in spite of the refusal
    here = await bureau.fill(OFFICER, MINE)
    assert here.report.filled.values[at("15")] == "1"
    assert (await bureau.hand_in(OFFICER, MINE, IN_TIME)).state is State.HANDED_IN


async def test_what_was_typed_is_kept_with_its_faults(bureau: Bureau):
    here = await bureau.open(OFFICER, MINE)
    typed = here.report.filled.with_values({at("19"): "3.5", at("20"): "40"})
    taken = await TakeSheet(bureau.desk)(
        OFFICER, MINE, write_form(on_sheet(typed, figures=here.report.figures))
    )
    assert "cell_not_whole" in [one.code for one in taken.faults]
    assert all(one.cell for one in taken.faults)
    again = await bureau.open(OFFICER, MINE)
    assert [again.report.filled.values[at(row)] for row in ("19", "20")] == ["3.5", "40"]


async def test_a_file_that_is_no_sheet_changes_nothing(bureau: Bureau):
    before = await bureau.fill(OFFICER, MINE)
    taken = await TakeSheet(bureau.desk)(OFFICER, MINE, b"nothing")
    assert [one.code for one in taken.findings] == ["file_no_sheet"]
    assert (await bureau.open(OFFICER, MINE)).report.filled == before.report.filled


async def test_cells_are_filled_one_by_one_and_the_sums_follow(bureau: Bureau):
    await bureau.fill(OFFICER, MINE)
    fill = FillCells(bureau.desk)
    here = await fill(OFFICER, MINE, {at("1.1"): "2", at("1.2", "m2"): "3"})
    values = here.report.filled.values
    assert [values[at("1", column)] for column in ("m1", "m2", "m3", "q")] == ["2", "3", "-", "5"]
    assert here.faults == ()


@pytest.mark.parametrize(
    ("place", "text", "error"),
    [
        (at("15"), "7", CellUnknownError),  # computed
        (at("1"), "7", CellUnknownError),  # a sum
        (at("19", "q"), "7", CellUnknownError),
        (at("99"), "7", CellUnknownError),
        (at("19", "m9"), "7", CellUnknownError),
        (at("11.1", "m1n", 7), "7", CellUnknownError),  # no such line
        (at("19", "m1", -1), "7", CellUnknownError),
        (at("19"), "a few", CellValueError),
        (at("19"), "-1", CellValueError),
    ],
)
async def test_a_forged_cell_is_refused(bureau: Bureau, place: Place, text: str, error: type[DomainError]):
    with pytest.raises(error):
        await FillCells(bureau.desk)(OFFICER, MINE, {place: text})


async def test_only_the_organisation_s_own_people_see_and_fill_its_form(bureau: Bureau):
    for by in (STRANGER, OF_SEMEY, INSPECTOR):
        with pytest.raises(NotAllowedError):
            await bureau.open(by, MINE)
        with pytest.raises(NotAllowedError):
            await bureau.hand_in(by, MINE, IN_TIME)
    with pytest.raises(NotAllowedError):
        await bureau.files.sum(OF_SEMEY, MINE)


@pytest.mark.parametrize(
    ("form", "code", "period", "error"),
    [
        ("1-mq", REGION, "2026Q3", FormUnknownError),  # a region owes 2-мқ
        ("9-mq", REGION, "2026Q3", FormUnknownError),
        ("2-mq", REGION, "2026", ReportPeriodError),
        ("2-mq", REGION, "2026Q5", ReportPeriodError),
        ("2-mq", REGION, "2027Q1", ReportPeriodError),  # not begun
        ("2-mq", "nowhere", "2026Q3", GoneError),
    ],
)
async def test_what_is_not_owed_is_not_opened(
    bureau: Bureau, form: str, code: str, period: str, error: type[DomainError]
):
    with pytest.raises(error):
        await bureau.open(None, subject_of(code, form, period))


async def test_what_is_handed_in_is_neither_filled_nor_handed_in_again(bureau: Bureau):
    await bureau.filed(OFFICER, REGION)
    with pytest.raises(AlreadyHandedInError):
        await FillCells(bureau.desk)(OFFICER, MINE, {at("19"): "1"})
    with pytest.raises(AlreadyHandedInError):
        await bureau.hand_in(HEAD, MINE, IN_TIME)


async def corrected(bureau: Bureau, value: str = "8") -> bytes:
    """The sheet of the report handed in, with another number of explanatory events in July."""
    here = await bureau.open(OFFICER, MINE)
    cells = {place: text for place, text in here.report.filled.values.items() if place.row != "19"}
    filled = replace(here.report.filled, values={**cells, at("19"): value})
    return sheet_of(here, "-", completed(here.form, filled))


async def test_a_correction_stands_beside_the_old_version_with_its_difference(bureau_on_both: Bureau):
    bureau = bureau_on_both
    await bureau.filed(OFFICER, REGION)
    asked = await AskCorrection(bureau.desk)(OFFICER, MINE, await corrected(bureau), "Бұйрық № 5")
    assert isinstance(asked, Report)
    assert (asked.version, asked.corrects, asked.materials) == (2, 1, "Бұйрық № 5")
    here = await bureau.open(OFFICER, MINE)
    assert here.report.version == 1  # in force until the Agency decides
    changes = list(differences(here.form, here.report.filled, asked.filled))
    assert [(one.place, one.was, one.becomes) for one in changes] == [
        (at("19"), "-", "8"),
        (at("19", "q"), "-", "8"),
    ]
    with pytest.raises(CorrectionEarlyError):
        await DecideCorrection(bureau.desk)(INSPECTOR, asked.number, accept=True)
    bureau.clock.advance(timedelta(days=100))
    with pytest.raises(NotAllowedError):
        await DecideCorrection(bureau.desk)(OFFICER, asked.number, accept=True)
    done = await DecideCorrection(bureau.desk)(INSPECTOR, asked.number, accept=True)
    assert (done.state, done.version) == (State.HANDED_IN, 2)
    versions = await bureau.desk.reports.versions(MINE)
    assert [(one.version, one.state) for one in versions] == [(2, State.HANDED_IN), (1, State.HANDED_IN)]
    with pytest.raises(GoneError):
        await DecideCorrection(bureau.desk)(INSPECTOR, asked.number, accept=False)


async def test_a_correction_that_is_refused_changes_nothing(bureau: Bureau):
    await bureau.filed(OFFICER, REGION)
    asked = await AskCorrection(bureau.desk)(OFFICER, MINE, await corrected(bureau), "Хаттама")
    assert isinstance(asked, Report)
    await DecideCorrection(bureau.desk)(INSPECTOR, asked.number, accept=False)
    assert (await bureau.open(OFFICER, MINE)).report.version == 1


async def test_a_correction_needs_materials_a_difference_and_no_fault(bureau: Bureau):
    await bureau.filed(OFFICER, REGION)
    ask, content = AskCorrection(bureau.desk), await corrected(bureau)
    with pytest.raises(MaterialsMissingError):
        await ask(OFFICER, MINE, content, "  ")
    with pytest.raises(NothingToCorrectError):
        await ask(OFFICER, MINE, await corrected(bureau, "-"), "Бұйрық")
    faulty = await ask(OFFICER, MINE, await corrected(bureau, "3.5"), "Бұйрық")
    assert isinstance(faulty, Opened)
    assert [(one.code, one.place) for one in faulty.findings] == [("cell_not_whole", at("19"))]
    assert faulty.findings[0].cell
    nothing = await ask(OFFICER, MINE, b"no sheet", "Бұйрық")
    assert isinstance(nothing, Opened)
    assert [one.code for one in nothing.findings] == ["file_no_sheet"]
    assert await bureau.desk.reports.asked() == []


async def test_a_sum_names_who_is_missing_until_it_is_whole(bureau_on_both: Bureau):
    bureau = bureau_on_both
    await bureau.add(complaint(SEMEY, JULY), complaint(AYAGOZ, JULY, service="apostille"))
    await bureau.filed(OF_SEMEY, SEMEY, "1")
    found = await bureau.files.sum(HEAD, MINE)
    assert (found.is_whole, found.counted, found.missing) == (False, (SEMEY,), (REGION, AYAGOZ))
    await bureau.filed(OF_AYAGOZ, AYAGOZ, "2")
    await bureau.filed(OFFICER, REGION, "4")
    found = await bureau.files.sum(HEAD, MINE)
    assert (found.is_whole, found.missing) == (True, ())
    assert found.filled.values[at("19", "q")] == str(3 + 6 + 12)
    assert found.filled.values[at("15")] == "2"
    assert [one.service for one in found.filled.lines_of("15.1")] == ["apostille", "birth-registration"]
    assert found.filled.values[at("10")] == "4"  # a stock is the region's own, not the sum


async def test_the_sheet_of_a_sum_says_whether_it_is_the_whole(bureau: Bureau):
    from io import BytesIO  # noqa: PLC0415

    from openpyxl import load_workbook  # noqa: PLC0415

    from registry_data.schema import Language  # noqa: PLC0415

    await bureau.filed(OF_SEMEY, SEMEY)
    file = await bureau.files.sum_sheet(HEAD, MINE, Language.RU)
    texts = [str(cell.value) for cell in load_workbook(BytesIO(file.content)).worksheets[0]["A"][:4]]
    assert any(text.startswith("Сводка неполная: нет отчётов 2 организаций") for text in texts)


async def test_a_form_with_no_complaints_is_full_of_dashes(bureau: Bureau):
    here = await bureau.open(OFFICER, MINE)
    computed = {row.number for row in here.form.rows if row.counts is not None}
    values = [text for place, text in here.report.filled.values.items() if place.row in computed]
    assert set(values) == {"-"}
    assert here.report.filled == Filled.of_document(here.report.filled.document(), "2-mq", REGION, "2026Q3")
