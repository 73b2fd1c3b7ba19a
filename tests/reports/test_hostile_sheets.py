"""The spreadsheets that took a bot down are refused in a second, in a child, outside any transaction."""

import asyncio
import time
from unittest.mock import AsyncMock, Mock

import pytest

from database.engine import Database
from kernel.clock import FixedClock
from kernel.untrusted.child import ParserFailedError
from reports.sheet import parsed as parsing
from reports.sheet.parsed import parsed_sheet
from reports.uploads.receiver import SheetReceiver
from reports.uploads.tables import SheetDownloadRow
from tests.each import each_case
from tests.reports.forms import filled_right, subject, written
from tests.untrusted.hostile import entities_in, many_entries, many_rows, million_styles

HOSTILE = {
    "a document type in UTF-16": (entities_in("utf-16"), "file_no_sheet"),
    "a document type in UTF-8": (entities_in("utf-8"), "file_no_sheet"),
    "a million styles": (million_styles(), "file_unpacks"),
    "420,000 entries": (many_entries(420_000), "file_large"),
    "90,000 entries": (many_entries(90_000), "file_unpacks"),
    "rows without end": (many_rows(), "file_unpacks"),
}


async def test_hostile_sheet_costs_a_second():
    with each_case() as cases:
        for name, (content, code) in HOSTILE.items():
            begun = time.monotonic()
            with cases.case(name):
                sheet = await parsed_sheet(content)
                assert sheet.finding is not None
                assert sheet.finding.code == code
                assert time.monotonic() - begun < 3


async def test_a_good_sheet_passes_the_child():
    sheet = await parsed_sheet(written(subject(filled_right("2-mq"))))
    assert sheet.finding is None
    assert len(sheet.rows) > 50


async def test_a_parser_that_dies_is_a_finding(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(parsing, "parsed_in_child", AsyncMock(side_effect=ParserFailedError("memory")))
    sheet = await parsed_sheet(b"PK")
    assert sheet.finding is not None
    assert sheet.finding.code == "file_unpacks"


@pytest.mark.slow
async def test_nobody_waits_for_a_parser(
    sqlite_database: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
):
    """On SQLite one writer at a time: others write while a sheet is parsed."""

    async def slow(*_: object) -> dict[str, str]:
        await asyncio.sleep(1)
        return {"fault": "file_no_sheet"}

    monkeypatch.setattr(parsing, "parsed_in_child", slow)
    receiver = SheetReceiver(database=sqlite_database, clock=clock, replies=Mock())
    row = SheetDownloadRow(id=99, person=1, form="2-mq", organisation="a", period="2026Q3", language="kk")
    taking = asyncio.ensure_future(receiver.take(row, b"PK"))
    await asyncio.sleep(0.1)
    begun = time.monotonic()
    async with sqlite_database.unit_of_work() as unit:
        unit.session.add(
            SheetDownloadRow(
                person=2, form="2-mq", organisation="a", period="2026Q3", language="kk", file_id="f",
                attempts=0, made_at=clock.now(), try_at=clock.now(),
            )
        )  # fmt: skip
        await unit.commit()
    assert time.monotonic() - begun < 0.5
    await taking
