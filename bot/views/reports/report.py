"""Texts for reports: the findings and their places, the contents of a form."""

from collections.abc import Iterable, Mapping

from kernel.language import Language
from kernel.period import Period
from localisation.formats import month_names
from localisation.translations import Translations
from registry_data.report_forms import FormRecord
from reports.actions import OpenedReport
from reports.checks import Finding, Severity
from reports.columns import Column, Persons, column_of
from reports.filled import CellRef, FilledForm

SHOWN = 12  # findings per message; the report's window has all
TITLE_CHARACTERS = 90
_ROMAN = ("I", "II", "III", "IV")
_SIGNS: Mapping[Severity, str] = {Severity.FAULT: "❌", Severity.WARNING: "⚠️", Severity.NOTE: "ℹ️"}
_ORDER = tuple(Severity)


class ReportView:
    """Texts for one person's reports, in their language; plain text is escaped where it is used."""

    def __init__(self, texts: Translations, language: Language) -> None:
        self.texts = texts
        self.language = language

    def period(self, code: str) -> str:
        period = Period.of_code(code)
        return self._plain("period", year=period.year, quarter=_ROMAN[period.number - 1])

    def form(self, form: FormRecord, period: str) -> str:
        return f"{form.index} · {self.period(period)}"

    def column(self, form: FormRecord, place: CellRef, period: str) -> str:
        """The month or quarter, and the category of persons if they are counted separately."""
        column = column_of(form, place.row, place.column)
        if column is None:
            return place.column
        if column.head.startswith("m") and len(column.head) == 2:
            month = Period.of_code(period).first.month + int(column.head[1]) - 1
            name = month_names(self.language)[month - 1]
        elif column.head == "q":
            name = self._plain("quarter")
        else:
            name = self._head(form, column)
        return f"{name}, {self._persons(column.persons)}" if column.persons else name

    def row(self, form: FormRecord, filled: FilledForm, place: CellRef) -> str:
        """The number and title of the row, and of its line."""
        row = form.row(place.row)
        title = row.titles.in_language(self.language) if row is not None else ""
        line = self.line(filled, place)
        return f"{place.row}. {_short(title)}" + (f" – {line}" if line else "")

    def line(self, filled: FilledForm, place: CellRef) -> str:
        lines = filled.lines_of(place.row)
        if not 0 < place.line <= len(lines):
            return ""
        report_line = lines[place.line - 1]
        return report_line.title or report_line.service or report_line.provider or str(place.line)

    def finding(self, here: OpenedReport, finding: Finding) -> str:
        """One sentence with sheet and cell, or row and column if no sheet was sent."""
        sentence = str(self.texts.html(self.language, f"report.{finding.code}", **finding.data))
        return f"{_SIGNS[finding.severity]} {self._where(here, finding)}{sentence}"

    def findings(
        self, here: OpenedReport, findings: Iterable[Finding], most: int | None = SHOWN
    ) -> list[str]:
        """The first `most` findings, errors before warnings, and how many more there are."""
        ordered = sorted(findings, key=lambda finding: _ORDER.index(finding.severity))
        lines = [self.finding(here, finding) for finding in ordered[:most]]
        if len(ordered) > len(lines):
            lines.append(self._plain("more_findings", count=len(ordered) - len(lines)))
        return lines

    def _where(self, here: OpenedReport, finding: Finding) -> str:
        if finding.place is None and not finding.cell:
            return ""
        place_text = self.texts.html(
            self.language,
            "report.where",
            sheet=finding.sheet,
            cell=finding.cell,
            row=finding.place.row if finding.place else "",
            line=self.line(here.report.filled, finding.place) if finding.place else "",
            column=self.column(here.form, finding.place, here.report.subject.period) if finding.place else "",
        )
        return f"{place_text} "

    def _head(self, form: FormRecord, column: Column) -> str:
        found = next(head for head in form.columns if head.key == column.head)
        return found.titles.in_language(self.language)

    def _persons(self, persons: Persons) -> str:
        return self._plain(f"persons_{persons.value}")

    def _plain(self, key: str, **values: object) -> str:
        return self.texts.plain(self.language, f"report.{key}", **values)


def _short(title: str) -> str:
    return title if len(title) <= TITLE_CHARACTERS else f"{title[: TITLE_CHARACTERS - 1].rstrip()}…"
