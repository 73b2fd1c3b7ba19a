"""The summary of the organisations' forms."""

import pytest

from tests.reports.scenario import (
    AYAGOZ,
    HEAD,
    OF_AYAGOZ,
    OF_SEMEY,
    OFFICER,
    REGION,
    SEMEY,
    ReportScenario,
    complaint,
)
from tests.reports.test_actions import JULY, MINE, at


@pytest.mark.slow
async def test_summary_names_missing_organisations(bureau_on_both: ReportScenario):
    scenario = bureau_on_both
    await scenario.add(complaint(SEMEY, JULY), complaint(AYAGOZ, JULY, service="apostille"))
    await scenario.filed(OF_SEMEY, SEMEY, "1")
    found = await scenario.files.sum(HEAD, MINE)
    assert (found.is_whole, found.counted, found.missing) == (False, (SEMEY,), (REGION, AYAGOZ))
    await scenario.filed(OF_AYAGOZ, AYAGOZ, "2")
    await scenario.filed(OFFICER, REGION, "4")
    found = await scenario.files.sum(HEAD, MINE)
    assert (found.is_whole, found.missing) == (True, ())
    assert found.filled.values[at("19", "q")] == str(3 + 6 + 12)
    assert found.filled.values[at("15")] == "2"
    assert [one.service for one in found.filled.lines_of("15.1")] == ["apostille", "birth-registration"]
    assert found.filled.values[at("10")] == "4"  # a stock is the region's own, not the sum


async def test_summary_sheet_says_whether_it_is_complete(scenario: ReportScenario):
    from io import BytesIO  # noqa: PLC0415

    from openpyxl import load_workbook  # noqa: PLC0415

    from kernel.language import Language  # noqa: PLC0415

    await scenario.filed(OF_SEMEY, SEMEY)
    file = await scenario.files.sum_sheet(HEAD, MINE, Language.RU)
    texts = [str(cell.value) for cell in load_workbook(BytesIO(file.content)).worksheets[0]["A"][:4]]
    assert any(text.startswith("Сводка неполная: нет отчётов 2 организаций") for text in texts)
