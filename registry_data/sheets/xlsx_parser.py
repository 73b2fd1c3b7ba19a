"""The first sheet of an XLSX file as texts, in JSON. Runs in a child process."""

import datetime as dt
import warnings
from contextlib import closing
from io import BytesIO
from typing import Any, Final

from kernel.untrusted.child import ParserLimits
from kernel.untrusted.workbook import BROKEN, fault_of
from registry_data.sheets.limits import MAX_CELL_CHARACTERS, MAX_COLUMNS, MAX_ROWS, TOO_LONG
from registry_data.sheets.xlsx_parts import only_cells

PARSER: Final = "registry_data.sheets.xlsx_parser:parse"
LIMITS: Final = ParserLimits(memory=1024, seconds=60, wait_s=120, output=256)
_NO_SHEET: Final = "this is no XLSX file we open"


def parse(content: bytes) -> dict[str, Any]:
    """{"rows": [[texts, {column: why it is refused}], …]}, or {"fault": reason, "place": where}."""
    code = fault_of(content, hyperlinks=True)
    if code is not None:
        return {"fault": _NO_SHEET if code == "file_no_sheet" else code}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # unsupported workbook parts do not matter here
            return _first_sheet(only_cells(BytesIO(content)))
    except BROKEN:
        return {"fault": _NO_SHEET}


def _first_sheet(content: BytesIO) -> dict[str, Any]:
    from openpyxl import load_workbook  # noqa: PLC0415  most hostile files are refused before

    rows = []
    with closing(load_workbook(content, read_only=True, keep_links=False)) as workbook:
        sheet = workbook.worksheets[0]
        sheet.reset_dimensions()  # do not trust the size declared in the file
        for line, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1), start=1):
            if line > MAX_ROWS:
                return {"fault": f"there are more than {MAX_ROWS} rows", "place": f"line {line}"}
            values = [_as_text(cell.value) for cell in cells]
            while values and not values[-1]:
                values.pop()
            if len(values) > MAX_COLUMNS:
                return {"fault": f"there are more than {MAX_COLUMNS} columns", "place": f"line {line}"}
            rows.append((values, _refused(cells)))
    return {"rows": rows}


def _refused(cells: Any) -> dict[int, str]:
    return {number: reason for number, cell in enumerate(cells, start=1) if (reason := _fault_of(cell))}


def _fault_of(cell: Any) -> str | None:
    if cell.data_type == "f":
        return "a formula is not taken"
    if cell.data_type == "e":
        return f"the cell holds the error {cell.value}"
    return TOO_LONG if len(_as_text(cell.value)) > MAX_CELL_CHARACTERS else None


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
