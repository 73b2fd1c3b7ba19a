"""The rows of a form's sheet: typed cells unlocked and coloured, formulas and computed cells distinct."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from registry_data.report_forms import FormRow, FormSection, Layout, PartsRule, RowBreakdown
from reports.columns import MONTHS, Column, columns_of
from reports.derived import parts_of, sum_of
from reports.filled import CellRef, FormLine, is_number
from reports.sheet import style
from reports.sheet.head import Pen
from reports.sheet.plan import (
    KEY,
    ORIGINS,
    REASON,
    SERVICES,
    KeyOfRow,
    formula,
    key_of,
    letters,
    title_letter,
)
from reports.sheet.style import as_text, box, height_of, put
from reports.sheet.subject import SheetContent

SPARE_LINES = 3  # empty lines after the existing ones, in rows filled by hand
TITLE_LETTERS = 52  # characters per line in the title column, also where the font is a wider one


@dataclass(slots=True)
class SheetTable:
    """The rows written so far, by the form's row and line."""

    pen: Pen
    subject: SheetContent
    rows: dict[tuple[str, int], int] = field(default_factory=dict)
    validated: list[str] = field(default_factory=list)
    titled: list[str] = field(default_factory=list)

    def write_section(self, section: FormSection) -> None:
        for row in section.rows:
            self._head(row, section)
            for number, line in enumerate(self._lines(row), start=1):
                self._line(row, section, number, line)

    def write_values(self) -> None:
        """Write values last: formulas refer to rows, so all rows must be placed."""
        for section in self.subject.form.sections:
            columns = columns_of(self.subject.form, section)
            for row in section.rows:
                for number in [line for name, line in self.rows if name == row.number]:
                    for column in columns:
                        self._cell(row, CellRef(row=row.number, line=number, column=column.key), column)
                    self._origins(row, number)
        self._validate()

    def _lines(self, row: FormRow) -> Iterator[FormLine]:
        yield from self.subject.filled.lines_of(row.number)
        if row.opens is not None and not row.is_computed and not self.subject.is_final:
            yield from (FormLine() for _ in range(SPARE_LINES))

    def _head(self, row: FormRow, section: FormSection) -> None:
        title = row.titles.in_language(self.subject.language)
        self._row(section, key_of(row.number, 0), f"{row.number}.", title)
        if row.is_computed:
            self._reason(f"{row.number}#0")

    def _line(self, row: FormRow, section: FormSection, number: int, line: FormLine) -> None:
        """A line of a row; an empty one shows the act's hint for its title."""
        hint = row.opens_titles.in_language(self.subject.language) if row.opens_titles else ""
        is_first_spare = number == len(self.subject.filled.lines_of(row.number)) + 1
        title = self.subject.names.line(line) or (hint if is_first_spare else "")
        at = self.pen.row
        typed = not row.is_computed and not self.subject.is_final
        self._row(section, key_of(row.number, number, None if typed else line), "", title)
        cell = self.pen.sheet[f"{title_letter(self.subject.form)}{at}"]
        if typed:
            self.titled.append(cell.coordinate)
            cell.protection, cell.fill = style.OPEN, style.INPUT
            cell.comment = _note(hint)
            if title == hint:  # the act's hint, to be overwritten
                cell.font = style.HINT
        if row.opens is RowBreakdown.PROVIDER:
            provider = self.pen.sheet[f"B{at}"]
            if line.provider:
                as_text(provider, line.provider)
            if typed:
                provider.protection, provider.fill = style.OPEN, style.INPUT
        if row.is_computed:
            self._reason(f"{row.number}#{number}")

    def _row(self, section: FormSection, key: KeyOfRow, number: str, title: str) -> None:
        pen, form = self.pen, self.subject.form
        self.rows[key.row, key.line] = pen.row
        put(pen.sheet, f"A{pen.row}", number, at="center")
        as_text(put(pen.sheet, f"{title_letter(form)}{pen.row}", "", italic=key.line > 0), title)
        if form.layout is Layout.LIST and key.line == 0:
            pen.sheet.merge_cells(f"B{pen.row}:C{pen.row}")
            as_text(put(pen.sheet, f"B{pen.row}", ""), title)
        elif form.layout is Layout.LIST:
            put(pen.sheet, f"B{pen.row}", None, italic=True)
        box(pen.sheet, pen.row, "A", pen.last)
        pen.sheet[f"{KEY}{pen.row}"] = str(key)
        letters_a_line = TITLE_LETTERS if form.layout is Layout.MONTHS else 31
        pen.sheet.row_dimensions[pen.row].height = height_of(title, letters_a_line)
        if form.layout is Layout.MONTHS and not section.split:
            for first, second in ("CD", "EF", "GH", "IJ"):
                pen.sheet.merge_cells(f"{first}{pen.row}:{second}{pen.row}")
        pen.row += 1

    def _cell(self, row: FormRow, place: CellRef, column: Column) -> None:
        subject, at = self.subject, self.rows[place.row, place.line]
        section = subject.form.section_of(row.number)
        letter = letters(subject.form, columns_of(subject.form, section))[column.key]
        summed = formula(subject.form, subject.filled, self.rows, place)
        typed = subject.filled.values.get(place, "")
        actual: object = int(typed) if is_number(typed) else typed or None
        may_differ = _may_differ(row, place, column)
        is_open = not subject.is_final and (summed is None or may_differ)
        fill = _fill(row, summed, is_open=is_open)
        if subject.is_final or (may_differ and typed and typed != self._total(row, place)):
            summed = None  # the number typed over the formula stays
        cell = put(
            self.pen.sheet,
            f"{letter}{at}",
            summed or actual,
            at="center",
            fill=fill,
            box=True,
            is_open=is_open,
        )
        if isinstance(cell.value, str) and not summed:
            as_text(cell, cell.value)
        if is_open:
            self.validated.append(f"{letter}{at}")
        if row.is_computed and (count := subject.figures.count(subject.filled, place)).total:
            about = "comment" if row.events is None else "comment_events"
            cell.comment = _note(subject.texts(about, bot=count.bot, officials=count.officials))

    def _total(self, row: FormRow, place: CellRef) -> str | None:
        """What the row's parts come to; None while one of them is empty."""
        filled = self.subject.filled
        parts = parts_of(self.subject.form, row, filled)
        return sum_of(
            filled.values, [CellRef(row=one, line=line, column=place.column) for one, line in parts]
        )

    def _origins(self, row: FormRow, line: int) -> None:
        """Next to a computed row: complaints received through the bot and entered by officials, per month."""
        if row.counts is None:
            return
        subject = self.subject
        counts = [
            subject.figures.count(subject.filled, CellRef(row=row.number, line=line, column=month))
            for month in MONTHS
        ]
        if any(count.total for count in counts):
            text = " | ".join(f"{count.bot}+{count.officials}" for count in counts)
            put(self.pen.sheet, f"{ORIGINS}{self.rows[row.number, line]}", text, at="center", color="666666")

    def _reason(self, key: str) -> None:
        at = f"{REASON}{self.pen.row - 1}"
        reason = self.subject.filled.reasons.get(key, "")
        cell = put(self.pen.sheet, at, None, fill=style.INPUT, box=True, is_open=not self.subject.is_final)
        if reason:
            as_text(cell, reason)

    def _validate(self) -> None:
        """Reject invalid input in the spreadsheet itself. One rule per cell: range rules shift when rows are
        inserted.
        """
        texts = self.subject.texts
        for cell in self.validated:
            rule = DataValidation(
                type="custom",
                formula1=f'OR({cell}="-",AND(ISNUMBER({cell}),{cell}>=0,{cell}=INT({cell})))',
                allow_blank=True,
                showErrorMessage=True,
                errorTitle=texts("bad_value_title"),
                error=texts("bad_value"),
            )
            rule.add(cell)
            self.pen.sheet.add_data_validation(rule)
        if self.titled and self.subject.offered:
            self._offer_services()

    def _offer_services(self) -> None:
        """A title is chosen from the list, or typed: the registry need not have the service."""
        names = f"{SERVICES}!$A$1:$A${len(self.subject.offered)}"
        rule = DataValidation(type="list", formula1=names, allow_blank=True, showErrorMessage=False)
        for cell in self.titled:
            rule.add(cell)
        self.pen.sheet.add_data_validation(rule)


def _may_differ(row: FormRow, place: CellRef, column: Column) -> bool:
    """Whether a number may replace the formula: where a difference is only a warning."""
    return place.line == 0 and row.parts is PartsRule.WARNING and not column.months and row.opens is None


def _fill(row: FormRow, summed: str | None, *, is_open: bool) -> PatternFill:
    if row.is_computed and summed is None:
        return style.COMPUTED
    if summed is None:
        return style.INPUT
    return style.SUM_OPEN if is_open else style.SUM


def _note(text: str) -> Comment:
    comment = Comment(text, "qyzmet")
    comment.width, comment.height = 260, 60
    return comment
