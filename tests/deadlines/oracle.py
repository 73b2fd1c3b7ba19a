"""An oracle of the acts' terms that imports nothing of ours: days are stepped over one at a time.

Of our data it reads only the days swapped by decree (`days_off.yaml`, `moved`). Holidays, the zone's offset,
the terms and who may extend are written here a second time, from the acts: Law 88-V Art. 25, Order 78 ¶28-32
and ¶43-54, the Law on holidays, the Labour Code.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import yaml

DATA = Path(__file__).parents[2] / "registry_data" / "days_off.yaml"
DAY = timedelta(days=1)
YEARS = range(2021, 2029)
OFFSET_CHANGED = datetime(2024, 2, 29, 18, tzinfo=UTC)  # midnight of 1 March: UTC+6 became UTC+5
OFFICE_CLOSES = (18, 30)
# (month, day): the years in which it is a holiday. A day off on a weekend carries over.
HOLIDAYS = {
    (1, 1): YEARS, (1, 2): YEARS, (3, 8): YEARS, (3, 21): YEARS, (3, 22): YEARS, (3, 23): YEARS,
    (5, 1): YEARS, (5, 7): YEARS, (5, 9): YEARS, (7, 6): YEARS, (12, 16): YEARS,
    (3, 15): range(2027, 2029), (8, 30): range(2021, 2026), (10, 25): range(2022, 2029),
    (12, 1): range(2021, 2022), (12, 17): range(2021, 2022),
}  # fmt: skip
ORTHODOX_CHRISTMAS = (1, 7)
KURBAN_AIT = (
    date(2021, 7, 20), date(2022, 7, 9), date(2023, 6, 28), date(2024, 6, 16), date(2025, 6, 6),
    date(2026, 5, 27), date(2027, 5, 16), date(2028, 5, 5),
)  # fmt: skip
COMPLAINT_DAYS = {"agency": 15, "agency_department": 15}  # everybody else: 5
MAY_EXTEND = frozenset(
    {"agency", "agency_department", "ministry", "central_body", "akimat_region", "akimat_district", "akim"}
)
LONGEST_EXTENSION = LONGEST_EVENT = 10
AFTER = {  # working days after the event's own day
    "complaint.extension_notice": 3,
    "control.act": 3,
    "control.materials": 7,
    "control.plan_of_measures": 5,
    "discussion.act": 10,
    "info.contact_centre": 3,
    "inspection.draft_objections": 2,
    "inspection.pause_notice": 1,
    "inspection.representation_report": 2,
    "inspection.objections": 3,
    "inspection.more_time": 3,
    "inspection.more_time_decision": 3,
    "inspection.no_answer": 2,
    "inspection.no_answer_reply": 3,
}
REGISTERED = frozenset({"inspection.more_time_decision"})  # starts with a registration
NOTICE_OF_EVENT = 3  # working days before it starts


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlDates:
    """The last days of an event's steps; None while unknown."""

    notice: date
    start: date
    ends: date
    act: date | None
    materials: date | None
    plan: date | None


def is_off(day: date) -> bool:
    return day in _days_off()


def local(at: datetime) -> datetime:
    """The wall clock in Kazakhstan at the UTC instant `at`, without a zone."""
    hours = 5 if at >= OFFSET_CHANGED else 6
    return (at + timedelta(hours=hours)).replace(tzinfo=None)


def registered(at: datetime) -> date:
    """What comes after hours, at a weekend or on a holiday is registered on the next working day."""
    here = local(at)
    day = here.date()
    if is_off(day) or (here.hour, here.minute) > OFFICE_CLOSES:
        day += DAY
    while is_off(day):
        day += DAY
    return day


def after(day: date, amount: int) -> date:
    """The last of `amount` working days that begin on the day after `day`."""
    while amount:
        day += DAY
        if not is_off(day):
            amount -= 1
    return day


def before(day: date, amount: int) -> date:
    while amount:
        day -= DAY
        if not is_off(day):
            amount -= 1
    return day


def worked_by(day: date) -> date:
    """The last working day that is not after `day`."""
    while is_off(day):
        day -= DAY
    return day


def complaint(kind: str, at: datetime, extension: int) -> tuple[date, date]:
    """(registered on, due on)."""
    start = registered(at)
    return start, after(start, COMPLAINT_DAYS.get(kind, 5) + extension)


def term(rule: str, at: datetime) -> date:
    start = registered(at) if rule in REGISTERED else local(at).date()
    return after(start, AFTER[rule])


def longest_event(begins: date, working_days: int = LONGEST_EVENT) -> date:
    """The last day of an event of `working_days`; the day it begins on counts."""
    return after(begins - DAY, working_days)


def longest_extension(begins: date, ends: date) -> date:
    """Ten working days beyond the ordered end, and no more than twice ten from the beginning."""
    return min(after(ends, LONGEST_EXTENSION), longest_event(begins, LONGEST_EVENT + LONGEST_EXTENSION))


def control(facts: dict[str, date]) -> ControlDates:
    """`facts` by the names of the product: starts_on, ends_on, extended_to, handed_on, …"""
    begins = facts.get("handed_on", facts["starts_on"])
    if "extended_to" in facts:
        ends = min(facts["extended_to"], longest_extension(begins, facts["ends_on"]))
    else:
        ends = min(facts["ends_on"], longest_event(begins))
    return ControlDates(
        notice=before(facts["starts_on"], NOTICE_OF_EVENT),
        start=worked_by(facts["starts_on"]),
        ends=worked_by(ends),
        act=_after(facts.get("shown_on"), "control.act"),
        materials=_after(facts.get("ended_on"), "control.materials"),
        plan=_after(facts.get("recommended_on"), "control.plan_of_measures"),
    )


def _after(day: date | None, rule: str) -> date | None:
    return None if day is None else after(day, AFTER[rule])


@cache
def _days_off() -> frozenset[date]:
    days = [date(YEARS[0], 1, 1) + DAY * number for number in range(366 * len(YEARS))]
    weekends = {day for day in days if day.isoweekday() > 5}
    carrying = {date(year, *day) for day, years in HOLIDAYS.items() for year in years}
    resting = {date(year, *ORTHODOX_CHRISTMAS) for year in YEARS} | set(KURBAN_AIT)
    off = carrying | resting
    for day in sorted(carrying & weekends):
        free = day
        while free in weekends or free in off:
            free += DAY
        off.add(free)
    off |= weekends
    for worked, rested in _moved():
        off.discard(worked)
        off.add(rested)
    return frozenset(off)


def _moved() -> Iterator[tuple[date, date]]:
    for one in yaml.safe_load(DATA.read_text(encoding="utf-8"))["moved"]:
        if one["worked"].year in YEARS:
            yield one["worked"], one["day_off"]
