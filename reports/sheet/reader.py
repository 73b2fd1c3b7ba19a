"""Read a returned spreadsheet: what was typed, where, and what cannot be accepted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kernel.language import Language
from registry_data.report_forms import FillMode, FormRecord, FormRow, RowBreakdown
from reports.checks import Finding
from reports.columns import columns_of
from reports.filled import MOST_REASON, MOST_TITLE, CellRef, FilledForm, FormLine, tidy
from reports.sheet.parsed import ParsedRow, ParsedSheet
from reports.sheet.plan import KEY, REASON, KeyOfRow, formula, letters, same_formula, title_letter


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedForm:
    """The form, organisation and period the sheet must have."""

    form: FormRecord
    organisation: str
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadForm:
    """`filled` is None if the file is not a sheet of this form; `cells` maps each place to its sheet cell."""

    filled: FilledForm | None
    findings: tuple[Finding, ...] = ()
    sheet: str = ""
    cells: Mapping[CellRef, str] = field(default_factory=dict)

    def placed(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """The findings with their sheet and cell filled in."""
        return tuple(
            one if one.place is None or one.cell
            else replace(one, sheet=self.sheet, cell=self.cells.get(one.place, ""))
            for one in findings
        )  # fmt: skip


def read_form(parsed: ParsedSheet, wanted: ExpectedForm) -> ReadForm:
    """Never raises, whatever the file contained."""
    if parsed.finding is not None:
        return ReadForm(filled=None, findings=(parsed.finding,))
    return _SheetReading(wanted, parsed.title, parsed.rows).read()


class _SheetReading:
    """The state of reading one sheet."""

    def __init__(self, wanted: ExpectedForm, sheet: str, rows: tuple[ParsedRow, ...]) -> None:
        self.wanted, self.form, self.sheet, self.rows = wanted, wanted.form, sheet, rows
        self.findings: list[Finding] = []
        self.lines: dict[str, list[FormLine]] = {}
        self.values: dict[CellRef, str] = {}
        self.formulas: dict[CellRef, str] = {}
        self.reasons: dict[str, str] = {}
        self.cells: dict[CellRef, str] = {}
        self.at: dict[tuple[str, int], int] = {}  # numbered as in the sheet, spare lines included
        self.places: dict[tuple[str, int], tuple[str, int]] = {}  # the same without empty lines

    def read(self) -> ReadForm:
        mistaken = tuple(self._mistaken())
        if mistaken:
            return ReadForm(filled=None, findings=mistaken, sheet=self.sheet)
        for row in self.rows:
            self._row(row)
        self.findings += (
            Finding(code="row_missing", data={"row": row.number})
            for row in self.form.rows
            if (row.number, 0) not in self.at
        )
        if any(one.code in {"row_missing", "row_twice"} for one in self.findings):
            return ReadForm(filled=None, findings=tuple(self.findings), sheet=self.sheet)
        filled = self._filled()
        self._check_formulas(filled)
        return ReadForm(filled=filled, findings=tuple(self.findings), sheet=self.sheet, cells=self.cells)

    def _mistaken(self) -> Iterator[Finding]:
        """Another form, organisation or period than expected."""
        found = [row.text(KEY) for row in self.rows[1:4]]
        right = (self.form.code, self.wanted.organisation, self.wanted.period)
        for code, there, wanted in zip(("form", "organisation", "period"), found, right, strict=True):
            if there != wanted:
                yield Finding(code=f"wrong_{code}", data={"there": there[:64], "wanted": wanted})

    def _row(self, row: ParsedRow) -> None:
        key = KeyOfRow.read(row.text(KEY))
        known = self.form.row(key.row) if key is not None else None
        if key is None or known is None:
            return
        if (key.row, key.line) in self.at:
            self.findings.append(Finding(code="row_twice", data={"row": key.row}))
            return
        self.at[key.row, key.line] = row.number
        if key.line == 0:
            number = 0
        elif (line := self._line(row, key, known)) is not None:
            self.lines.setdefault(key.row, []).append(line)
            number = len(self.lines[key.row])
        else:
            return
        self.places[key.row, number] = (key.row, key.line)
        self._cells(row, known, number)
        if known.fill is FillMode.COMPLAINTS and (reason := row.text(REASON).strip()):
            self._take_reason(row, f"{known.number}#{number}", reason)

    def _take_reason(self, row: ParsedRow, key: str, reason: str) -> None:
        if row.cell(REASON)[1] in {"f", "e"}:
            cell = f"{REASON}{row.number}"
            self.findings.append(Finding(code="cell_formula", sheet=self.sheet, cell=cell))
        else:
            self.reasons[key] = reason[:MOST_REASON]

    def _line(self, row: ParsedRow, key: KeyOfRow, known: FormRow) -> FormLine | None:
        """The line in that row; None if left empty."""
        if known.opens is None:
            return None
        if key.service or key.organisation:
            return FormLine(service=key.service or None, organisation=key.organisation or None)
        letter = title_letter(self.form)
        title = self._title(row, letter, known)
        provider = self._title(row, "B", known) if known.opens is RowBreakdown.PROVIDER else ""
        columns = letters(self.form, columns_of(self.form, self.form.section_of(known.number)))
        typed = any(row.cell(at)[1] != "f" and row.text(at).strip() for at in columns.values())
        if not title and not provider and not typed:
            return None
        return FormLine(title=title, provider=provider)

    def _title(self, row: ParsedRow, letter: str, known: FormRow) -> str:
        value, kind = row.cell(letter)
        text = "" if value is None else str(value).strip()
        if kind in {"f", "e"}:
            self.findings.append(Finding(code="cell_formula", sheet=self.sheet, cell=f"{letter}{row.number}"))
            return text[:MOST_TITLE]
        hints = {known.opens_titles.in_language(one) for one in Language} if known.opens_titles else set()
        return "" if text in hints else text[:MOST_TITLE]

    def _cells(self, row: ParsedRow, known: FormRow, line: int) -> None:
        columns = columns_of(self.form, self.form.section_of(known.number))
        for key, letter in letters(self.form, columns).items():
            place = CellRef(row=known.number, line=line, column=key)
            self.cells[place] = f"{letter}{row.number}"
            value, kind = row.cell(letter)
            if kind == "f":
                self.formulas[place] = str(value)
            elif value is not None:
                self.values[place] = _typed(value)

    def _filled(self) -> FilledForm:
        return FilledForm(
            form=self.form.code,
            organisation=self.wanted.organisation,
            period=self.wanted.period,
            lines={row: tuple(several) for row, several in self.lines.items()},
            values={place: value for place, value in self.values.items() if value},
            reasons=self.reasons,
        )

    def _check_formulas(self, filled: FilledForm) -> None:
        """Recompute our own formulas; reject any other."""
        for place, text in self.formulas.items():
            of_sheet = self.places[place.row, place.line]
            there = CellRef(row=place.row, line=of_sheet[1], column=place.column)
            ours = formula(self.form, filled, self.at, there)
            if ours is None or not same_formula(ours, text):
                cell = self.cells[place]
                self.findings.append(Finding(code="cell_formula", place=place, sheet=self.sheet, cell=cell))


def _typed(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return tidy(str(int(value)))
    return tidy(str(value))
