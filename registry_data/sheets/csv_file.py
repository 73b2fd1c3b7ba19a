"""CSV files: UTF-8 with or without a byte order mark, separated by commas, semicolons or tabs."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from registry_data.schema import ServiceCard
from registry_data.sheets.cells import guard
from registry_data.sheets.columns import COLUMNS, row_of
from registry_data.sheets.limits import (
    MAX_CELL_CHARACTERS,
    MAX_COLUMNS,
    MAX_ROWS,
    TOO_LONG,
    check_size,
    reject,
)
from registry_data.sheets.rows import TableRow

_SEPARATORS = ",;\t"


def read_csv(path: Path) -> Iterator[TableRow]:
    """The rows of an untrusted file. Raises FaultsError for unsafe or invalid content."""
    check_size(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise reject(path.name, f"byte {error.start + 1} is no UTF-8") from error
    first_line = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for line, cells in enumerate(reader, start=1):
            if line > MAX_ROWS:
                raise reject(path.name, f"there are more than {MAX_ROWS} rows", f"line {line}")
            if len(cells) > MAX_COLUMNS:
                raise reject(path.name, f"there are more than {MAX_COLUMNS} columns", f"line {line}")
            refused = {column: reason for column, cell in enumerate(cells, 1) if (reason := _fault_of(cell))}
            yield TableRow(line=line, cells=cells, refused=refused)
    except csv.Error as error:
        raise reject(path.name, str(error), f"line {reader.line_num}") from error


def write_csv(path: Path, cards: Iterable[ServiceCard]) -> None:
    """All cards with a header row, in UTF-8 with the byte order mark that spreadsheets expect."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for card in cards:
            writer.writerow(guard(cell) for cell in row_of(card).values())


def _fault_of(cell: str) -> str | None:
    if cell.startswith("="):
        return "a formula is not taken"
    return TOO_LONG if len(cell) > MAX_CELL_CHARACTERS else None
