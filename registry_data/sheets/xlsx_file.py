"""XLSX files: the first sheet, without formulas, macros or archive bombs.

openpyxl takes 0.2 s to import, so only commands that read or write such a file do.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from kernel.untrusted.child import ParserFailedError, run_parser
from registry_data.schema import ServiceCard
from registry_data.sheets.cells import guard
from registry_data.sheets.columns import COLUMNS, row_of
from registry_data.sheets.limits import MAX_CELL_CHARACTERS, TOO_LONG, check_size, reject
from registry_data.sheets.rows import TableRow, cell_place
from registry_data.sheets.xlsx_parser import LIMITS, PARSER

_REASONS: Final = {
    "file_macros": "a file with macros is not taken",
    "file_unpacks": "unpacked it is too large",
    "file_external": "links to other files are not taken",
}


def read_xlsx(path: Path) -> list[TableRow]:
    """The rows of an untrusted file, parsed in a child process. Raises FaultsError for what is not taken."""
    check_size(path)
    try:
        made = run_parser(PARSER, path.read_bytes(), LIMITS)
    except OSError as error:
        raise reject(path.name, error.strerror or str(error)) from error
    except ParserFailedError as error:
        raise reject(path.name, f"it takes too much to read: {error}") from error
    if "fault" in made:
        raise reject(path.name, _REASONS.get(made["fault"], made["fault"]), made.get("place", ""))
    return [
        TableRow(line=line, cells=cells, refused={int(column): reason for column, reason in refused.items()})
        for line, (cells, refused) in enumerate(made["rows"], start=1)
    ]


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
