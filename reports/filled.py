"""A form as filled: what was typed, cell by cell, valid or not. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from registry_data.report_forms import FormRecord
from reports.columns import columns_of

NOTHING = "-"  # what the act requires for "no data" (annex 1 ¶31, annex 2 ¶30)
MOST_DIGITS = 9
MOST_TYPED, MOST_TITLE, MOST_REASON = 64, 400, 300
_DASHES = {"-", "–", "—", "−"}
_NUMBER = re.compile(rf"\d{{1,{MOST_DIGITS}}}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRef:
    """One cell; `line` 0 is the row itself, lines count from 1."""

    row: str
    line: int = 0
    column: str

    def __str__(self) -> str:
        return f"{self.row}#{self.line}#{self.column}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Parse what `str` wrote. Raises ValueError."""
        row, line, column = text.split("#")
        return cls(row=row, line=int(line), column=column)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLine:
    """A breakdown line of a row: a service of the registry, or a typed title.

    `organisation` is a provider's code, `provider` a typed name.
    """

    title: str = ""
    service: str | None = None
    organisation: str | None = None
    provider: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Identifies the same line in two reports."""
        return (self.service or self.title.casefold(), self.organisation or self.provider.casefold())


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledForm:
    """`values`: what was typed. `reasons`: why a computed row was changed, by row and line ("16.1#0")."""

    form: str
    organisation: str
    period: str
    lines: Mapping[str, tuple[FormLine, ...]] = field(default_factory=dict)
    values: Mapping[CellRef, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)

    def lines_of(self, row: str) -> tuple[FormLine, ...]:
        return self.lines.get(row, ())

    def with_values(self, values: Mapping[CellRef, str]) -> "FilledForm":
        return replace(self, values={**self.values, **values})

    def document(self) -> dict[str, Any]:
        """As stored in JSON."""
        lines = {
            row: [
                {
                    "title": one.title,
                    "service": one.service,
                    "organisation": one.organisation,
                    "provider": one.provider,
                }
                for one in several
            ]
            for row, several in self.lines.items()
        }
        values = {str(place): value for place, value in self.values.items()}
        return {"lines": lines, "values": values, "reasons": dict(self.reasons)}

    @classmethod
    def of_document(cls, document: Mapping[str, Any], form: str, organisation: str, period: str) -> Self:
        return cls(
            form=form,
            organisation=organisation,
            period=period,
            lines={
                row: tuple(FormLine(**one) for one in several) for row, several in document["lines"].items()
            },
            values={CellRef.read(place): value for place, value in document["values"].items()},
            reasons=document["reasons"],
        )


def places(form: FormRecord, filled: FilledForm) -> Iterator[CellRef]:
    """Every cell of the form and its lines, from the top left."""
    for section in form.sections:
        columns = columns_of(form, section)
        for row in section.rows:
            for line in range(len(filled.lines_of(row.number)) + 1):
                for column in columns:
                    yield CellRef(row=row.number, line=line, column=column.key)


def tidy(text: str) -> str:
    """The typed text with dashes unified and surrounding space stripped."""
    text = text.strip()[:MOST_TYPED]
    return NOTHING if text in _DASHES else text


def is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None


def number_of(text: str | None) -> int | None:
    """The whole number in a cell, 0 for the dash; None if the cell is empty or holds anything else."""
    if text == NOTHING:
        return 0
    return int(text) if text is not None and is_number(text) else None


def written(number: int) -> str:
    """A number as written in a cell: the dash for 0."""
    return str(number) if number else NOTHING
