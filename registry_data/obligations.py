"""The obligations of `obligations.yaml`: recurring duties, whom they bind, due dates and sources."""

from calendar import monthrange
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from kernel.period import Frequency
from registry_data.citation import Citation
from registry_data.faults import Fault, FaultsError
from registry_data.load import DATA, load_records
from registry_data.organisations import OrganisationKind
from registry_data.schema import Model, Prose, Slug, Text

OBLIGATIONS = DATA / "obligations.yaml"
_COMMON_YEAR = 2023  # a due date must exist in every year, so 29 February is invalid

Code = Annotated[str, StringConstraints(pattern=r"^[a-z]+\.[a-z0-9_-]+(\.[a-z_]+)?$", max_length=40)]
FormCode = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$", max_length=16)]


class DueWord(StrEnum):
    """The act's preposition before the date."""

    BEFORE = "before"  # «дейін»: by the working day before that date
    NOT_LATER = "not_later"  # «кешіктірмей»: by that date itself


class ActWording(Model):
    """One act's wording of the date; `word` is None if the act names none."""

    word: DueWord | None = None
    citation: Citation
    words: Prose


class DueDayRule(Model):
    """`day` of `month` in the period's year, the year before or the year after.

    Without `month`, the month after the period.
    """

    day: int = Field(ge=1, le=31)
    month: int | None = Field(default=None, ge=1, le=12)
    year: Literal["before", "same", "after"] = "same"

    @model_validator(mode="after")
    def _every_year_has_the_day(self) -> Self:
        longest = 28 if self.month is None else monthrange(_COMMON_YEAR, self.month)[1]
        if self.day > longest:
            raise ValueError(f"not every such month has a day {self.day}")
        if self.month is None and self.year != "same":
            raise ValueError("the month after the period takes no year")
        return self


class Binding(Model):
    """Whom an obligation binds, by kind or by code, and to whom they owe it."""

    kinds: tuple[OrganisationKind, ...] = ()
    organisations: tuple[Slug, ...] = ()
    to: Text

    @model_validator(mode="after")
    def _somebody_is_bound(self) -> Self:
        if not self.kinds and not self.organisations:
            raise ValueError("it binds neither a kind of organisations nor one by its code")
        return self


class InForce(Model):
    """Both days inclusive; open-ended without `until`."""

    since: date
    until: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until is not None and self.until < self.since:
            raise ValueError("it ends before it begins")
        return self


class ObligationRecord(Model):
    """One recurring duty.

    `due` has one day for every period, or one for each period of the year in turn; "period_end" is the
    period's last day: our reading where the act sets no date. `form` is the form's code, `short` a name for
    buttons and pictures.
    """

    code: Code
    names: Text
    short: Text | None = None
    every: Frequency
    due: tuple[DueDayRule, ...] | Literal["period_end"]
    binds: tuple[Binding, ...] = Field(min_length=1)
    wordings: tuple[ActWording, ...] = Field(min_length=1)
    in_force: InForce
    repealed: bool = False
    form: FormCode | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _each_period_has_its_day(self) -> Self:
        if self.due != "period_end" and len(self.due) not in {1, 12 // self.every.months}:
            raise ValueError("due has one day for all periods of a year, or one for each")
        return self

    @model_validator(mode="after")
    def _the_words_agree_with_the_date(self) -> Self:
        named = [one.word is not None for one in self.wordings]
        if any(named) == (self.due == "period_end"):
            raise ValueError("a date has its word («дейін», «кешіктірмей»), and what has none is our reading")
        return self

    @model_validator(mode="after")
    def _repealed_means_over(self) -> Self:
        if self.repealed != (self.in_force.until is not None):
            raise ValueError("what is repealed has its last day in force, and nothing else has")
        return self

    @property
    def short_names(self) -> Text:
        return self.short or self.names

    @property
    def words(self) -> frozenset[DueWord]:
        return frozenset(one.word for one in self.wordings if one.word is not None)

    def binding_of(self, kind: OrganisationKind, code: str) -> Binding | None:
        """What binds the organisation to this obligation, if anything."""
        return next((one for one in self.binds if kind in one.kinds or code in one.organisations), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownKeys:
    """The keys of acts and codes of organisations that obligations may refer to."""

    acts: Collection[str]
    organisations: Collection[str]


def load_obligations(
    path: Path = OBLIGATIONS, known: KnownKeys | None = None
) -> tuple[ObligationRecord, ...]:
    """The obligations, in file order. Raises FaultsError, also for names not in `known` if that is given."""
    records = load_records(path, ObligationRecord, "code")
    if known is not None and (faults := tuple(_unknown(path.name, records, known))):
        raise FaultsError(faults)
    return records


def _unknown(place: str, records: tuple[ObligationRecord, ...], known: KnownKeys) -> Iterator[Fault]:
    for one in records:
        for wording in one.wordings:
            if wording.citation.act not in known.acts:
                reason = f"no act {wording.citation.act!r} in acts.yaml"
                yield Fault(file=place, key=f"{one.code}.wordings", reason=reason)
        for binding in one.binds:
            for code in binding.organisations:
                if code not in known.organisations:
                    reason = f"no organisation {code!r} in organisations.yaml"
                    yield Fault(file=place, key=f"{one.code}.binds", reason=reason)
