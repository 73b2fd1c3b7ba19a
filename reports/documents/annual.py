"""The annual report (Order 193, annex 2): the year's figures under the points of the model form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kernel.language import Language
from localisation.formats import numeric_day
from oversight.satisfaction.ratings import Ratings, RatingSubject
from registry_data.acts import Act
from registry_data.document_texts import DocumentTexts, load_document_texts
from registry_data.outlines import load_outline
from registry_data.report_forms import FormRecord
from reports.documents.model import DocumentPoint, DocumentTable, Plot, ReportDocument
from reports.documents.note import ROMAN, row_in, written_total
from reports.documents.outline import document_of
from reports.filled import NOTHING, FilledForm, number_of
from reports.sheet.subject import SheetNames

SERVICES_SHOWN = 10
QUARTERS = 4


OfSubjects = Mapping[RatingSubject, Ratings]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfRatings:
    """All of a year, and of the services and bodies that were rated often enough to be told apart."""

    every: OfSubjects = field(default_factory=dict)
    services: Mapping[str, OfSubjects] = field(default_factory=dict)
    bodies: Mapping[str, OfSubjects] = field(default_factory=dict)

    def of(self, subject: RatingSubject) -> Ratings:
        return self.every.get(subject, Ratings())

    @property
    def is_empty(self) -> bool:
        return not any(one.count for one in self.every.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfComplaints:
    """A year of complaints; `months` has (received, late) of each month, from January.

    `ratings`: what citizens gave to how complaints were handled, and to the services.
    """

    months: tuple[tuple[int, int], ...]
    services: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # slug: (received, late)
    sources: Mapping[str, int] = field(default_factory=dict)
    outcomes: Mapping[str, int] = field(default_factory=dict)
    restored: int = 0
    hearings: int = 0
    ratings: YearOfRatings = field(default_factory=YearOfRatings)

    @property
    def received(self) -> int:
        return sum(received for received, _ in self.months)

    @property
    def late(self) -> int:
        return sum(late for _, late in self.months)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldDiscussion:
    """A public discussion of a draft act that officials entered; `ended_on` None while it goes on."""

    subject: str
    placed_on: date
    ended_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """`quarters`: the forms handed in, by quarter number from 1, each with its day.

    `before`: the years before of which the journal holds every month. `scope`: whose figures these are.
    """

    year: int
    organisation: str
    form: FormRecord | None
    quarters: Mapping[int, tuple[FilledForm, date]]
    complaints: YearOfComplaints
    on: date
    before: Mapping[int, YearOfComplaints] = field(default_factory=dict)
    discussions: Sequence[HeldDiscussion] = ()
    scope: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether every quarter was handed in; the sum of fewer is no figure of the year."""
        return len(self.quarters) == QUARTERS


def annual(one: Year, names: SheetNames, acts: Mapping[str, Act]) -> ReportDocument:
    """The report with tables, plots and sources. What the product does not know is left to the organisation,
    never printed as a figure.
    """
    texts = load_document_texts("paper", names.language)
    known = {
        "services": DocumentPoint(title="", table=_services(one, texts)),
        "discussions": _discussions(one, texts),
        "openness": DocumentPoint(title="", table=_figures(one, texts, ("20", "21"))),
        "training": DocumentPoint(title="", table=_figures(one, texts, ("22",))),
        "complaints": _complaints(one, names, texts),
        "internal": DocumentPoint(title="", table=_figures(one, texts, ("1", "2", "3", "7", "8", "9"))),
        "prospects": _satisfaction(one, names, texts),
        "sources": DocumentPoint(title="", lines=_sources(one, texts), own=True),
    }
    lines = (
        (texts("organisation"), names.organisation(one.organisation)),
        (texts("period"), str(one.year)),
        *((texts("scope"), line) for line in (one.scope,) if line),
        (texts("made_at"), numeric_day(one.on)),
    )
    return document_of(load_outline("annual"), known, lines, names.language, acts)


def _services(one: Year, texts: DocumentTexts) -> DocumentTable:
    """The figures listed in ¶1 2) of the model form: from the forms handed in, the rest left to fill in."""
    rows = [(texts("services_rendered"), _of_year(one, "12") or texts("blank"))]
    left = ("corporation", "free", "paid", "paper", "electronic")
    rows += [(texts(f"services_{key}"), texts("blank")) for key in left]
    rows.append((texts("services_acts"), _stock(one, "11") or texts("blank")))
    return DocumentTable(head=(texts("head_title"), texts("head_number")), rows=tuple(rows))


def _discussions(one: Year, texts: DocumentTexts) -> DocumentPoint:
    """What officials entered; how many comments came and were taken, only they know."""
    if not one.discussions:
        return DocumentPoint(title="")
    keys = ("discussed", "placed", "ended", "comments", "accepted")
    rows = tuple(
        (
            held.subject,
            numeric_day(held.placed_on),
            numeric_day(held.ended_on) if held.ended_on is not None else texts("blank"),
            texts("blank"),
            texts("blank"),
        )
        for held in one.discussions
    )
    table = DocumentTable(head=tuple(texts(f"head_{key}") for key in keys), rows=rows)
    return DocumentPoint(title="", lines=(texts("discussions_held", count=len(rows)),), table=table)


