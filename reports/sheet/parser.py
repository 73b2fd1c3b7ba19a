"""An XLSX file as rows of values: what openpyxl reads of it, in JSON. Runs in a child process.

Imports as little as possible: the child starts for each file.
"""

import datetime as dt
import warnings
from contextlib import closing
from io import BytesIO
from typing import Any, Final

from kernel.untrusted.workbook import BROKEN, fault_of

PARSER: Final = "reports.sheet.parser:parse"
MOST_ROWS: Final = 6_000
WIDTH: Final = 13  # columns A to M
MAGIC_COLUMN: Final = WIDTH - 1


def parse(content: bytes, magic: str = "qyzmet-report-1") -> dict[str, Any]:
    """{"sheet": title, "rows": [[[value, type], …], …]} of the sheet with our mark; or {"fault": code}."""
    if (code := fault_of(content)) is not None:
        return {"fault": code}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # unsupported workbook parts do not matter here
            return _sheet(content, magic)
    except BROKEN:
        return {"fault": "file_no_sheet"}


def _sheet(content: bytes, magic: str) -> dict[str, Any]:
    from openpyxl import load_workbook  # noqa: PLC0415  most hostile files are refused before

    with closing(load_workbook(BytesIO(content), read_only=True, keep_links=False)) as book:
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # do not trust the size declared in the file
            rows = _rows(sheet, magic)
            if rows:
                return {"sheet": sheet.title, "rows": rows}
    return {"fault": "file_not_ours"}


def _rows(sheet: Any, magic: str) -> list[list[tuple[Any, str]]]:
    """None of a sheet without our mark in its first row."""
    rows: list[list[tuple[Any, str]]] = []
    for cells in sheet.iter_rows(max_col=WIDTH):
        if len(rows) == MOST_ROWS:
            raise ValueError("too many rows")
        row = [(_plain(cell.value), getattr(cell, "data_type", "n")) for cell in cells]
        if not rows and str(row[MAGIC_COLUMN][0] if len(row) > MAGIC_COLUMN else "") != magic:
            return []
        rows.append(row)
    return rows


def _plain(value: Any) -> Any:
    """What JSON can hold; dates as they are written."""
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
