"""Derived cells: the quarter from its months, a total from its parts. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from registry_data.report_forms import FillMode, FormRecord, FormRow
from reports.columns import Column, column_of, columns_of
from reports.filled import NOTHING, CellRef, FilledForm, number_of, places


def parts_of(form: FormRecord, row: FormRow, filled: FilledForm) -> tuple[tuple[str, int], ...]:
    """The rows and lines that `row` totals: its children, or else its own lines."""
    children = form.children(row.number)
    if children:
        return tuple((child.number, 0) for child in children)
    return tuple((row.number, line) for line in range(1, len(filled.lines_of(row.number)) + 1))


def completed(form: FormRecord, filled: FilledForm) -> FilledForm:
    """`filled` with every empty derived cell computed, if all its parts are there."""
    values = dict(filled.values)
    for section in form.sections:
        for column in columns_of(form, section):
            for row in section.rows:
                _complete(form, filled, values, (row, column))
    return FilledForm(
        form=filled.form,
        organisation=filled.organisation,
        period=filled.period,
        lines=filled.lines,
        values=values,
        reasons=filled.reasons,
    )


def is_derived(row: FormRow, line: int, column: Column) -> bool:
    """Whether the cell is filled by a formula rather than by hand."""
    if column.months and not row.stock:
        return True
    return line == 0 and row.fill is FillMode.SUM


def by_hand(form: FormRecord, place: CellRef) -> bool:
    """Whether the cell is filled by hand: neither computed from complaints nor derived."""
    row = form.row(place.row)
    column = column_of(form, place.row, place.column) if row is not None else None
    if row is None or column is None or row.is_computed:
        return False
    return not is_derived(row, place.line, column)


def with_rest_nothing(form: FormRecord, filled: FilledForm, left: Collection[CellRef] = ()) -> FilledForm:
    """`filled` with the dash in every empty cell that is filled by hand, but for those of `left`."""
    empty = [
        place
        for place in places(form, filled)
        if not filled.values.get(place) and place not in left and by_hand(form, place)
    ]
    return filled.with_values(dict.fromkeys(empty, NOTHING))


def sum_of(values: Mapping[CellRef, str], parts: Iterable[CellRef]) -> str | None:
    """The sum of the parts as written in a cell; None if one of them is not a number yet."""
    typed = [values.get(part) for part in parts]
    if any(number_of(text) is None for text in typed):
        return None
    if all(text == NOTHING for text in typed):
        return NOTHING
    return str(sum(number_of(text) or 0 for text in typed))


def months_of(place: CellRef, column: Column) -> tuple[CellRef, ...]:
    return tuple(CellRef(row=place.row, line=place.line, column=month) for month in column.months)


def _complete(
    form: FormRecord, filled: FilledForm, values: dict[CellRef, str], at: tuple[FormRow, Column]
) -> None:
    row, column = at
    for place in _lines_first(filled, row, column):
        if values.get(place) or not is_derived(row, place.line, column):
            continue
        if column.months and not row.stock:
            parts = months_of(place, column)
        else:
            parts = tuple(
                CellRef(row=number, line=line, column=column.key)
                for number, line in parts_of(form, row, filled)
            )
        total = sum_of(values, parts)
        if total is not None:
            values[place] = total


def _lines_first(filled: FilledForm, row: FormRow, column: Column) -> Iterator[CellRef]:
    count = len(filled.lines_of(row.number))
    for line in (*range(1, count + 1), 0):
        yield CellRef(row=row.number, line=line, column=column.key)