def _satisfaction(one: Year, names: SheetNames, texts: DocumentTexts) -> DocumentPoint:
    """Ratings of how complaints were handled and of the services, named as such: they are no survey."""
    ratings = one.complaints.ratings
    if ratings.is_empty:
        return DocumentPoint(title="")
    both = tuple(RatingSubject)
    rows = [
        (str(number), *(str(ratings.of(subject).stars.get(number, 0)) for subject in both))
        for number in range(5, 0, -1)
    ]
    rows.append((texts("ratings_all"), *(str(ratings.of(subject).count) for subject in both)))
    parts = [(texts("ratings_all"), ratings.every)]
    parts += [(names.organisation(code), found) for code, found in ratings.bodies.items()]
    parts += [(names.service(slug), found) for slug, found in ratings.services.items()]
    lines = tuple(_rated(name, found, texts) for name, found in parts)
    table = DocumentTable(
        head=(texts("head_stars"), *(texts(f"head_ratings_{subject.value}") for subject in both)),
        rows=tuple(rows),
    )
    return DocumentPoint(title="", lines=(texts("ratings"), *lines), table=table)


def _rated(name: str, found: OfSubjects, texts: DocumentTexts) -> str:
    """What a service, a body or everything together was rated, subject by subject."""
    said = [
        texts(
            f"rated_{subject.value}",
            count=one.count,
            mean=_decimal(one.mean, texts),
            satisfied=one.satisfied,
            low=_decimal(100 * one.interval.low, texts),
            high=_decimal(100 * one.interval.high, texts),
        )
        for subject, one in found.items()
        if one.mean is not None
    ]
    return f"{name}: {'; '.join(said)}."


def _decimal(value: float, texts: DocumentTexts) -> str:
    written = f"{value:.1f}"
    return written if texts.language is Language.EN else written.replace(".", ",")


def _figures(one: Year, texts: DocumentTexts, numbers: tuple[str, ...]) -> DocumentTable | None:
    if one.form is None:
        return None
    rows = []
    for number in numbers:
        here = row_in(one.form, number)
        row = one.form.row(here) if here else None
        if row is not None:
            title = row.titles.in_language(texts.language).rstrip(":")
            rows.append((row.number, title, _of_year(one, number) or texts("blank")))
    return DocumentTable(head=(texts("head_row"), texts("head_title"), texts("head_year")), rows=tuple(rows))


def _of_year(one: Year, number: str) -> str | None:
    """A row of 1-мқ summed over the year, the dash for nothing; None unless every quarter is in."""
    here = row_in(one.form, number) if one.form is not None else None
    if one.form is None or here is None or not one.is_whole:
        return None
    quarters = [written_total(one.form, filled, here) for filled, _ in one.quarters.values()]
    if any(text is None for text in quarters):
        return None
    numbers = [number_of(text) or 0 for text in quarters]
    return NOTHING if all(text == NOTHING for text in quarters) else str(sum(numbers))


def _stock(one: Year, number: str) -> str | None:
    """A stock figure at the year's end: from the fourth quarter."""
    here = row_in(one.form, number) if one.form is not None else None
    if one.form is None or here is None or QUARTERS not in one.quarters:
        return None
    return written_total(one.form, one.quarters[QUARTERS][0], here)


def _complaints(one: Year, names: SheetNames, texts: DocumentTexts) -> DocumentPoint:
    from reports.documents import plots  # noqa: PLC0415  matplotlib: the bot starts without it

    found = one.complaints
    received, late = found.received, found.late
    lines = (
        texts("received_all", received=received, late=late, restored=found.restored),
        texts("hearings", count=found.hearings),
        *(f"{texts(key)}: {count}" for key, count in found.outcomes.items()),
        *_years(one, texts),
        texts("annex"),
    )
    top = sorted(found.services.items(), key=lambda item: (-item[1][0], item[0]))
    rows = tuple((names.service(slug), str(counts[0]), str(counts[1])) for slug, counts in top)
    table = DocumentTable(head=(texts("head_service"), texts("head_received"), texts("head_late")), rows=rows)
    if not received:
        return DocumentPoint(title="", lines=lines, table=table, own=True)
    labels = [f"{month:02}" for month in range(1, 13)]
    by_month = plots.months(
        labels,
        [month[0] for month in found.months],
        [month[1] for month in found.months],
        (texts("head_received"), texts("head_late")),
    )
    sheet = load_document_texts("sheet", names.language)
    by_source = plots.ranking([sheet(f"source_{key}") for key in found.sources], list(found.sources.values()))
    shown = top[:SERVICES_SHOWN]
    by_service = plots.ranking([names.service(slug) for slug, _ in shown], [counts[0] for _, counts in shown])
    pictures = (
        Plot(title=texts("plot_months"), content=by_month),
        Plot(title=texts("plot_sources"), content=by_source),
        Plot(title=texts("plot_services"), content=by_service),
    )
    return DocumentPoint(title="", lines=lines, table=table, pictures=pictures, own=True)


def _years(one: Year, texts: DocumentTexts) -> tuple[str, ...]:
    """The year beside those before it (¶7 2)), where the journal has them."""
    if not one.before:
        return ()
    years = sorted((*one.before.items(), (one.year, one.complaints)))
    return (
        texts("years"),
        *(
            texts(
                "of_one_year",
                year=year,
                received=found.received,
                late=found.late,
                restored=found.restored,
                hearings=found.hearings,
            )
            for year, found in years
        ),
    )


def _sources(one: Year, texts: DocumentTexts) -> tuple[str, ...]:
    """All sources of the figures (¶7 6))."""
    found = [texts("source_complaints", on=numeric_day(one.on))]
    for quarter, (_, day) in sorted(one.quarters.items()):
        assert one.form is not None
        period = f"{ROMAN[quarter - 1]} · {one.year}"
        found.append(texts("source_form", form=one.form.index, period=period, on=numeric_day(day)))
    if not one.complaints.ratings.is_empty:
        found.append(texts("source_ratings"))
    if one.discussions:
        found.append(texts("source_discussions"))
    return tuple(found)
