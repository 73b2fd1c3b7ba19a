"""The annual report (Order 193, annex 2): the year's figures under the points of the model form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from localisation.formats import numeric_day
from registry_data.acts import Act
from registry_data.document_texts import DocumentTexts, load_document_texts
from registry_data.outlines import load_outline
from registry_data.report_forms import FormRecord
from registry_data.schema import ServiceCard, ServiceChannel, ServiceForm
from reports.documents.model import DocumentPoint, DocumentTable, Plot, ReportDocument
from reports.documents.note import ROMAN, row_in, total_of
from reports.documents.outline import document_of
from reports.filled import FilledForm
from reports.sheet.subject import SheetNames

SERVICES_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfComplaints:
    """A year of complaints; `months` has (received, late) of each month, from January."""

    months: tuple[tuple[int, int], ...]
    services: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # slug: (received, late)
    sources: Mapping[str, int] = field(default_factory=dict)
    outcomes: Mapping[str, int] = field(default_factory=dict)
    restored: int = 0
    hearings: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """`quarters`: the forms handed in, by quarter number from 1, each with its day."""

    year: int
    organisation: str
    form: FormRecord | None
    quarters: Mapping[int, tuple[FilledForm, date]]
    complaints: YearOfComplaints
    cards: Sequence[ServiceCard]
    on: date


def annual(one: Year, names: SheetNames, acts: Mapping[str, Act]) -> ReportDocument:
    """The report with tables, plots and sources; the organisation writes the rest."""
    texts = load_document_texts("paper", names.language)
    known = {
        "services": DocumentPoint(title="", table=_services(one, texts)),
        "openness": DocumentPoint(title="", table=_figures(one, texts, ("20", "21"))),
        "training": DocumentPoint(title="", table=_figures(one, texts, ("22",))),
        "complaints": _complaints(one, names, texts),
        "internal": DocumentPoint(title="", table=_figures(one, texts, ("1", "2", "3", "7", "8", "9"))),
        "sources": DocumentPoint(title="", lines=_sources(one, texts), own=True),
    }
    lines = (
        (texts("organisation"), names.organisation(one.organisation)),
        (texts("period"), str(one.year)),
        (texts("made_at"), numeric_day(one.on)),
    )
    return document_of(load_outline("annual"), known, lines, names.language, acts)


def _services(one: Year, texts: DocumentTexts) -> DocumentTable:
    """The figures listed in ¶1 2) of the model form, from the forms and the cards."""
    cards = one.cards
    of_registry = texts("of_registry")
    counts = {
        "services_corporation": sum(
            ServiceChannel.GOV_CORPORATION in (card.channels or ()) for card in cards
        ),
        "services_free": sum(card.fee == () for card in cards),
        "services_paid": sum(bool(card.fee) for card in cards),
        "services_paper": sum(ServiceForm.PAPER in (card.forms or ()) for card in cards),
        "services_electronic": sum(
            bool({ServiceForm.ELECTRONIC_FULL, ServiceForm.ELECTRONIC_PARTIAL} & set(card.forms or ()))
            for card in cards
        ),
    }
    rows = [(texts("services_rendered"), str(_of_year(one, "12")))]
    rows += [(f"{texts(key)} {of_registry}", str(count)) for key, count in counts.items()]
    acts = _stock(one, "11")
    if acts is not None:
        rows.append((texts("services_acts"), str(acts)))
    return DocumentTable(head=(texts("head_title"), texts("head_number")), rows=tuple(rows))


def _figures(one: Year, texts: DocumentTexts, numbers: tuple[str, ...]) -> DocumentTable | None:
    if one.form is None:
        return None
    rows = []
    for number in numbers:
        here = row_in(one.form, number)
        row = one.form.row(here) if here else None
        if row is not None:
            title = row.titles.in_language(texts.language).rstrip(":")
            rows.append((row.number, title, str(_of_year(one, number))))
    return DocumentTable(head=(texts("head_row"), texts("head_title"), texts("head_year")), rows=tuple(rows))


def _of_year(one: Year, number: str) -> int:
    """A row of 1-мқ summed over the quarters handed in."""
    here = row_in(one.form, number) if one.form is not None else None
    if one.form is None or here is None:
        return 0
    return sum(total_of(one.form, filled, here) for filled, _ in one.quarters.values())


def _stock(one: Year, number: str) -> int | None:
    """A stock figure from the last quarter handed in."""
    here = row_in(one.form, number) if one.form is not None else None
    if one.form is None or here is None or not one.quarters:
        return None
    return total_of(one.form, one.quarters[max(one.quarters)][0], here)


def _complaints(one: Year, names: SheetNames, texts: DocumentTexts) -> DocumentPoint:
    from reports.documents import plots  # noqa: PLC0415  matplotlib: the bot starts without it

    found = one.complaints
    received, late = (sum(month[place] for month in found.months) for place in (0, 1))
    lines = (
        texts("received_all", received=received, late=late, restored=found.restored),
        texts("hearings", count=found.hearings),
        *(f"{texts(key)}: {count}" for key, count in found.outcomes.items()),
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


def _sources(one: Year, texts: DocumentTexts) -> tuple[str, ...]:
    """All sources of the figures (¶7 6)); a missing quarter is named."""
    found = [texts("source_complaints", on=numeric_day(one.on)), texts("source_registry")]
    missing = []
    if one.form is not None:
        for quarter in range(1, 5):
            period = f"{ROMAN[quarter - 1]} · {one.year}"
            if quarter in one.quarters:
                day = numeric_day(one.quarters[quarter][1])
                found.append(texts("source_form", form=one.form.index, period=period, on=day))
            else:
                missing.append(ROMAN[quarter - 1])
                found.append(texts("source_form_missing", form=one.form.index, period=period))
    if missing:
        found.append(texts("incomplete_year", missing=", ".join(missing)))
    return tuple(found)
