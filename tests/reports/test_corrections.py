"""A submitted form is corrected by a new version."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accounts.errors import GoneError, NotAllowedError
from reports.actions import OpenedReport
from reports.correcting import AskReportCorrection, DecideCorrection, differences
from reports.derived import completed
from reports.errors import (
    CorrectionEarlyError,
    MaterialsMissingError,
    NothingToCorrectError,
)
from reports.sheet.parsed import ParsedSheet
from reports.store import ReportState, ReportVersion
from tests.reports.forms import parsed
from tests.reports.scenario import (
    INSPECTOR,
    OFFICER,
    REGION,
    ReportScenario,
    sheet_of,
)
from tests.reports.test_actions import MINE, at


async def corrected(scenario: ReportScenario, value: str = "8") -> ParsedSheet:
    """The sheet of the report handed in, with another number of explanatory events in July."""
    here = await scenario.open(OFFICER, MINE)
    cells = {place: text for place, text in here.report.filled.values.items() if place.row != "19"}
    filled = replace(here.report.filled, values={**cells, at("19"): value})
    return parsed(sheet_of(here, "-", completed(here.form, filled)))


async def test_correction_is_a_new_version_with_differences(bureau_on_both: ReportScenario):
    scenario = bureau_on_both
    await scenario.filed(OFFICER, REGION)
    asked = await AskReportCorrection(scenario.context)(
        OFFICER, MINE, await corrected(scenario), "Бұйрық № 5"
    )
    assert isinstance(asked, ReportVersion)
    assert (asked.version, asked.corrects, asked.materials) == (2, 1, "Бұйрық № 5")
    here = await scenario.open(OFFICER, MINE)
    assert here.report.version == 1  # in force until the Agency decides
    changes = list(differences(here.form, here.report.filled, asked.filled))
    assert [(one.place, one.was, one.becomes) for one in changes] == [
        (at("19"), "-", "8"),
        (at("19", "q"), "-", "8"),
    ]
    with pytest.raises(CorrectionEarlyError):
        await DecideCorrection(scenario.context)(INSPECTOR, asked.number, accept=True)
    scenario.clock.advance(timedelta(days=100))
    with pytest.raises(NotAllowedError):
        await DecideCorrection(scenario.context)(OFFICER, asked.number, accept=True)
    done = await DecideCorrection(scenario.context)(INSPECTOR, asked.number, accept=True)
    assert (done.state, done.version) == (ReportState.HANDED_IN, 2)
    versions = await scenario.context.reports.versions(MINE)
    assert [(one.version, one.state) for one in versions] == [
        (2, ReportState.HANDED_IN),
        (1, ReportState.HANDED_IN),
    ]
    with pytest.raises(GoneError):
        await DecideCorrection(scenario.context)(INSPECTOR, asked.number, accept=False)


async def test_refused_correction_changes_nothing(scenario: ReportScenario):
    await scenario.filed(OFFICER, REGION)
    asked = await AskReportCorrection(scenario.context)(OFFICER, MINE, await corrected(scenario), "Хаттама")
    assert isinstance(asked, ReportVersion)
    await DecideCorrection(scenario.context)(INSPECTOR, asked.number, accept=False, reason="Растамайды")
    assert (await scenario.open(OFFICER, MINE)).report.version == 1


@pytest.mark.slow
async def test_correction_needs_materials_changes_and_no_faults(scenario: ReportScenario):
    await scenario.filed(OFFICER, REGION)
    ask, content = AskReportCorrection(scenario.context), await corrected(scenario)
    with pytest.raises(MaterialsMissingError):
        await ask(OFFICER, MINE, content, "  ")
    with pytest.raises(NothingToCorrectError):
        await ask(OFFICER, MINE, await corrected(scenario, "-"), "Бұйрық")
    faulty = await ask(OFFICER, MINE, await corrected(scenario, "3.5"), "Бұйрық")
    assert isinstance(faulty, OpenedReport)
    assert [(one.code, one.place) for one in faulty.findings] == [("cell_not_whole", at("19"))]
    assert faulty.findings[0].cell
    nothing = await ask(OFFICER, MINE, parsed(b"no sheet"), "Бұйрық")
    assert isinstance(nothing, OpenedReport)
    assert [one.code for one in nothing.findings] == ["file_no_sheet"]
    assert await scenario.context.reports.asked() == []
