"""The content of a form's spreadsheet. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from kernel.language import Language
from kernel.period import Period
from registry_data.document_texts import DocumentTexts, load_document_texts
from registry_data.report_forms import FormRecord
from reports.figures import NO_SERVICE, FormFigures
from reports.filled import FilledForm, FormLine
from reports.sources import Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetNames:
    """The names of services by slug and of organisations by code, in one language."""

    language: Language
    services: Mapping[str, str] = field(default_factory=dict)
    organisations: Mapping[str, str] = field(default_factory=dict)

    def service(self, slug: str | None) -> str:
        if slug is None or slug == NO_SERVICE:
            return load_document_texts("sheet", self.language)("no_service")
        return self.services.get(slug, slug)

    def organisation(self, code: str) -> str:
        return self.organisations.get(code, code)

    def line(self, one: FormLine) -> str:
        """The title of a line: the service, and the provider if the line names one by code."""
        known = self.services.get(one.service or "")
        title = known or one.title or (self.service(one.service) if one.service else "")
        provider = self.organisation(one.organisation) if one.organisation else ""
        return " – ".join(part for part in (title, provider) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCase:
    """One complaint behind the computed cells, in values of complaints.facts; `rows` are the form's rows
    counting it.
    """

    number: str
    month: int
    registered_on: date
    service: str | None
    provider: str
    delivery: str
    source: str
    origin: str
    late: bool
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEvent:
    """One control event behind the computed cells of one month (1 to 3), and the rows that count it."""

    number: int
    month: int
    object: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCases:
    """The complaints on the second sheet, and their total number; the control events on a sheet of theirs."""

    shown: tuple[ListedCase, ...] = ()
    total: int = 0
    events: tuple[ListedEvent, ...] = ()


NO_CASES = ListedCases()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetContent:
    """A form with everything its sheet shows.

    `marks` are printed above the form; `is_final`: the sheet is no longer editable. `offered`: names of
    services to choose a line's title from. `own`: the organisation's own part of a sum, on a sheet of its
    own; `sources`: the reports that were added.
    """

    form: FormRecord
    filled: FilledForm
    figures: FormFigures
    names: SheetNames
    made_at: datetime
    cases: ListedCases = NO_CASES
    marks: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    own: FilledForm | None = None
    sources: Sources | None = None
    is_final: bool = False

    @property
    def language(self) -> Language:
        return self.names.language

    @property
    def texts(self) -> DocumentTexts:
        return load_document_texts("sheet", self.language)

    @property
    def period(self) -> Period:
        return Period.of_code(self.filled.period)

    @property
    def printed(self) -> dict[str, object]:
        """Values for the blanks in the act's printed lines."""
        return {
            "name": self.form.names.in_language(self.language),
            "year": self.period.year,
            "quarter": self.period.number,
            "organisation": self.names.organisation(self.filled.organisation),
        }
