"""The columns of a section: months and the quarter, split by type of person where the act does so. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from registry_data.report_forms import FormRecord, FormSection, Layout

QUARTER = "q"
MONTHS = ("m1", "m2", "m3")


class Persons(StrEnum):
    NATURAL = "n"
    LEGAL = "l"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`head` is the key of the form's column; `persons` is None if the column is not split."""

    head: str
    persons: Persons | None = None

    @property
    def key(self) -> str:
        return f"{self.head}{self.persons or ''}"

    @property
    def months(self) -> tuple[str, ...]:
        """The keys of the months that a quarter's column sums up; empty for other columns."""
        if self.head != QUARTER:
            return ()
        return tuple(f"{month}{self.persons or ''}" for month in MONTHS)


def columns_of(form: FormRecord, section: FormSection) -> tuple[Column, ...]:
    """From left to right."""
    if form.layout is Layout.MONTHS and section.split:
        return tuple(Column(head=head.key, persons=persons) for head in form.columns for persons in Persons)
    return tuple(Column(head=head.key) for head in form.columns)


def column_of(form: FormRecord, row: str, key: str) -> Column | None:
    """The column with that key in the row's section; None if there is no such row or column."""
    if form.row(row) is None:
        return None
    return next((one for one in columns_of(form, form.section_of(row)) if one.key == key), None)
