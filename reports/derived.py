"""The cells that follow from others: the quarter from its months, a sum from its parts; pure."""

from collections.abc import Iterable, Iterator, Mapping

from registry_data.report_forms import Fill, FormRecord, FormRow
from reports.columns import Column, columns_of
from reports.filled import NOTHING, Filled, Place, number_of


def parts_of(form: FormRecord, row: FormRow, filled: Filled) -> tuple[tuple[str, int], ...]:
    """The rows and lines that `row` is the "all" of; without children its own lines."""
    children = form.children(row.number)
    if children:
        return tuple((child.number, 0) for child in children)
    return tuple((row.number, line) for line in range(1, len(filled.lines_of(row.number)) + 1))


def completed(form: FormRecord, filled: Filled) -> Filled:
    """`filled` with every derived cell that nobody typed and whose parts are there."""
    values = dict(filled.values)
    for section in form.sections:
        for column in columns_of(form, section):
            for row in section.rows:
                _complete(form, filled, values, (row, column))
    return Filled(
        form=filled.form,
        organisation=filled.organisation,
        period=filled.period,
        lines=filled.lines,
        values=values,
        reasons=filled.reasons,
    )


def is_derived(row: FormRow, line: int, column: Column) -> bool:
    """Whether a spreadsheet's formula, not a hand, fills the cell."""
    if column.months and not row.stock:
        return True
    return line == 0 and row.fill is Fill.SUM


def sum_of(values: Mapping[Place, str], parts: Iterable[Place]) -> str | None:
    """The parts' sum as a cell holds it; None where one of them is no number yet."""
    typed = [values.get(part) for part in parts]
    if any(number_of(text) is None for text in typed):
        return None
    if all(text == NOTHING for text in typed):
        return NOTHING
    return str(sum(number_of(text) or 0 for text in typed))


def months_of(place: Place, column: Column) -> tuple[Place, ...]:
    return tuple(Place(row=place.row, line=place.line, column=month) for month in column.months)


def _complete(form: FormRecord, filled: Filled, values: dict[Place, str], at: tuple[FormRow, Column]) -> None:
    row, column = at
    for place in _lines_first(filled, row, column):
        if values.get(place) or not is_derived(row, place.line, column):
            continue
        if column.months and not row.stock:
            parts = months_of(place, column)
        else:
            parts = tuple(
                Place(row=number, line=line, column=column.key)
                for number, line in parts_of(form, row, filled)
            )
        total = sum_of(values, parts)
        if total is not None:
            values[place] = total


def _lines_first(filled: Filled, row: FormRow, column: Column) -> Iterator[Place]:
    count = len(filled.lines_of(row.number))
    for line in (*range(1, count + 1), 0):
        yield Place(row=row.number, line=line, column=column.key)
