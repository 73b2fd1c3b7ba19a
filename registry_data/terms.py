"""The terms of `terms.yaml`: legal lengths of time, whom they bind, and their place in an act."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from registry_data.citation import Citation
from registry_data.faults import Fault, FaultsError
from registry_data.load import DATA, load_records
from registry_data.schema import Model, Prose, Text

TERMS = DATA / "terms.yaml"

Rule = Annotated[str, StringConstraints(pattern=r"^[a-z]+\.[a-z_]+$", max_length=32)]
Kind = Literal["counted", "set_length", "set_date", "duty"]
Unit = Literal["working_days", "calendar_days", "hours", "months"]
Reading = Literal["day_one", "after_hours", "one_extension", "last_day"]


class Party(StrEnum):
    """Whom a term binds, in the words of the acts."""

    AGENCY = "agency"  # the Agency for Civil Service Affairs and its territorial bodies
    CENTRAL_BODY = "central_body"
    LOCAL_BODY = "local_body"  # local executive bodies
    AKIM = "akim"
    PROVIDER = "provider"
    STATE_CORPORATION = "state_corporation"
    CONTROL_UNIT = "control_unit"  # the unit responsible for internal control
    CONTROL_OBJECT = "control_object"
    INSPECTED = "inspected"  # the subject of an inspection or of monitoring
    ASSESSED_BODY = "assessed_body"
    COMPLAINANT = "complainant"


class ExtensionRecord(Model):
    """How many working days a term may be extended by, and who may extend it."""

    up_to: int = Field(gt=0)
    binds: tuple[Party, ...] = Field(min_length=1)
    citation: Citation


class TermRecord(Model):
    """One term. `words` are the act's own, in Kazakh where it could be read; `event` is what starts it.

    `applies` says what the term is left to, where a later act brought another; `settled`: where another act
    decides what would else be a reading of ours.
    """

    rule: Rule
    kind: Kind = "counted"
    names: Text
    event: Text
    amount: int | None = Field(default=None, gt=0)
    unit: Unit = "working_days"
    direction: Literal["forwards", "backwards"] = "forwards"
    day_one: Literal["next_day", "same_day"] = "next_day"
    binds: tuple[Party, ...] = Field(min_length=1)
    citation: Citation
    words: Prose
    words_in: Literal["kk", "ru"] = "kk"
    applies: Text | None = None
    readings: tuple[Reading, ...] = ()
    settled: dict[Reading, Citation] = Field(default_factory=dict)
    extension: ExtensionRecord | None = None

    @model_validator(mode="after")
    def _the_length_agrees_with_the_kind(self) -> Self:
        if (self.kind == "counted") != (self.amount is not None):
            raise ValueError("the act's own length requires the kind counted, and the other way round")
        return self

    @model_validator(mode="after")
    def _only_a_registration_is_settled(self) -> Self:
        if not set(self.settled) <= set(self.readings) & {"day_one", "after_hours"}:
            raise ValueError("an act settles day_one and after_hours of a term that leans on them")
        return self

    @model_validator(mode="after")
    def _the_readings_agree_with_the_unit(self) -> Self:
        if "last_day" in self.readings and self.unit not in {"calendar_days", "months"}:
            raise ValueError("only calendar days and months can end on a day off")
        if self.direction == "backwards" and {"after_hours", "last_day"} & set(self.readings):
            raise ValueError("a registration starts a term, and a term counted back ends with its event")
        if self.extension is not None and (self.kind != "counted" or self.unit != "working_days"):
            raise ValueError("an extension is counted in working days, as is what it extends")
        if (self.extension is not None) != ("one_extension" in self.readings):
            raise ValueError("an extension and the reading one_extension require each other")
        return self


def load_terms(path: Path = TERMS, acts: Collection[str] | None = None) -> tuple[TermRecord, ...]:
    """The terms, in file order. Raises FaultsError, also for an unknown act if `acts` is given."""
    terms = load_records(path, TermRecord, "rule")
    if acts is not None:
        cited = [(term.rule, citation.act) for term in terms for citation in _citations(term)]
        faults = tuple(
            Fault(file=path.name, key=f"{rule}.citation", reason=f"no act {act!r} in acts.yaml")
            for rule, act in cited
            if act not in acts
        )
        if faults:
            raise FaultsError(faults)
    return terms


@cache
def own_terms() -> Mapping[str, TermRecord]:
    """The registry's terms by rule, read once per process. Raises FaultsError."""
    return {term.rule: term for term in load_terms()}


def _citations(term: TermRecord) -> tuple[Citation, ...]:
    extension = (term.extension.citation,) if term.extension else ()
    return (term.citation, *extension, *term.settled.values())
