"""Figures computed from complaints and control events: counts mapped to the form's rows. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from oversight.control.counts import ControlCount, is_in
from registry_data.report_forms import CountedMeasure, Counts, FormRecord, FormRow
from reports.columns import MONTHS, QUARTER
from reports.filled import CellRef, FilledForm, FormLine, number_of, written

LineKey = tuple[str, str]
Cell = tuple[str, LineKey | None, str]
NO_SERVICE = "no-service"  # the line for complaints that name no service


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintCount:
    """`number` complaints of one `month` of the quarter (1 to 3), alike in everything else.

    `delivery`, `source` and `origin` are values of complaints.facts, `service` a slug, `provider` a code.
    """

    what: CountedMeasure
    month: int
    delivery: str
    source: str
    service: str | None
    provider: str
    by_bot: bool
    number: int


@dataclass(frozen=True, slots=True)
class OriginCount:
    """Complaints received through the bot, and entered by officials, as control events always are."""

    bot: int = 0
    officials: int = 0

    def __add__(self, other: "OriginCount") -> "OriginCount":
        return OriginCount(self.bot + other.bot, self.officials + other.officials)

    @property
    def total(self) -> int:
        return self.bot + self.officials


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFigures:
    """Counts by row, line and month; the row itself has no line. A missing cell means 0."""

    cells: Mapping[Cell, OriginCount] = field(default_factory=dict)
    lines: Mapping[str, tuple[FormLine, ...]] = field(default_factory=dict)

    def count(self, filled: FilledForm, place: CellRef) -> OriginCount:
        """The complaints counted for that cell of `filled`."""
        key = filled.lines_of(place.row)[place.line - 1].key if place.line else None
        return self.cells.get((place.row, key, place.column), OriginCount())

    def document(self) -> list[list[object]]:
        """As stored in JSON."""
        return [
            [row, list(key) if key else None, column, count.bot, count.officials]
            for (row, key, column), count in sorted(self.cells.items(), key=str)
        ]

    @classmethod
    def of_document(cls, document: Iterable[list[object]]) -> "FormFigures":
        cells = {}
        for row, key, column, bot, officials in document:
            line = tuple(map(str, key)) if isinstance(key, list) else None
            cells[str(row), line, str(column)] = OriginCount(int(str(bot)), int(str(officials)))
        lines: dict[str, dict[LineKey, FormLine]] = {}
        for row, key, _ in cells:
            if key is not None:
                service, organisation = key
                line_of_key = FormLine(service=service, organisation=organisation or None)
                lines.setdefault(row, {})[service, organisation] = line_of_key
        ordered = {row: tuple(several[key] for key in sorted(several)) for row, several in lines.items()}
        return cls(cells=cells, lines=ordered)  # type: ignore[arg-type]  # a line's key has two parts


def figures_of(
    form: FormRecord, counted: Iterable[ComplaintCount], control: Iterable[ControlCount] = ()
) -> FormFigures:
    """Every computed cell of the form, months and quarter, with a line for each service complained about."""
    cells: defaultdict[Cell, list[int]] = defaultdict(lambda: [0, 0])
    _count_events(form, control, cells)
    lines: defaultdict[str, dict[LineKey, FormLine]] = defaultdict(dict)
    rows = {
        what: [row for row in form.rows if row.counts and row.counts.what is what] for what in CountedMeasure
    }
    for one in counted:
        origin, month = int(not one.by_bot), MONTHS[one.month - 1]
        for row in rows[one.what]:
            if row.counts is None or not _belongs(row.counts, one):
                continue
            keys: tuple[LineKey | None, ...] = (None,)
            if row.opens is not None:
                line = _line(row, one)
                lines[row.number].setdefault(line.key, line)
                keys = (None, line.key)
            for key in keys:
                cells[row.number, key, month][origin] += one.number
                cells[row.number, key, QUARTER][origin] += one.number
    ordered = {row: tuple(several[key] for key in sorted(several)) for row, several in lines.items()}
    return FormFigures(
        cells={cell: OriginCount(bot, officials) for cell, (bot, officials) in cells.items()}, lines=ordered
    )


def _count_events(form: FormRecord, control: Iterable[ControlCount], cells: dict[Cell, list[int]]) -> None:
    """A computed row on events has its cells, be they 0: a draft follows once the body records results."""
    rows = [row for row in form.rows if row.is_computed and row.events is not None]
    for row in rows:
        for column in (*MONTHS, QUARTER):
            cells[row.number, None, column] = [0, 0]
    for one in control:
        for row in rows:
            if is_in(one, row):
                for column in (MONTHS[one.month - 1], QUARTER):
                    cells[row.number, None, column][1] += one.number


def prefilled(form: FormRecord, filled: FilledForm, figures: FormFigures) -> FilledForm:
    """`filled` with the computed rows set to `figures`; a row changed with a reason stays as typed."""
    reasoned = _reasoned(form, filled)
    lines = {
        row: several for row, several in filled.lines.items() if row not in _computed(form) or row in reasoned
    }
    lines |= {row: several for row, several in figures.lines.items() if row not in reasoned}
    values = {
        place: value
        for place, value in filled.values.items()
        if place.row not in _computed(form) or place.row in reasoned
    }
    fresh = replace(filled, lines=lines, values=values)
    return fresh.with_values(
        {
            place: written(figures.count(fresh, place).total)
            for place in _computed_places(form, fresh)
            if place.row not in reasoned
        }
    )


def changed(form: FormRecord, filled: FilledForm, figures: FormFigures) -> Iterator[tuple[CellRef, int]]:
    """The computed cells that differ from the complaints, with the number the complaints give."""
    for place in _computed_places(form, filled):
        typed, right = number_of(filled.values.get(place)), figures.count(filled, place).total
        if typed is not None and typed != right:
            yield place, right


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChange:
    """A computed row whose number of complaints in one month is another now; `month` as MONTHS has it."""

    row: str
    month: str
    was: int
    now: int


def moved(form: FormRecord, shown: FormFigures, now: FormFigures) -> tuple[FigureChange, ...]:
    """What has changed in the rows' own cells since `shown`, in the form's order."""
    empty = OriginCount()
    found = (
        FigureChange(
            row=row.number,
            month=month,
            was=shown.cells.get((row.number, None, month), empty).total,
            now=now.cells.get((row.number, None, month), empty).total,
        )
        for row in form.rows
        if row.is_computed
        for month in MONTHS
    )
    return tuple(one for one in found if one.was != one.now)


def brought_forward(form: FormRecord, filled: FilledForm, shown: FormFigures, now: FormFigures) -> FilledForm:
    """A sheet made when the complaints gave `shown`: computed rows that nobody has touched follow `now`."""
    fresh = prefilled(form, filled, now)
    stale = {
        row
        for row in _computed(form)
        if row not in _reasoned(form, filled) and _is_as(form, filled, row, shown)
    }
    return replace(
        filled,
        lines={
            row: several
            for row in dict.fromkeys((*filled.lines, *fresh.lines))
            if (several := (fresh if row in stale else filled).lines_of(row))
        },
        values={
            **{place: text for place, text in filled.values.items() if place.row not in stale},
            **{place: text for place, text in fresh.values.items() if place.row in stale},
        },
    )


def _is_as(form: FormRecord, filled: FilledForm, row: str, figures: FormFigures) -> bool:
    """Whether the row and its lines hold exactly these figures."""
    keys = {one.key for one in filled.lines_of(row)}
    if keys != {one.key for one in figures.lines.get(row, ())}:
        return False
    places = (place for place in _computed_places(form, filled) if place.row == row)
    return all(filled.values.get(place) == written(figures.count(filled, place).total) for place in places)


def lines_gone(filled: FilledForm, figures: FormFigures) -> Iterator[tuple[str, FormLine]]:
    """The lines of computed rows missing from the form although complaints back them."""
    for row, several in figures.lines.items():
        present = {one.key for one in filled.lines_of(row)}
        yield from ((row, one) for one in several if one.key not in present)


def _computed(form: FormRecord) -> frozenset[str]:
    return frozenset(row.number for row in form.rows if row.is_computed)


def _computed_places(form: FormRecord, filled: FilledForm) -> Iterator[CellRef]:
    for row in form.rows:
        if row.is_computed:
            for line in range(len(filled.lines_of(row.number)) + 1):
                for column in (*MONTHS, QUARTER):
                    yield CellRef(row=row.number, line=line, column=column)


def _reasoned(form: FormRecord, filled: FilledForm) -> frozenset[str]:
    """The computed rows changed with a reason."""
    return frozenset(key.partition("#")[0] for key, reason in filled.reasons.items() if reason) & _computed(
        form
    )


def _belongs(counts: Counts, one: ComplaintCount) -> bool:
    return (
        counts.what is one.what
        and (counts.delivery is None or counts.delivery == one.delivery)
        and (counts.source is None or counts.source == one.source)
    )


def _line(row: FormRow, one: ComplaintCount) -> FormLine:
    return FormLine(service=one.service or NO_SERVICE, organisation=one.provider if row.by_provider else None)
