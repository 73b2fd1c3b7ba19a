"""The annual report (Order 193, annex 2): the year's figures under the model form's points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from registry_data.acts import Act
from registry_data.outlines import load_outline
from registry_data.paper_words import Words, load_words
from registry_data.report_forms import FormRecord
from registry_data.schema import Channel, Form, ServiceCard
from reports.filled import Filled
from reports.papers.model import Paper, Picture, Point, Table
from reports.papers.note import ROMAN, row_in, total_of
from reports.papers.outline import paper_of
from reports.sheet.subject import Names

SERVICES_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfComplaints:
    """What the complaints say of a year; `months` has received and late of each month, from January."""

    months: tuple[tuple[int, int], ...]
    services: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # slug: received, late
    sources: Mapping[str, int] = field(default_factory=dict)
    outcomes: Mapping[str, int] = field(default_factory=dict)
    restored: int = 0
    hearings: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """`quarters` are the forms handed in, by the quarter's number from 1, and the day of each."""

    year: int
    organisation: str
    form: FormRecord | None
    quarters: Mapping[int, tuple[Filled, date]]
    complaints: YearOfComplaints
    cards: Sequence[ServiceCard]
    on: date


def annual(one: Year, names: Names, acts: Mapping[str, Act]) -> Paper:
    """The report with tables, diagrams and sources; the rest is the organisation's to write."""
    words = load_words("paper", names.language)
    known = {
        "services": Point(title="", table=_services(one, words)),
        "openness": Point(title="", table=_figures(one, words, ("20", "21"))),
        "training": Point(title="", table=_figures(one, words, ("22",))),
        "complaints": _complaints(one, names, words),
        "internal": Point(title="", table=_figures(one, words, ("1", "2", "3", "7", "8", "9"))),
        "sources": Point(title="", lines=_sources(one, words), own=True),
    }
    lines = (
        (words("organisation"), names.organisation(one.organisation)),
        (words("period"), str(one.year)),
        (words("made_at"), f"{one.on:%d.%m.%Y}"),
    )
    return paper_of(load_outline("annual"), known, lines, names.language, acts)


def _services(one: Year, words: Words) -> Table:
    """The numbers that the model form's ¶1 2) lists: of the forms, and of the cards."""
    cards = one.cards
    of_registry = words("of_registry")
    counts = {
        "services_corporation": sum(Channel.GOV_CORPORATION in (card.channels or ()) for card in cards),
        "services_free": sum(card.fee == () for card in cards),
        "services_paid": sum(bool(card.fee) for card in cards),
        "services_paper": sum(Form.PAPER in (card.forms or ()) for card in cards),
        "services_electronic": sum(
            bool({Form.ELECTRONIC_FULL, Form.ELECTRONIC_PARTIAL} & set(card.forms or ())) for card in cards
        ),
    }
    rows = [(words("services_rendered"), str(_of_year(one, "12")))]
    rows += [(f"{words(key)} {of_registry}", str(count)) for key, count in counts.items()]
    acts = _stock(one, "11")
    if acts is not None:
        rows.append((words("services_acts"), str(acts)))
    return Table(head=(words("head_title"), words("head_number")), rows=tuple(rows))


def _figures(one: Year, words: Words, numbers: tuple[str, ...]) -> Table | None:
    if one.form is None:
        return None
    rows = []
    for number in numbers:
        here = row_in(one.form, number)
        row = one.form.row(here) if here else None
        if row is not None:
            title = row.titles.in_language(words.language).rstrip(":")
            rows.append((row.number, title, str(_of_year(one, number))))
    return Table(head=(words("head_row"), words("head_title"), words("head_year")), rows=tuple(rows))


def _of_year(one: Year, number: str) -> int:
    """The figure of a row of 1-мқ, added up over the quarters handed in."""
    here = row_in(one.form, number) if one.form is not None else None
    if one.form is None or here is None:
        return 0
    return sum(total_of(one.form, filled, here) for filled, _ in one.quarters.values())


def _stock(one: Year, number: str) -> int | None:
    """A stock as the last quarter handed in has it."""
    here = row_in(one.form, number) if one.form is not None else None
    if one.form is None or here is None or not one.quarters:
        return None
    return total_of(one.form, one.quarters[max(one.quarters)][0], here)


def _complaints(one: Year, names: Names, words: Words) -> Point:
    from reports.papers import plots  # noqa: PLC0415  matplotlib: the bot starts without it

    found = one.complaints
    received, late = (sum(month[place] for month in found.months) for place in (0, 1))
    lines = (
        words("received_all", received=received, late=late, restored=found.restored),
        words("hearings", count=found.hearings),
        *(f"{words(key)}: {count}" for key, count in found.outcomes.items()),
        words("annex"),
    )
    top = sorted(found.services.items(), key=lambda item: (-item[1][0], item[0]))
    rows = tuple((names.service(slug), str(counts[0]), str(counts[1])) for slug, counts in top)
    table = Table(head=(words("head_service"), words("head_received"), words("head_late")), rows=rows)
    if not received:
        return Point(title="", lines=lines, table=table, own=True)
    labels = [f"{month:02}" for month in range(1, 13)]
    by_month = plots.months(
        labels,
        [month[0] for month in found.months],
        [month[1] for month in found.months],
        (words("head_received"), words("head_late")),
    )
    sheet = load_words("sheet", names.language)
    by_source = plots.ranking([sheet(f"source_{key}") for key in found.sources], list(found.sources.values()))
    shown = top[:SERVICES_SHOWN]
    by_service = plots.ranking([names.service(slug) for slug, _ in shown], [counts[0] for _, counts in shown])
    pictures = (
        Picture(title=words("plot_months"), content=by_month),
        Picture(title=words("plot_sources"), content=by_source),
        Picture(title=words("plot_services"), content=by_service),
    )
    return Point(title="", lines=lines, table=table, pictures=pictures, own=True)


def _sources(one: Year, words: Words) -> tuple[str, ...]:
    """All that the figures came from (¶7 6)); a quarter that is missing is named."""
    found = [words("source_complaints", on=f"{one.on:%d.%m.%Y}"), words("source_registry")]
    missing = []
    if one.form is not None:
        for quarter in range(1, 5):
            period = f"{ROMAN[quarter - 1]} · {one.year}"
            if quarter in one.quarters:
                day = f"{one.quarters[quarter][1]:%d.%m.%Y}"
                found.append(words("source_form", form=one.form.index, period=period, on=day))
            else:
                missing.append(ROMAN[quarter - 1])
                found.append(words("source_form_missing", form=one.form.index, period=period))
    if missing:
        found.append(words("incomplete_year", missing=", ".join(missing)))
    return tuple(found)
