"""Check a filled form cell by cell against the act's own rules. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from registry_data.report_forms import FormRecord, FormRow, PartsRule
from reports.columns import Column, columns_of
from reports.derived import is_derived, months_of, parts_of
from reports.figures import FormFigures, changed, lines_gone
from reports.filled import NOTHING, CellRef, FilledForm, is_number, number_of, places


class Severity(StrEnum):
    FAULT = "fault"
    WARNING = "warning"
    NOTE = "note"  # what was done with the sheet, nothing wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`code` and `data` make a sentence in the reader's language; `place` is None for the whole file.

    `sheet` and `cell` ("C17") locate it in the spreadsheet, if there is one.
    """

    code: str
    severity: Severity = Severity.FAULT
    place: CellRef | None = None
    sheet: str = ""
    cell: str = ""
    data: Mapping[str, str | int] = field(default_factory=dict)


def check(form: FormRecord, filled: FilledForm, figures: FormFigures | None = None) -> tuple[Finding, ...]:
    """All faults and warnings, per-cell ones first; `figures` are computed from the complaints."""
    found = [*_typed(form, filled), *_lines(form, filled)]
    bad = {one.place for one in found}
    sums = [*_quarters(form, filled), *_parts(form, filled)]
    found += [one for one in sums if one.place not in bad]
    if figures is not None:
        found += _computed(form, filled, figures)
    return tuple(found)


def faults(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(one for one in findings if one.severity is Severity.FAULT)


def _typed(form: FormRecord, filled: FilledForm) -> Iterator[Finding]:
    """No cell is empty, and each holds a whole number from 0 or the dash (annex 1 ¶31, annex 2 ¶30)."""
    for place in places(form, filled):
        text = filled.values.get(place, "")
        if not text:
            if not _follows(form, place):  # a derived cell is empty together with its parts
                yield Finding(code="cell_empty", place=place)
        elif text != NOTHING and not is_number(text):
            yield Finding(code="cell_not_whole", place=place, data={"typed": text})


def _follows(form: FormRecord, place: CellRef) -> bool:
    row = form.row(place.row)
    return row is not None and is_derived(row, place.line, _column(form, place))


def _lines(form: FormRecord, filled: FilledForm) -> Iterator[Finding]:
    for row, several in filled.lines.items():
        column = columns_of(form, form.section_of(row))[0].key
        keys = [one.key for one in several]
        for number, one in enumerate(several, start=1):
            place = CellRef(row=row, line=number, column=column)
            if not one.title and one.service is None and one.organisation is None:
                yield Finding(code="line_untitled", place=place)
            elif one.key in keys[: number - 1]:
                yield Finding(code="line_twice", place=place)


def _quarters(form: FormRecord, filled: FilledForm) -> Iterator[Finding]:
    for place in places(form, filled):
        row = form.row(place.row)
        column = _column(form, place)
        if row is None or row.stock or not column.months:
            continue
        numbers = [number_of(filled.values.get(month)) for month in months_of(place, column)]
        actual = number_of(filled.values.get(place))
        if actual is None or None in numbers:
            continue
        total = sum(number or 0 for number in numbers)
        if actual != total:
            yield Finding(code="quarter_differs", place=place, data={"stands": actual, "total": total})


def _parts(form: FormRecord, filled: FilledForm) -> Iterator[Finding]:
    for section in form.sections:
        for row in section.rows:
            for column in columns_of(form, section):
                yield from _compared(form, filled, row, column)


def _compared(form: FormRecord, filled: FilledForm, row: FormRow, column: Column) -> Iterator[Finding]:
    """A row against its children, and against its lines (a mismatch there is only a warning)."""
    place = CellRef(row=row.number, column=column.key)
    actual = number_of(filled.values.get(place))
    if actual is None:
        return
    if row.parts is not None:
        total = _sum(filled, column, parts_of(form, row, filled))
        if total is not None and total != actual:
            severity = Severity.FAULT if row.parts is PartsRule.FAULT else Severity.WARNING
            data: dict[str, str | int] = {"stands": actual, "total": total}
            yield Finding(code="parts_differ", severity=severity, place=place, data=data)
    lines = tuple((row.number, line) for line in range(1, len(filled.lines_of(row.number)) + 1))
    total = _sum(filled, column, lines) if form.children(row.number) or row.parts is None else None
    if lines and total is not None and total != actual:
        data = {"stands": actual, "total": total}
        yield Finding(code="lines_differ", severity=Severity.WARNING, place=place, data=data)


def _sum(filled: FilledForm, column: Column, parts: tuple[tuple[str, int], ...]) -> int | None:
    numbers = [
        number_of(filled.values.get(CellRef(row=row, line=line, column=column.key))) for row, line in parts
    ]
    return None if None in numbers or not numbers else sum(number or 0 for number in numbers)


def _computed(form: FormRecord, filled: FilledForm, figures: FormFigures) -> Iterator[Finding]:
    """A computed cell equals the computed figure, or its row gives a reason."""
    for place, right in changed(form, filled, figures):
        if not filled.reasons.get(f"{place.row}#{place.line}"):
            data: dict[str, str | int] = {"computed": right, "typed": filled.values[place]}
            yield Finding(code="computed_changed", place=place, data=data)
    for row, line in lines_gone(filled, figures):
        if not any(reason and key.partition("#")[0] == row for key, reason in filled.reasons.items()):
            place = CellRef(row=row, column=columns_of(form, form.section_of(row))[0].key)
            yield Finding(code="computed_line_gone", place=place, data={"service": line.service or NOTHING})


def _column(form: FormRecord, place: CellRef) -> Column:
    section = form.section_of(place.row)
    return next(one for one in columns_of(form, section) if one.key == place.column)
