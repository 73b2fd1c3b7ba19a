"""The report forms of `forms/*.yaml`: rows, columns, header and signatures as the acts print them."""

from collections.abc import Collection, Iterator
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, StringConstraints, ValidationError, model_validator

from registry_data.citation import Citation
from registry_data.faults import Fault, FaultCollector, FaultsError
from registry_data.load import DATA, as_mapping, load_acts
from registry_data.obligations import FormCode
from registry_data.schema import ActKey, Model, Prose, Text
from registry_data.yaml_file import read_yaml

FORMS = DATA / "forms"

RowNumber = Annotated[str, StringConstraints(pattern=r"^[1-9]\d?(\.\d{1,2})?$")]
ColumnKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]{0,11}$")]


class Layout(StrEnum):
    MONTHS = "months"  # the quarter's three months and the quarter
    LIST = "list"  # one line per provider and service


class RowBreakdown(StrEnum):
    """What the lines of a row break it down by."""

    SERVICE = "service"
    SYSTEM = "system"  # service and information system
    PROVIDER = "provider"  # provider and service


class FillMode(StrEnum):
    HAND = "hand"
    SUM = "sum"  # of its children, or of its lines if it has none
    COMPUTED = "computed"  # from complaints, or from the body's control events


class PartsRule(StrEnum):
    """How a mismatch between a row and its children is treated."""

    FAULT = "fault"
    WARNING = "warning"


class CountedMeasure(StrEnum):
    """Which property of complaints a computed row counts."""

    RECEIVED = "received"
    LATE = "late"
    RESTORED = "restored"


class ControlMeasure(StrEnum):
    """What a row counts of control events, where their results are recorded (Order 78 ¶40-56).

    Of objects, breaches, penalties and the punished, a row counts those entered under its own number.
    """

    PLANNED = "planned"
    UNPLANNED = "unplanned"
    OBJECTS = "objects"
    BREACHES = "breaches"
    RESTORED_BREACHES = "restored_breaches"
    RESTORED_PEOPLE = "restored_people"
    LATE_ANSWERS = "late_answers"
    PENALTIES = "penalties"
    PUNISHED = "punished"
    DONE = "done"
    NOT_DONE = "not_done"


class Counts(Model):
    """`delivery` and `source` are values of complaints.facts; if absent, all are counted."""

    what: CountedMeasure
    delivery: Prose | None = None
    source: Prose | None = None


class FormRow(Model):
    """`stock`: the quarter is not the sum of its months. `by_provider`: its lines name the provider too.

    `events`: what the row counts for a body that records the results of its control events; for others it is
    filled by hand.
    """

    number: RowNumber
    titles: Text
    parent: RowNumber | None = None
    opens: RowBreakdown | None = None
    opens_titles: Text | None = None
    fill: FillMode = FillMode.HAND
    counts: Counts | None = None
    events: ControlMeasure | None = None
    by_provider: bool = False
    parts: PartsRule | None = None
    stock: bool = False
    citation: Citation

    @property
    def is_computed(self) -> bool:
        return self.fill is FillMode.COMPUTED

    @property
    def recorded(self) -> Self:
        """The row of a body that records the results of its control events."""
        return (
            self
            if self.events is None or self.is_computed
            else self.model_copy(update={"fill": FillMode.COMPUTED})
        )

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.opens is None) != (self.opens_titles is None):
            raise ValueError("what a row opens by has its title, and nothing else has")
        if (self.fill is FillMode.COMPUTED) != (self.counts is not None):
            raise ValueError("a row computed from complaints says what it counts, and no other does")
        if self.events is not None and (self.fill is not FillMode.HAND or self.opens is not None):
            raise ValueError("a row computed from control events is else filled by hand, without lines")
        if self.stock and self.fill is not FillMode.HAND:
            raise ValueError("a stock is filled by hand")
        return self


class FormSection(Model):
    """`split`: each column is split into natural persons and legal entities."""

    number: Prose
    titles: Text
    split: bool = False
    rows: tuple[FormRow, ...] = Field(min_length=1)


class ColumnHead(Model):
    key: ColumnKey
    titles: Text


