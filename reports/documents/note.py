"""The analytic note to 1-мқ and 2-мқ: the form's figures under the points of the act."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from kernel.period import Period
from localisation.formats import numeric_day
from registry_data.acts import Act
from registry_data.document_texts import DocumentTexts, load_document_texts
from registry_data.outlines import load_outline
from registry_data.report_forms import FormRecord
from reports.columns import MONTHS, QUARTER, columns_of
from reports.derived import sum_of
from reports.documents.model import DocumentPoint, DocumentTable, Plot, ReportDocument
from reports.documents.outline import document_of
from reports.filled import CellRef, FilledForm, number_of
from reports.sheet.subject import SheetNames

ROMAN = ("I", "II", "III", "IV")

# Rows of 1-мқ. In 2-мқ there is no row 11, and every number from 12 on is one lower.
ROWS = {
    "events": ("1", "1.1", "1.2", "2", "2.1", "2.2", "2.3", "2.4"),
    "breaches": ("3", "3.1", "3.2", "3.6", "6", "14", "15"),
    "penalties": ("7", "7.1", "7.2", "7.3", "7.4", "7.5", "7.6", "8", "8.1", "8.2", "8.3"),
    "proposals": ("9", "9.1", "9.2"),
    "acts": ("10", "10.1", "11"),
    "refusals": ("13", "13.1", "13.2"),
    "violations": ("3", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8", "3.9", "3.10"),
    "late_complaints": ("16", "18", "18.1", "18.2", "18.3"),
    "restored": ("4", "5", "19"),
    "explanatory": ("20", "21"),
    "training": ("22",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteHead:
    """When the note was drawn up; `scope`: whose figures it holds, where reports of others are added.

    `events`: what the organisation's own control events held, in lines, by the note's point.
    """

    on: date
    scope: str = ""
    events: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def note(
    form: FormRecord, filled: FilledForm, names: SheetNames, acts: Mapping[str, Act], head: NoteHead
) -> ReportDocument:
    """The note with figures and plots; the organisation adds causes, measures and names of acts."""
    texts = load_document_texts("paper", names.language)
    known = {
        key: DocumentPoint(title="", lines=head.events.get(key, ()), table=_table(form, filled, rows, texts))
        for key, rows in ROWS.items()
    }
    known["late_complaints"] = DocumentPoint(
        title="",
        table=known["late_complaints"].table,
        pictures=_pictures(form, filled, texts),
    )
    period = Period.of_code(filled.period)
    lines = (
        (texts("organisation"), names.organisation(filled.organisation)),
        (texts("period"), f"{form.index}, {ROMAN[period.number - 1]} · {period.year}"),
        (texts("made_at"), numeric_day(head.on)),
        *((texts("scope"), line) for line in (head.scope,) if line),
    )
    signed = {"organisation": names.organisation(filled.organisation)}
    signatures = tuple(line.in_language(names.language).format(**signed) for line in form.signatures)
    built = document_of(load_outline(f"note-{form.code}"), known, lines, names.language, acts)
    return replace(built, signatures=signatures)


def row_in(form: FormRecord, number: str) -> str | None:
    """The number of 1-мқ's row `number` in this form; None if the form has no such row."""
    if form.code == "1-mq":
        return number
    head, _, tail = number.partition(".")
    if head == "11":
        return None
    if int(head) > 11:
        head = str(int(head) - 1)
    return f"{head}.{tail}" if tail else head


def total_of(form: FormRecord, filled: FilledForm, row: str, head: str = QUARTER) -> int:
    """The figure of a row, all persons together."""
    section = form.section_of(row)
    keys = [column.key for column in columns_of(form, section) if column.head == head]
    return sum(number_of(filled.values.get(CellRef(row=row, column=key))) or 0 for key in keys)


def written_total(form: FormRecord, filled: FilledForm, row: str) -> str | None:
    """The quarter's figure as the form has it: the dash stays the dash; None while a cell is empty."""
    keys = [column.key for column in columns_of(form, form.section_of(row)) if column.head == QUARTER]
    return sum_of(filled.values, [CellRef(row=row, column=key) for key in keys])


def _table(
    form: FormRecord, filled: FilledForm, numbers: tuple[str, ...], texts: DocumentTexts
) -> DocumentTable:
    rows = []
    for number in numbers:
        here = row_in(form, number)
        row = form.row(here) if here is not None else None
        if row is not None:
            figure = written_total(form, filled, row.number) or texts("blank")
            rows.append((row.number, row.titles.in_language(texts.language).rstrip(":"), figure))
    head = (texts("head_row"), texts("head_title"), texts("head_quarter"))
    return DocumentTable(head=head, rows=tuple(rows))


def _pictures(form: FormRecord, filled: FilledForm, texts: DocumentTexts) -> tuple[Plot, ...]:
    from reports.documents import plots  # noqa: PLC0415  matplotlib: the bot starts without it

    received, late, sources = (row_in(form, number) for number in ("16", "18", "17"))
    assert received is not None
    assert late is not None
    assert sources is not None
    if total_of(form, filled, received) == 0:
        return ()
    first = Period.of_code(filled.period).first.month
    labels = [f"{first + place:02}" for place in range(3)]
    by_month = plots.months(
        labels,
        [total_of(form, filled, received, month) for month in MONTHS],
        [total_of(form, filled, late, month) for month in MONTHS],
        (texts("head_received"), texts("head_late")),
    )
    children = form.children(sources)
    by_source = plots.ranking(
        [row.titles.in_language(texts.language) for row in children],
        [total_of(form, filled, row.number) for row in children],
    )
    return (
        Plot(title=texts("plot_months"), content=by_month),
        Plot(title=texts("plot_sources"), content=by_source),
    )
