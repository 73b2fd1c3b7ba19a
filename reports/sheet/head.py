"""The top of a form's sheet as the act prints it: corner, header, caption, column heads."""

from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from registry_data.report_forms import FormSection, Layout
from reports.columns import Persons, columns_of
from reports.sheet.plan import MONTH_LETTERS, letters, title_letter
from reports.sheet.style import HEAD, box, height_of, put
from reports.sheet.subject import SheetContent

WIDE = 118  # characters per line across the whole form


@dataclass(slots=True)
class Pen:
    """Cursor: the next row to write."""

    sheet: Worksheet
    last: str  # the letter of the form's last column
    row: int = 1

    def across(self, text: str, **style: object) -> None:
        """One line across the whole width."""
        put(self.sheet, f"A{self.row}", text, **style)
        self.sheet.merge_cells(f"A{self.row}:{self.last}{self.row}")
        self.sheet.row_dimensions[self.row].height = height_of(text, WIDE)
        self.row += 1


def write_top(pen: Pen, subject: SheetContent) -> None:
    """Everything above the table except the legend."""
    language = subject.language
    corner = subject.form.corner.in_language(language)
    first = "C" if subject.form.layout is Layout.LIST else "F"
    put(pen.sheet, f"{first}{pen.row}", corner, at="right")
    pen.sheet.merge_cells(f"{first}{pen.row}:{pen.last}{pen.row}")
    pen.sheet.row_dimensions[pen.row].height = height_of(corner, 40)
    pen.row += 1
    pen.across(subject.texts("form_mark"), at="right")
    for mark in subject.marks:
        pen.across(mark, italic=True, color="9C2F00", bold=True)
    for line in subject.form.header:
        pen.across(line.in_language(language).format(**subject.printed))
    pen.row += 1
    pen.across(subject.form.caption.in_language(language), bold=True, at="center")


def write_heads(pen: Pen, subject: SheetContent, section: FormSection) -> None:
    """Column heads: once per form, repeated where the columns change."""
    if subject.form.layout is Layout.LIST:
        _list_heads(pen, subject, section)
    else:
        _month_heads(pen, subject, section)


def _month_heads(pen: Pen, subject: SheetContent, section: FormSection) -> None:
    heads, language, top = subject.form.heads, subject.language, pen.row
    depth = 3
    for letter, name in (("A", "number"), ("B", "title")):
        put(pen.sheet, f"{letter}{top}", heads[name].in_language(language), at="center", fill=HEAD)
        pen.sheet.merge_cells(f"{letter}{top}:{letter}{top + depth - 1}")
    put(pen.sheet, f"C{top}", heads["months"].in_language(language), at="center", fill=HEAD)
    pen.sheet.merge_cells(f"C{top}:H{top}")
    put(pen.sheet, f"I{top}", heads["all"].in_language(language), at="center", fill=HEAD)
    pen.sheet.merge_cells(f"I{top}:J{top}")
    for place, column in enumerate(subject.form.columns):
        first, second = MONTH_LETTERS[place * 2 : place * 2 + 2]
        title = column.titles.in_language(language).replace("__", str(subject.period.number))
        put(pen.sheet, f"{first}{top + 1}", title, at="center", fill=HEAD)
        pen.sheet.merge_cells(f"{first}{top + 1}:{second}{top + 1}")
        _third_row(pen, subject, section, (place, top + 2))
    for row in range(top, top + depth):
        box(pen.sheet, row, "A", "J", HEAD)
    pen.sheet.row_dimensions[top + 1].height = 42
    pen.row += depth


def _third_row(pen: Pen, subject: SheetContent, section: FormSection, at: tuple[int, int]) -> None:
    """Types of person if the section is split, otherwise the column numbers, as printed."""
    place, row = at
    first, second = MONTH_LETTERS[place * 2 : place * 2 + 2]
    if not section.split:
        put(pen.sheet, f"{first}{row}", place + 1, at="center", fill=HEAD)
        pen.sheet.merge_cells(f"{first}{row}:{second}{row}")
        return
    for letter, persons in zip((first, second), Persons, strict=True):
        name = {Persons.NATURAL: "natural", Persons.LEGAL: "legal"}[persons]
        text = subject.form.heads[name].in_language(subject.language)
        put(pen.sheet, f"{letter}{row}", text, at="center", fill=HEAD, size=8)
    pen.sheet.row_dimensions[row].height = 24


def _list_heads(pen: Pen, subject: SheetContent, section: FormSection) -> None:
    heads, language = subject.form.heads, subject.language
    at = letters(subject.form, columns_of(subject.form, section))
    titles = {"A": heads["number"], "B": heads["provider"], title_letter(subject.form): heads["title"]}
    titles |= {at[column.key]: column.titles for column in subject.form.columns}
    for letter, text in titles.items():
        put(pen.sheet, f"{letter}{pen.row}", text.in_language(language), at="center", fill=HEAD)
    box(pen.sheet, pen.row, "A", pen.last, HEAD)
    pen.sheet.row_dimensions[pen.row].height = 110
    pen.row += 1
