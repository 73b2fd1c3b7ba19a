"""XLSX files: the first sheet, without formulas, macros or archive bombs.

openpyxl takes 0.2 s to import, so only commands that read or write such a file do.
"""

import datetime as dt
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

from registry_data.schema import ServiceCard
from registry_data.sheets.cells import guard
from registry_data.sheets.columns import COLUMNS, row_of
from registry_data.sheets.limits import (
    MAX_CELL_CHARACTERS,
    MAX_COLUMNS,
    MAX_PARTS,
    MAX_ROWS,
    MAX_UNPACKED_BYTES,
    TOO_LONG,
    check_size,
    reject,
)
from registry_data.sheets.rows import TableRow, cell_place
from registry_data.sheets.xlsx_parts import only_cells

# What zipfile, the XML parser and openpyxl raise for damaged or forged files
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    AssertionError,
    EOFError,
    OSError,
)


def read_xlsx(path: Path) -> list[TableRow]:
    """The rows of an untrusted file. Raises FaultsError for unsafe or invalid content."""
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    check_size(path)
    try:
        content = BytesIO(path.read_bytes())  # openpyxl leaves a damaged file open
        _check_archive(path.name, content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # unsupported workbook parts do not matter here
            return _first_sheet(path.name, only_cells(content))
    except (*_BROKEN, InvalidFileException) as error:
        raise reject(path.name, f"this is no XLSX file: {error}") from error


def write_xlsx(path: Path, cards: Iterable[ServiceCard]) -> None:
    """All cards with a header row, every cell as text. Raises FaultsError for a text no cell can hold."""
    from openpyxl import Workbook  # noqa: PLC0415

    rows = [[guard(cell) for cell in row_of(card).values()] for card in cards]
    for line, cells in enumerate(rows, start=2):
        _check_lengths(path.name, line, cells)
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("services")
    sheet.freeze_panes = "B2"
    sheet.append(COLUMNS)
    for cells in rows:
        sheet.append([_text_cell(sheet, cell) for cell in cells])
    workbook.save(path)


def _check_archive(file: str, content: BytesIO) -> None:
    with zipfile.ZipFile(content) as archive:
        parts = archive.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
            raise reject(file, "unpacked it is too large")
        if any("vbaproject" in part.filename.lower() for part in parts):
            raise reject(file, "a file with macros is not taken")
        for part in parts:
            if b"<!DOCTYPE" in archive.read(part):
                raise reject(file, "a document type is not taken", part.filename)


def _first_sheet(file: str, content: BytesIO) -> list[TableRow]:
    from openpyxl import load_workbook  # noqa: PLC0415

    with closing(load_workbook(content, read_only=True, keep_links=False)) as workbook:
        sheet = workbook.worksheets[0]
        sheet.reset_dimensions()  # do not trust the size declared in the file
        return list(_rows(file, sheet))


def _rows(file: str, sheet: Any) -> Iterator[TableRow]:
    for line, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1), start=1):
        if line > MAX_ROWS:
            raise reject(file, f"there are more than {MAX_ROWS} rows", f"line {line}")
        values = [_as_text(cell.value) for cell in cells]
        while values and not values[-1]:
            values.pop()
        if len(values) > MAX_COLUMNS:
            raise reject(file, f"there are more than {MAX_COLUMNS} columns", f"line {line}")
        refused = {
            number: reason for number, cell in enumerate(cells, start=1) if (reason := _fault_of(cell))
        }
        yield TableRow(line=line, cells=values, refused=refused)


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


def _check_lengths(file: str, line: int, cells: Iterable[str]) -> None:
    for column, cell in enumerate(cells, start=1):
        if len(cell) > MAX_CELL_CHARACTERS:
            raise reject(file, TOO_LONG, cell_place(line, column))


def _text_cell(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    if not text:
        return None
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"  # keep texts that look like error values or formulas
    return cell
