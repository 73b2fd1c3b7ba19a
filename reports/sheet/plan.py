"""Layout of the spreadsheet, shared by writer and reader. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from registry_data.report_forms import FormRecord, Layout
from reports.columns import Column, columns_of
from reports.derived import is_derived, parts_of
from reports.filled import CellRef, FilledForm, FormLine

MAGIC = "qyzmet-report-1"
MARK = "~"  # with its number, in the hidden column of each row of ours that holds nothing to read
REST = "rest"  # there, of the row with the cell that asks for the dash in all empty cells
SERVICES = "services"  # the hidden sheet with the names to choose from
NUMBER, TITLE, FIRST, REASON, ORIGINS, KEY = "A", "B", "C", "K", "L", "M"
LIST_PROVIDER, LIST_TITLE = "B", "C"
MONTH_LETTERS = ("C", "D", "E", "F", "G", "H", "I", "J")
LIST_LETTERS = ("D", "E", "F", "G", "H", "I", "J")
_KEY = re.compile(
    r"(?P<row>[1-9]\d?(?:\.\d{1,2})?)#(?P<line>\d{1,5})"
    r"(?:#(?P<service>[a-z0-9-]{0,48})#(?P<body>[a-z0-9-]{0,64}))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyOfRow:
    """What the hidden column stores about a sheet row: the form's row, its line, and its kind."""

    row: str
    line: int
    service: str = ""
    organisation: str = ""

    def __str__(self) -> str:
        known = f"#{self.service}#{self.organisation}" if self.service or self.organisation else ""
        return f"{self.row}#{self.line}{known}"

    @classmethod
    def read(cls, text: str) -> "KeyOfRow | None":
        found = _KEY.fullmatch(text)
        if found is None:
            return None
        return cls(
            row=found["row"],
            line=int(found["line"]),
            service=found["service"] or "",
            organisation=found["body"] or "",
        )


def key_of(row: str, number: int, line: FormLine | None = None) -> KeyOfRow:
    if line is None:
        return KeyOfRow(row=row, line=number)
    return KeyOfRow(row=row, line=number, service=line.service or "", organisation=line.organisation or "")


def letters(form: FormRecord, columns: tuple[Column, ...]) -> dict[str, str]:
    """The letter of each column's key; an unsplit column spans two letters and uses the first."""
    if form.layout is Layout.LIST:
        return {column.key: LIST_LETTERS[place] for place, column in enumerate(columns)}
    step = len(MONTH_LETTERS) // len(columns)
    return {column.key: MONTH_LETTERS[place * step] for place, column in enumerate(columns)}


def last_letter(form: FormRecord) -> str:
    """The letter of the form's last column."""
    if form.layout is Layout.LIST:
        return LIST_LETTERS[len(form.columns) - 1]
    return MONTH_LETTERS[-1]


def title_letter(form: FormRecord) -> str:
    return LIST_TITLE if form.layout is Layout.LIST else TITLE


Rows = Mapping[tuple[str, int], int]  # (row, line) -> sheet row number


def formula(form: FormRecord, filled: FilledForm, rows: Rows, place: CellRef) -> str | None:
    """The formula of a derived cell; None for a typed one."""
    row = form.row(place.row)
    section = form.section_of(place.row)
    columns = columns_of(form, section)
    column = next(one for one in columns if one.key == place.column)
    if row is None or not is_derived(row, place.line, column):
        return None
    at = letters(form, columns)
    if column.months and not row.stock:
        return _sum([f"{at[month]}{rows[place.row, place.line]}" for month in column.months])
    own = [(number, line) for number, line in parts_of(form, row, filled) if (number, line) in rows]
    letter = at[column.key]
    if row.opens is not None and not form.children(row.number):
        lines = [line for number, line in rows if number == row.number and line]
        if not lines:
            return None
        first, last = rows[row.number, min(lines)], rows[row.number, max(lines)]
        return _sum([f"{letter}{first}:{letter}{last}"])
    return _sum([f"{letter}{rows[one]}" for one in own])


def same_formula(one: str, other: str) -> bool:
    """Whether two formulas are equal, ignoring how the spreadsheet program writes them."""
    return _bare(one) == _bare(other)


def _sum(cells: list[str]) -> str:
    joined = ",".join(cells)
    return f'=IF(COUNT({joined})=0,"-",SUM({joined}))'


def _bare(text: str) -> str:
    return re.sub(r"[\s$]|OF:|_XLFN\.", "", text.upper()).replace(";", ",")
