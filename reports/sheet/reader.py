"""Read a returned spreadsheet: what was typed, where, and what cannot be accepted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kernel.language import Language
from registry_data.report_forms import FormRecord, FormRow, RowBreakdown
from reports.checks import Finding, Severity
from reports.columns import columns_of
from reports.derived import with_rest_nothing
from reports.filled import MOST_REASON, MOST_TITLE, NOTHING, CellRef, FilledForm, FormLine, tidy
from reports.sheet.parsed import ParsedRow, ParsedSheet
from reports.sheet.plan import (
    KEY,
    MARK,
    ORIGINS,
    REASON,
    REST,
    KeyOfRow,
    formula,
    last_letter,
    letters,
    same_formula,
    title_letter,
)

_ENDS_ALL = frozenset({"row_missing", "row_twice"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedForm:
    """The form, organisation and period the sheet must have; `services`: slugs by name, in small letters."""

    form: FormRecord
    organisation: str
    period: str
    services: Mapping[str, str] = field(default_factory=dict)


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
        self.inserted: dict[tuple[str, int], int] = {}  # lines that somebody added, as numbered in the form
        self.above: FormRow | None = None  # the row of the form that was read last
        self.marks: set[str] = set()
        self.is_marked = any(row.text(KEY).startswith(MARK) for row in rows)
        keyed = [row.number for row in rows if KeyOfRow.read(row.text(KEY)) is not None]
        self.ends_at = max(keyed, default=0)

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
        if any(one.code in _ENDS_ALL for one in self.findings):
            return ReadForm(filled=None, findings=tuple(self.findings), sheet=self.sheet)
        filled = self._filled()
        self._check_formulas(filled)
        filled = self._with_the_rest(filled)
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
        if key is None or known is None or (key.line and (key.row, key.line) in self.at):
            self._without_place(row)
            return
        if (key.row, key.line) in self.at:
            self._find("row_twice", f"A{row.number}", row=key.row)
            return
        self.at[key.row, key.line] = row.number
        self.above = known
        if key.line == 0:
            number = 0
        elif (line := self._line(row, key, known)) is not None:
            number = self._add_line(key.row, line)
        else:
            return
        self.places[key.row, number] = (key.row, key.line)
        self._cells(row, known, number)
        if known.is_computed and (reason := row.text(REASON).strip()):
            self._take_reason(row, f"{known.number}#{number}", reason)

    def _without_place(self, row: ParsedRow) -> None:
        """A row that is not in the form: ours, empty, a line that somebody added, or a finding."""
        mark = row.text(KEY)
        is_ours = row.number <= 4 or mark == REST or (mark.startswith(MARK) and mark not in self.marks)
        self.marks.add(mark)
        if is_ours or not self.is_marked or not self._holds_something(row):
            return
        above = self.above
        takes_lines = above is not None and above.opens is not None and not above.is_computed
        if above is None or not takes_lines or row.number > self.ends_at + 1:
            first = next(letter for letter in self._letters() if row.text(letter).strip())
            self._find("row_inserted", f"{first}{row.number}")
            return
        line = self._line(row, KeyOfRow(row=above.number, line=0), above)
        number = self._add_line(above.number, line or FormLine())
        self.inserted[above.number, number] = row.number
        self._cells(row, above, number)

    def _holds_something(self, row: ParsedRow) -> bool:
        """Below the form only figures do: signatures and remarks are no data."""
        if row.number > self.ends_at + 1:
            return any(row.text(letter).strip().isdigit() for letter in self._letters()[2:])
        return any(row.text(letter).strip() for letter in self._letters())

    def _letters(self) -> str:
        return "ABCDEFGHIJ"[: ord(last_letter(self.form)) - ord("A") + 1]

    def _add_line(self, row: str, line: FormLine) -> int:
        self.lines.setdefault(row, []).append(line)
        return len(self.lines[row])

    def _take_reason(self, row: ParsedRow, key: str, reason: str) -> None:
        if row.cell(REASON)[1] in {"f", "e"}:
            self._find("cell_formula", f"{REASON}{row.number}")
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
        return FormLine(title=title, provider=provider, service=self.wanted.services.get(title.casefold()))

    def _title(self, row: ParsedRow, letter: str, known: FormRow) -> str:
        value, kind = row.cell(letter)
        text = "" if value is None else " ".join(str(value).split())
        if kind in {"f", "e"}:
            self._find("cell_formula", f"{letter}{row.number}")
            return text[:MOST_TITLE]
        hints = {known.opens_titles.in_language(one) for one in Language} if known.opens_titles else set()
        return "" if text in hints else text[:MOST_TITLE]

    def _cells(self, row: ParsedRow, known: FormRow, line: int) -> None:
        columns = letters(self.form, columns_of(self.form, self.form.section_of(known.number)))
        for key, letter in columns.items():
            place = CellRef(row=known.number, line=line, column=key)
            self.cells[place] = f"{letter}{row.number}"
            value, kind = row.cell(letter)
            if kind == "f":
                self.formulas[place] = str(value)
            elif value is not None:
                self.values[place] = _typed(value)
        first, last = min(columns.values()), last_letter(self.form)
        for letter in self._letters():
            if first < letter <= last and letter not in columns.values() and row.text(letter).strip():
                self._find("cell_stray", f"{letter}{row.number}")

    def _filled(self) -> FilledForm:
        return FilledForm(
            form=self.form.code,
            organisation=self.wanted.organisation,
            period=self.wanted.period,
            lines={row: tuple(several) for row, several in self.lines.items()},
            values={place: value for place, value in self.values.items() if value},
            reasons=self.reasons,
        )

    def _with_the_rest(self, filled: FilledForm) -> FilledForm:
        """The dash in every empty cell, where the sheet's own cell asks for it."""
        asked = any(row.text(KEY) == REST and tidy(row.text(ORIGINS)) == NOTHING for row in self.rows)
        if not asked:
            return filled
        done = with_rest_nothing(self.form, filled, left=self.formulas.keys())
        if count := len(done.values) - len(filled.values):
            self.findings.append(Finding(code="rest_filled", severity=Severity.NOTE, data={"count": count}))
        return done

    def _check_formulas(self, filled: FilledForm) -> None:
        """Recompute our own formulas; reject any other."""
        for place, text in self.formulas.items():
            ours = self._our_formula(filled, place)
            if ours is None or not same_formula(ours, text):
                cell = self.cells[place]
                self.findings.append(Finding(code="cell_formula", place=place, sheet=self.sheet, cell=cell))

    def _our_formula(self, filled: FilledForm, place: CellRef) -> str | None:
        """A total spans the lines that we wrote: a row inserted below them is added when it is derived."""
        if (added := self.inserted.get((place.row, place.line))) is not None:
            return formula(self.form, filled, {**self.at, (place.row, place.line): added}, place)
        number = self.places[place.row, place.line][1]
        return formula(self.form, filled, self.at, replace(place, line=number))

    def _find(self, code: str, cell: str, **data: str | int) -> None:
        self.findings.append(Finding(code=code, sheet=self.sheet, cell=cell, data=data))


def _typed(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return tidy(str(int(value)))
    return tidy(str(value))
