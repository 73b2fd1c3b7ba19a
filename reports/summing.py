"""Sum the reports of many organisations, and list who is missing. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from registry_data.report_forms import FormRecord
from reports.columns import columns_of
from reports.filled import NOTHING, CellRef, FilledForm, FormLine, number_of
from reports.sources import NO_SOURCES, Sources

LineKey = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SummedForm:
    """`missing` have not handed in; the sum is complete if it is empty.

    `own`: the organisation's own part. `sources`: the reports of those below. `is_frozen`: as it was handed
    in; `changed` have another version in force since, or none.
    """

    filled: FilledForm
    counted: tuple[str, ...]
    missing: tuple[str, ...]
    own: FilledForm | None = None
    sources: Sources = NO_SOURCES
    is_frozen: bool = False
    changed: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        return not self.missing


def sum_up(
    form: FormRecord, into: FilledForm, reports: Mapping[str, FilledForm], wanted: Sequence[str]
) -> SummedForm:
    """Add the available reports of `wanted` to `into`, the organisation's own part.

    Stock rows are not added, since every organisation's registry has the same services: they stay as in
    `into`.
    """
    present = tuple(code for code in wanted if code in reports)
    parts = (into, *(reports[code] for code in present))
    lines = {row.number: _lines(row.number, parts) for row in form.rows if row.opens is not None}
    values = {place: text for place, text in into.values.items() if _is_stock(form, place)}
    for section in form.sections:
        columns = [column.key for column in columns_of(form, section)]
        for row in section.rows:
            if not row.stock:
                for number, key in enumerate((None, *lines.get(row.number, {}))):
                    for column in columns:
                        place = CellRef(row=row.number, line=number, column=column)
                        values[place] = _sum([_value(part, place, key) for part in parts])
    kept = {
        row: tuple(several.values()) if not _row_is_stock(form, row) else into.lines_of(row)
        for row, several in lines.items()
    }
    filled = FilledForm(
        form=into.form,
        organisation=into.organisation,
        period=into.period,
        lines={row: several for row, several in kept.items() if several},
        values={place: text for place, text in values.items() if text},
    )
    return SummedForm(
        filled=filled, counted=present, missing=tuple(code for code in wanted if code not in reports)
    )


def _lines(row: str, parts: Sequence[FilledForm]) -> dict[LineKey, FormLine]:
    found = {one.key: one for part in parts for one in part.lines_of(row)}
    return dict(sorted(found.items()))


def _value(part: FilledForm, place: CellRef, key: LineKey | None) -> str:
    if key is None:
        return part.values.get(place, "")
    for number, line in enumerate(part.lines_of(place.row), start=1):
        if line.key == key:
            return part.values.get(CellRef(row=place.row, line=number, column=place.column), "")
    return ""


def _sum(texts: Sequence[str]) -> str:
    """Empty if all are empty; the dash if nobody reports anything."""
    filled = [text for text in texts if number_of(text) is not None]
    if not filled:
        return ""
    if all(text == NOTHING for text in filled):
        return NOTHING
    return str(sum(number_of(text) or 0 for text in filled))


def _is_stock(form: FormRecord, place: CellRef) -> bool:
    return _row_is_stock(form, place.row)


def _row_is_stock(form: FormRecord, number: str) -> bool:
    row = form.row(number)
    return row is not None and row.stock
