"""The counting rules, each by hand, and all together against a naive count in Python."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import insert, select

from complaints.actions.passing import PassOnComplaint
from complaints.facts import ComplaintOutcome, ComplaintSource, Origin, ServiceDelivery
from complaints.hearings.actions import NoteHearing
from complaints.joining.tables import JoinRow
from complaints.kinds.kind import ComplaintKind
from complaints.lifecycle import ComplaintState
from complaints.outcomes import outcomes
from complaints.statistics import ComplaintFigures, Measure, Month, Statistics, StatisticsCell, StatisticsSpan
from complaints.tables import ComplaintRow
from tests.complaints.deciding import told
from tests.complaints.factories import made, many, noon
from tests.complaints.scenario import AKIMAT, OFFICER, POLICE, ComplaintScenario
from tests.complaints.test_passing import WHY

APRIL = Month(year=2026, month=4)
HAND_IN = noon(date(2026, 7, 10))
QUARTER = (date(2026, 4, 1), date(2026, 6, 30))


def span(*organisations: str, as_of: datetime = HAND_IN) -> StatisticsSpan:
    return StatisticsSpan(
        organisations=frozenset(organisations or {POLICE}), first=QUARTER[0], last=QUARTER[1], as_of=as_of
    )


async def counted(
    scenario: ComplaintScenario, *rows: Mapping[str, Any], as_of: datetime = HAND_IN
) -> ComplaintFigures:
    if rows:
        await scenario.session.execute(insert(ComplaintRow), list(rows))
    return await Statistics(scenario.session).figures(span(as_of=as_of))


def ended(day: date, state: ComplaintState = ComplaintState.ANSWERED, **more: Any) -> dict[str, Any]:
    answered = {"answered_on": day} if state is ComplaintState.ANSWERED else {}
    return {"state": state.value, "closed_on": day, "closed_at": noon(day), **answered, **more}


APRIL_20 = date(2026, 4, 20)  # due on 27 April
CASES = [
    # a complaint, and whether it counts as received, late, restored
    ({}, (1, 1, 0)),  # never answered
    (ended(date(2026, 4, 27)), (1, 0, 0)),  # answered on its last day
    (ended(date(2026, 4, 28)), (1, 1, 0)),
    (ended(date(2026, 4, 27), restored=True), (1, 0, 1)),
    (ended(date(2026, 4, 28), restored=True), (1, 1, 1)),
    (ended(date(2026, 4, 21), ComplaintState.WITHDRAWN), (1, 0, 0)),  # counts as received
    (ended(date(2026, 4, 28), ComplaintState.WITHDRAWN), (1, 1, 0)),  # nobody answered in time
    (
        ended(date(2026, 4, 21), ComplaintState.PASSED_ON, passed_to=AKIMAT),
        (0, 0, 0),
    ),  # counts at the other body
    (
        ended(date(2026, 4, 28), ComplaintState.PASSED_ON, passed_to=AKIMAT),
        (1, 1, 0),
    ),  # passed on too late
    (
        ended(date(2026, 4, 21)) | {"state": ComplaintState.NOT_SOLVED.value},
        (1, 0, 0),
    ),  # answered in time even so
    ({"entered_at": noon(date(2026, 7, 11))}, (0, 0, 0)),  # entered after the hand-in
    (ended(date(2026, 7, 20)), (1, 1, 0)),  # answered after the hand-in: still open and late at it
    ({"organisation": AKIMAT}, (0, 0, 0)),  # of another body
    (ended(date(2026, 7, 9), restored=True), (1, 1, 0)),  # restored in the next quarter
]


@pytest.mark.parametrize(("sort", "expected"), CASES)
async def test_single_complaint_figures(
    scenario: ComplaintScenario, sort: dict[str, Any], expected: tuple[int, ...]
):
    figures = await counted(scenario, made(1, APRIL_20, **sort))
    assert (figures.received(), figures.late(), figures.restored()) == expected


@pytest.mark.parametrize(
    ("registered_on", "month"),
    [
        (date(2026, 3, 31), None),
        (date(2026, 4, 1), 4),
        (date(2026, 4, 30), 4),
        (date(2026, 5, 1), 5),
        (date(2026, 6, 30), 6),
        (date(2026, 7, 1), None),
    ],
)
async def test_complaint_counts_in_its_registration_month(
    scenario: ComplaintScenario, registered_on: date, month: int | None
):
    figures = await counted(scenario, made(1, registered_on))
    found = [number for number in (4, 5, 6) if figures.received(month=Month(year=2026, month=number))]
    assert found == ([] if month is None else [month])


async def test_lateness_after_submission_does_not_change_the_form(scenario: ComplaintScenario):
    due_later = made(1, date(2026, 6, 30), due_on=date(2026, 7, 14), late_after=date(2026, 7, 14))
    then = await counted(scenario, due_later)
    assert (then.received(), then.late()) == (1, 0)
    now = await counted(scenario, as_of=noon(date(2026, 7, 15)))
    assert (now.received(), now.late()) == (1, 1)


async def test_restored_rights_count_in_the_month_of_the_answer(scenario: ComplaintScenario):
    figures = await counted(scenario, made(1, date(2026, 3, 25), **ended(date(2026, 4, 2), restored=True)))
    assert (figures.received(), figures.restored(month=APRIL)) == (0, 1)


def naive(rows: Iterable[Mapping[str, Any]], as_of: datetime) -> Counter[tuple[str, ...]]:
    """Rows 16-19 counted one complaint at a time."""
    found: Counter[tuple[str, ...]] = Counter()
    today = as_of.date()
    for one in rows:
        if one["entered_at"] > as_of or one["organisation"] not in {POLICE, AKIMAT}:
            continue
        is_over = one["closed_at"] is not None and one["closed_at"] <= as_of
        late = (one["closed_on"] if is_over else today) > one["late_after"]
        month = str(one["registered_on"].month)
        if is_over and one["restored"] and QUARTER[0] <= one["answered_on"] <= QUARTER[1]:
            found["restored", str(one["answered_on"].month)] += 1
        if not QUARTER[0] <= one["registered_on"] <= QUARTER[1]:
            continue
        if is_over and one["passed_to"] and not late:
            continue
        found["received", month, one["delivery"], str(one["service"])] += 1
        found["source", month, one["source"], one["origin"]] += 1
        found["late", month, one["delivery"], str(one["service"])] += late
    return +found


def laid_out(figures: ComplaintFigures) -> Counter[tuple[str, ...]]:
    found: Counter[tuple[str, ...]] = Counter()
    for line in figures.by_service:
        key = (str(line.month.month), line.delivery.value, str(line.service))
        found["received", *key] += line.received
        found["late", *key] += line.late
    for one in figures.by_source:
        found["source", str(one.month.month), one.source.value, one.origin.value] += one.received
    for answered in figures.by_answer:
        found["restored", str(answered.month.month)] += answered.restored
    return +found


@pytest.mark.parametrize("as_of", [HAND_IN, noon(date(2026, 5, 5)), noon(date(2027, 1, 10))])
async def test_figures_match_a_naive_count(scenario: ComplaintScenario, as_of: datetime):
    rows = list(many(1500, date(2026, 3, 1), 150, [POLICE, AKIMAT, "police-almaty"]))
    await scenario.session.execute(insert(ComplaintRow), rows)
    figures = await Statistics(scenario.session).figures(span(POLICE, AKIMAT, as_of=as_of))
    assert laid_out(figures) == naive(rows, as_of)
    assert figures.received() == sum(line.received for line in figures.by_source)
    assert figures.received() == sum(figures.received(delivery=delivery) for delivery in ServiceDelivery)
    for delivery in ServiceDelivery:
        services = figures.services(delivery)
        assert figures.received(delivery=delivery) == sum(
            figures.received(delivery=delivery, services=[one]) for one in services
        )


async def test_cell_ids_match_the_figures(scenario: ComplaintScenario):
    rows = list(many(400, date(2026, 3, 1), 150, [POLICE, AKIMAT]))
    await scenario.session.execute(insert(ComplaintRow), rows)
    statistics, here = Statistics(scenario.session), span(POLICE, AKIMAT)
    figures = await statistics.figures(here)
    for delivery in ServiceDelivery:
        cell = StatisticsCell(measure=Measure.LATE, delivery=delivery)
        assert len(await statistics.ids(here, cell)) == figures.late(delivery=delivery)
    for source in ComplaintSource:
        cell = StatisticsCell(measure=Measure.RECEIVED, source=source, origin=Origin.OFFICIAL)
        assert len(await statistics.ids(here, cell)) == sum(
            line.received
            for line in figures.by_source
            if (line.source, line.origin) == (source, Origin.OFFICIAL)
        )
    assert len(await statistics.ids(here, StatisticsCell(measure=Measure.RESTORED))) == figures.restored()
    none = StatisticsCell(measure=Measure.RECEIVED, certain_service=False, organisation=POLICE)
    found = await statistics.ids(here, none)
    assert len(found) == figures.received(services=[None], organisation=POLICE)
    stored = await scenario.session.scalars(select(ComplaintRow.service).where(ComplaintRow.id.in_(found)))
    assert set(stored) == {None}
    one = StatisticsCell(measure=Measure.RECEIVED, service="service-3", organisation=POLICE)
    assert len(await statistics.ids(here, one)) == figures.received(
        services=["service-3"], organisation=POLICE
    )


async def test_annual_report_counts_kinds_outcomes_and_hearings(scenario: ComplaintScenario):
    await scenario.connect(POLICE)
    await scenario.staff()
    case = await scenario.taken()
    await told(scenario, case.id)
    await NoteHearing(scenario.context)(OFFICER, case.id, date(2026, 3, 19))
    await scenario.answer(case)
    await scenario.entered()
    year = StatisticsSpan(
        organisations=frozenset({POLICE}), first=date(2026, 1, 1), last=date(2026, 12, 31), as_of=HAND_IN
    )
    statistics = Statistics(scenario.session)
    assert await statistics.kinds(year) == {ComplaintKind.TERM: 1, ComplaintKind.OTHER: 1}
    assert await outcomes(statistics.session, year) == {ComplaintOutcome.UPHELD: 1, None: 1}
    assert await statistics.hearings(year) == 1


async def test_joined_complaints_have_the_outcome_of_the_one_that_goes_on(scenario: ComplaintScenario):
    await scenario.connect(POLICE)
    await scenario.staff()
    first, second, third = [await scenario.taken() for _ in range(3)]
    scenario.session.add_all(
        JoinRow(complaint=one.id, into=into.id, joined_at=scenario.clock.now())
        for one, into in ((first, second), (second, third))
    )
    await scenario.answer(third)
    year = StatisticsSpan(
        organisations=frozenset({POLICE}), first=date(2026, 1, 1), last=date(2026, 12, 31), as_of=HAND_IN
    )
    assert await outcomes(scenario.session, year) == {ComplaintOutcome.UPHELD: 3}


async def test_passed_complaint_counts_for_the_new_body(scenario: ComplaintScenario):
    await scenario.connect(POLICE, AKIMAT)
    await scenario.staff()
    scenario.at(date(2026, 4, 20))
    case = await scenario.taken()
    await PassOnComplaint(scenario.context)(OFFICER, case.id, AKIMAT, WHY)
    statistics = Statistics(scenario.session)
    assert [(await statistics.figures(span(body))).received() for body in (POLICE, AKIMAT)] == [0, 1]
