"""A second, handwritten implementation of recurring dates, by brute force and without our code."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
CENTRAL = {"ministry", "central_body"}
TERRITORIAL = {"territorial_police", "tax_department", "justice_department", "labour_department"} | {
    f"{sphere}_department"
    for sphere in ("social_protection", "medical_control", "sanitary", "land", "military")
}
LOCAL = {"akimat_region", "akimat_district"}
EVERYBODY = CENTRAL | TERRITORIAL | LOCAL | {"committee"}
BEFORE, NOT_LATER = "дейін", "кешіктірмей"


@dataclass(frozen=True)
class NaiveObligation:
    """`named`: the code of the period whose date is `day`, or nothing."""

    kinds: frozenset[str]
    codes: frozenset[str]
    named: Callable[[date], str | None]
    words: frozenset[str]


@dataclass(frozen=True)
class NaiveDates:
    named_on: date
    lead_on: date
    late_after: date
    schedule: tuple[date, ...]
    late: tuple[date, ...]


def after_quarter(number: int) -> Callable[[date], str | None]:
    quarters = {1: (-1, 4), 4: (0, 1), 7: (0, 2), 10: (0, 3)}

    def named(day: date) -> str | None:
        if day.day != number or day.month not in quarters:
            return None
        year, quarter = quarters[day.month]
        return f"{day.year + year}Q{quarter}"

    return named


def yearly(month: int, number: int, year: int) -> Callable[[date], str | None]:
    return lambda day: str(day.year + year) if (day.month, day.day) == (month, number) else None


def quarter_end(day: date) -> str | None:
    ends = {(3, 31): 1, (6, 30): 2, (9, 30): 3, (12, 31): 4}
    return f"{day.year}Q{ends[day.month, day.day]}" if (day.month, day.day) in ends else None


def half_year_list(day: date) -> str | None:
    if (day.month, day.day) == (12, 10):
        return f"{day.year + 1}H1"
    return f"{day.year}H2" if (day.month, day.day) == (5, 10) else None


def row(
    kinds: set[str], named: Callable[[date], str | None], *words: str, codes: tuple[str, ...] = ()
) -> NaiveObligation:
    return NaiveObligation(
        kinds=frozenset(kinds), codes=frozenset(codes), named=named, words=frozenset(words)
    )


REPORTING = CENTRAL | LOCAL | {"agency", "akim"}
DIGITAL = ("ministry-digital",)
JUSTICE = ("ministry-justice",)
TABLE = {
    "form.1-mq": row(CENTRAL | TERRITORIAL, after_quarter(10), BEFORE, NOT_LATER),
    "form.2-mq": row({"akimat_region"}, after_quarter(10), BEFORE, NOT_LATER),
    "form.2-mq.district": row({"akimat_district"}, after_quarter(5), NOT_LATER),
    "form.3-mq": row(set(), after_quarter(25), BEFORE, codes=DIGITAL),
    "form.4-mq": row(set(), after_quarter(25), BEFORE, NOT_LATER, codes=DIGITAL),
    "monitoring.internal": row(EVERYBODY, quarter_end),
    "report.annual": row(REPORTING, yearly(4, 30, -1), NOT_LATER),
    "report.discussion": row(REPORTING, yearly(12, 31, 0)),
    "control.annual_plan": row(EVERYBODY, yearly(12, 25, 1), NOT_LATER),
    "control.half_year_list": row({"agency"}, half_year_list, BEFORE),
    "assessment.registry_info": row(set(), yearly(2, 15, -1), BEFORE, codes=("ministry-national-economy",)),
    "assessment.corporation_data": row(set(), yearly(2, 15, -1), BEFORE, codes=DIGITAL),
    "assessment.standards": row(set(), yearly(2, 18, -1), BEFORE, codes=JUSTICE),
    "assessment.regulations": row(set(), yearly(3, 18, -1), BEFORE, codes=JUSTICE),
}
REPEALED = {code for code in TABLE if code.startswith("assessment.")}


def answers(code: str, first: date, last: date, off: AbstractSet[date]) -> dict[str, NaiveDates]:
    """Every period whose date is between `first` and `last`, found by checking every day."""
    found = {}
    day = first
    while day <= last:
        period = TABLE[code].named(day)
        if period is not None:
            found[period] = answer(day, TABLE[code].words, off)
        day += DAY
    return found


def answer(day: date, words: AbstractSet[str], off: AbstractSet[date]) -> NaiveDates:
    strict = day - DAY if BEFORE in words else day
    late_after = day - DAY if words == {BEFORE} else day
    lead = strict
    while lead in off:
        lead -= DAY
    before = [back(lead, number, off) for number in (10, 5, 3, 1)]
    return NaiveDates(
        named_on=day,
        lead_on=lead,
        late_after=late_after,
        schedule=(*before, lead),
        late=tuple(after(late_after, number, off) for number in range(1, 6)),
    )


def back(day: date, number: int, off: AbstractSet[date]) -> date:
    while number:
        day -= DAY
        number -= day not in off
    return day


def after(day: date, number: int, off: AbstractSet[date]) -> date:
    while number:
        day += DAY
        number -= day not in off
    return day
