"""What is written on a form's spreadsheet; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from registry_data.paper_words import Words, load_words
from registry_data.report_forms import FormRecord
from registry_data.schema import Language
from reminders.periods import Period
from reports.figures import NO_SERVICE, Figures
from reports.filled import Filled, Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The names of services by slug and of organisations by code, in one language."""

    language: Language
    services: Mapping[str, str] = field(default_factory=dict)
    organisations: Mapping[str, str] = field(default_factory=dict)

    def service(self, slug: str | None) -> str:
        if slug is None or slug == NO_SERVICE:
            return load_words("sheet", self.language)("no_service")
        return self.services.get(slug, slug)

    def organisation(self, code: str) -> str:
        return self.organisations.get(code, code)

    def line(self, one: Line) -> str:
        """The title of a line: the service, and the provider where the line names one by its code."""
        title = one.title or (self.service(one.service) if one.service else "")
        provider = self.organisation(one.organisation) if one.organisation else ""
        return " – ".join(part for part in (title, provider) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One complaint behind the computed cells, by words of complaints.facts; `rows` of the form count it."""

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
class Cases:
    """The complaints that the second sheet lists, and how many there are in all."""

    shown: tuple[Case, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A form with all that its sheet shows.

    `marks` stand above the form; `is_final`: nothing is typed any more.
    """

    form: FormRecord
    filled: Filled
    figures: Figures
    names: Names
    made_at: datetime
    cases: Cases = Cases()
    marks: tuple[str, ...] = ()
    is_final: bool = False

    @property
    def language(self) -> Language:
        return self.names.language

    @property
    def words(self) -> Words:
        return load_words("sheet", self.language)

    @property
    def period(self) -> Period:
        return Period.of_code(self.filled.period)

    @property
    def printed(self) -> dict[str, object]:
        """What is put into the lines that the act prints with blanks."""
        return {
            "name": self.form.names.in_language(self.language),
            "year": self.period.year,
            "quarter": self.period.number,
            "organisation": self.names.organisation(self.filled.organisation),
        }
