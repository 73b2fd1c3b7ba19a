"""A form's computed rows equal a plain count, complaint by complaint."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.period import Period
from registry_data.report_forms import CountedMeasure, FormRow, load_form
from reports.columns import MONTHS
from reports.counting import Counting
from reports.figures import NO_SERVICE, ComplaintCount, OriginCount, figures_of
from tests.reports.scenario import AYAGOZ, REGION, SEMEY, ReportScenario, complaint

FORM = load_form("2-mq")
COMPUTED = [row for row in FORM.rows if row.counts is not None]
DELIVERIES = ("office", "electronic", "corporation")
SOURCES = ("natural_persons", "state_bodies", "legal_entities", "assignment", "akim", "media", "other")
QUARTER = Period.of_code("2026Q3")
AS_OF = datetime(2026, 10, 9, 6, tzinfo=UTC)

counted_ones = st.builds(
    ComplaintCount,
    what=st.sampled_from(CountedMeasure),
    month=st.integers(1, 3),
    delivery=st.sampled_from(DELIVERIES),
    source=st.sampled_from(SOURCES),
    service=st.sampled_from([None, "apostille", "birth-registration"]),
    provider=st.sampled_from(["a", "b"]),
    by_bot=st.booleans(),
    number=st.integers(1, 5),
)


def counts_it(row: FormRow, one: ComplaintCount) -> bool:
    assert row.counts is not None
    return (
        row.counts.what is one.what
        and (row.counts.delivery or one.delivery) == one.delivery
        and (row.counts.source or one.source) == one.source
    )


def plain(row: FormRow, ones: list[ComplaintCount], month: int) -> OriginCount:
    mine = [one for one in ones if counts_it(row, one) and one.month == month]
    bot = sum(one.number for one in mine if one.by_bot)
    return OriginCount(bot, sum(one.number for one in mine) - bot)


@settings(deadline=None)
@given(st.lists(counted_ones, max_size=40))
def test_each_row_matches_a_plain_count(ones: list[ComplaintCount]):
    figures = figures_of(FORM, ones)
    for row in COMPUTED:
        for month, column in enumerate(MONTHS, start=1):
            expected = plain(row, ones, month)
            assert figures.cells.get((row.number, None, column), OriginCount()) == expected
            lines = figures.lines.get(row.number, ())
            parts = [figures.cells.get((row.number, line.key, column), OriginCount()).total for line in lines]
            if row.opens is not None:
                assert sum(parts) == expected.total  # the services make up their row


@dataclass(frozen=True)
class ComplaintLife:
    """The facts of a complaint that the forms ask for."""

    organisation: str
    registered_on: date
    delivery: str
    source: str
    service: str | None
    by_bot: bool
    late_after: date
    answered_on: date | None
    restored: bool
    entered_late: bool


def lives(seed: int, count: int = 60) -> list[ComplaintLife]:
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        registered_on = date(2026, 6, 20) + timedelta(days=chance.randrange(115))
        answered_on = registered_on + timedelta(days=chance.randrange(25)) if chance.random() < 0.8 else None
        found.append(
            ComplaintLife(
                organisation=chance.choice([REGION, "hall-of-region", SEMEY, AYAGOZ]),
                registered_on=registered_on,
                delivery=chance.choice(DELIVERIES),
                source=chance.choice(SOURCES),
                service=chance.choice([None, "apostille", "birth-registration"]),
                by_bot=chance.random() < 0.6,
                late_after=registered_on + timedelta(days=chance.choice([5, 10])),
                answered_on=answered_on,
                restored=chance.random() < 0.3,
                entered_late=chance.random() < 0.1,
            )
        )
    return found


def as_counted(life: ComplaintLife) -> list[ComplaintCount]:
    """The rules of docs/complaints.md, implemented independently."""
    if life.organisation not in {REGION, "hall-of-region"} or life.entered_late:
        return []
    today = AS_OF.date()
    closed = life.answered_on if life.answered_on is not None and life.answered_on < today else None
    found = []
    if QUARTER.first <= life.registered_on <= QUARTER.last:
        found.append((CountedMeasure.RECEIVED, life.registered_on))
        if (closed or today) > life.late_after:
            found.append((CountedMeasure.LATE, life.registered_on))
    if life.restored and closed is not None and QUARTER.first <= closed <= QUARTER.last:
        found.append((CountedMeasure.RESTORED, closed))
    return [
        ComplaintCount(
            what=what, month=day.month - 6, delivery=life.delivery, source=life.source, service=life.service,
            provider=life.organisation, by_bot=life.by_bot, number=1,
        )
        for what, day in found
    ]  # fmt: skip


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 6, tzinfo=UTC)


@pytest.mark.parametrize("seed", range(4))
async def test_database_figures_match_a_plain_count(bureau_on_both: ReportScenario, seed: int):
    scenario = bureau_on_both
    every = lives(seed)
    for life in every:
        closed = life.answered_on
        entered = noon(date(2026, 10, 20)) if life.entered_late else noon(life.registered_on)
        await scenario.add(
            complaint(
                life.organisation, life.registered_on, delivery=life.delivery, source=life.source,
                service=life.service, origin="citizen" if life.by_bot else "official", entered_at=entered,
                late_after=life.late_after, due_on=life.late_after, answered_on=closed, closed_on=closed,
                closed_at=noon(closed) if closed else None, restored=life.restored if closed else None,
                state="answered" if closed else "in_work",
            )
        )  # fmt: skip
    codes = (REGION, "hall-of-region")
    found = figures_of(FORM, await Counting(scenario.session).counted(codes, QUARTER, AS_OF))
    expected = figures_of(FORM, [one for life in every for one in as_counted(life)])
    assert found.cells == expected.cells
    assert found.lines == expected.lines


async def test_complaint_without_service_has_its_own_line(bureau_on_both: ReportScenario):
    scenario = bureau_on_both
    await scenario.add(complaint(REGION, date(2026, 7, 3), service=None))
    figures = figures_of(FORM, await Counting(scenario.session).counted((REGION,), QUARTER, AS_OF))
    assert [line.service for line in figures.lines["15.1"]] == [NO_SERVICE]


async def test_cases_name_the_rows_they_count_in(bureau_on_both: ReportScenario):
    scenario = bureau_on_both
    await scenario.add(
        complaint(REGION, date(2026, 8, 3), delivery="electronic", source="akim", late_after=date(2026, 8, 9))
    )
    cases = await Counting(scenario.session).cases(FORM, (REGION,), QUARTER, AS_OF)
    assert cases.total == 1
    assert (cases.shown[0].rows, cases.shown[0].month) == (("15", "15.2", "16", "16.5", "17", "17.2"), 2)