class FormRecord(Model):
    """`corner`, `header`, `caption` and `signatures` are lines as printed.

    They may contain {name}, {year}, {quarter} and {organisation}. `note`: the sheet's own remark about its
    origin.
    """

    code: FormCode
    index: Prose
    act: ActKey
    names: Text
    citation: Citation
    layout: Layout
    note: Text | None = None
    corner: Text
    header: tuple[Text, ...]
    caption: Text
    heads: dict[str, Text]
    columns: tuple[ColumnHead, ...] = Field(min_length=1)
    sections: tuple[FormSection, ...] = Field(min_length=1)
    signatures: tuple[Text, ...]

    @cached_property
    def rows(self) -> tuple[FormRow, ...]:
        return tuple(row for section in self.sections for row in section.rows)

    @cached_property
    def recorded(self) -> "FormRecord":
        """The form of a body that records the results of its control events: these rows are computed, too.
        The form itself, where it has none of them.
        """
        if all(row.recorded is row for row in self.rows):
            return self
        sections = tuple(
            one.model_copy(update={"rows": tuple(row.recorded for row in one.rows)}) for one in self.sections
        )
        same = {name: getattr(self, name) for name in type(self).model_fields}
        return self.model_construct(**{**same, "sections": sections})

    def row(self, number: str) -> FormRow | None:
        return self._rows.get(number)

    def children(self, number: str) -> tuple[FormRow, ...]:
        return self._children.get(number, ())

    def section_of(self, number: str) -> FormSection:
        """The section containing the row. Raises KeyError."""
        return self._sections[number]

    @cached_property
    def _rows(self) -> dict[str, FormRow]:
        return {row.number: row for row in self.rows}

    @cached_property
    def _sections(self) -> dict[str, FormSection]:
        return {row.number: section for section in self.sections for row in section.rows}

    @cached_property
    def _children(self) -> dict[str, tuple[FormRow, ...]]:
        parents = {row.parent for row in self.rows if row.parent is not None}
        return {parent: tuple(row for row in self.rows if row.parent == parent) for parent in parents}


@cache
def load_form(code: str) -> FormRecord:
    """The form with this code. Raises KeyError for an unknown code, FaultsError for a faulty file."""
    path = FORMS / f"{code}.yaml"
    if code not in form_codes():
        raise KeyError(code)
    return read_form(path)


@cache
def form_codes() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in FORMS.glob("*.yaml")))


def read_form(path: Path) -> FormRecord:
    """The form in a file. Raises FaultsError."""
    try:
        form = FormRecord.model_validate(as_mapping(path.name, "", read_yaml(path)))
    except ValidationError as error:
        raise FaultsError.of_model(path.name, error) from error
    if faults := tuple(_disagreements(path.name, form)):
        raise FaultsError(faults)
    return form


def check_form_files(data: Path) -> None:
    """Raises FaultsError with the faults of all forms in the registry folder `data`, if it has any."""
    if (data / "forms").exists():
        check_forms(data / "forms", {act.key for act in load_acts(data / "acts.yaml")})


def check_forms(folder: Path, acts: Collection[str]) -> None:
    """Raises FaultsError with the faults of all forms in `folder`."""
    with FaultCollector() as faults:
        for path in sorted(folder.glob("*.yaml")):
            with faults.part():
                form = read_form(path)
                if form.code != path.stem:
                    raise FaultsError((_fault(path.name, "code", f"the file's name asks for {path.stem}"),))
                if unknown := {form.act, *(row.citation.act for row in form.rows)} - set(acts):
                    reason = f"no act {', '.join(sorted(unknown))} in acts.yaml"
                    raise FaultsError((_fault(path.name, "act", reason),))


def _disagreements(place: str, form: FormRecord) -> Iterator[Fault]:
    seen: set[str] = set()
    for row in form.rows:
        if row.number in seen:
            yield _fault(place, row.number, "this row occurs twice")
        if row.parent is not None and row.parent not in seen:
            yield _fault(place, f"{row.number}.parent", f"no row {row.parent} before it")
        if row.fill is FillMode.SUM and not form.children(row.number) and row.opens is None:
            yield _fault(place, f"{row.number}.fill", "a sum has parts")
        if row.parts is not None and not form.children(row.number) and row.opens is None:
            yield _fault(place, f"{row.number}.parts", "it has no parts to compare with")
        seen.add(row.number)


def _fault(place: str, key: str, reason: str) -> Fault:
    return Fault(file=place, key=key, reason=reason)
