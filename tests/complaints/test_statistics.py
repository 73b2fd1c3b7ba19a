"""The counting rules, one by one by hand, and all together against a count that knows no SQL."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import insert, select

from complaints.actions.passing import PassOn
from complaints.actions.working import NoteHearing
from complaints.facts import Delivery, Origin, Outcome, Source
from complaints.kinds.kind import Kind
from complaints.lifecycle import State
from complaints.statistics import Cell, Figures, Measure, Month, Span, Statistics
from complaints.tables import ComplaintRow
from tests.complaints.hall import AKIMAT, OFFICER, POLICE, Hall
from tests.complaints.made import made, many, noon
from tests.complaints.test_passing import WHY

APRIL = Month(year=2026, month=4)
HAND_IN = noon(date(2026, 7, 10))
QUARTER = (date(2026, 4, 1), date(2026, 6, 30))


def span(*organisations: str, as_of: datetime = HAND_IN) -> Span:
    return Span(
        organisations=frozenset(organisations or {POLICE}), first=QUARTER[0], last=QUARTER[1], as_of=as_of
    )


async def counted(hall: Hall, *rows: Mapping[str, Any], as_of: datetime = HAND_IN) -> Figures:
    if rows:
        await hall.session.execute(insert(ComplaintRow), list(rows))
    return await Statistics(hall.session).figures(span(as_of=as_of))


def ended(day: date, state: State = State.ANSWERED, **more: Any) -> dict[str, Any]:
    answered = {"answered_on": day} if state is State.ANSWERED else {}
    return {"state": state.value, "closed_on": day, "closed_at": noon(day), **answered, **more}


APRIL_20 = date(2026, 4, 20)  # due on 27 April
CASES = [
    # a complaint of one sort, whether it is received, late, restored
    ({}, (1, 1, 0)),  # never answered
    (ended(date(2026, 4, 27)), (1, 0, 0)),  # on its last day
    (ended(date(2026, 4, 28)), (1, 1, 0)),
    (ended(date(2026, 4, 27), restored=True), (1, 0, 1)),
    (ended(date(2026, 4, 28), restored=True), (1, 1, 1)),
    (ended(date(2026, 4, 21), State.WITHDRAWN), (1, 0, 0)),  # came, and is counted as come
    (ended(date(2026, 4, 28), State.WITHDRAWN), (1, 1, 0)),  # nobody had answered in time
    (ended(date(2026, 4, 21), State.PASSED_ON, passed_to=AKIMAT), (0, 0, 0)),  # counted there
    (ended(date(2026, 4, 28), State.PASSED_ON, passed_to=AKIMAT), (1, 1, 0)),  # too late to be rid of it
    (
        ended(date(2026, 4, 21)) | {"state": State.NOT_SOLVED.value},
        (1, 0, 0),
    ),  # answered in time all the same
    ({"entered_at": noon(date(2026, 7, 11))}, (0, 0, 0)),  # nobody knew of it at the hand-in
    (ended(date(2026, 7, 20)), (1, 1, 0)),  # answered after the hand-in: open and late then
    ({"organisation": AKIMAT}, (0, 0, 0)),  # another body's
    (ended(date(2026, 7, 9), restored=True), (1, 1, 0)),  # restored in the next quarter
]


@pytest.mark.parametrize(("sort", "expected"), CASES)
async def test_what_one_complaint_counts_as(hall: Hall, sort: dict[str, Any], expected: tuple[int, ...]):
    figures = await counted(hall, made(1, APRIL_20, **sort))
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
async def test_a_complaint_counts_in_the_month_of_its_registration_day(
    hall: Hall, registered_on: date, month: int | None
):
    figures = await counted(hall, made(1, registered_on))
    found = [number for number in (4, 5, 6) if figures.received(month=Month(year=2026, month=number))]
    assert found == ([] if month is None else [month])


async def test_lateness_that_shows_after_the_hand_in_does_not_change_what_the_form_said(hall: Hall):
    due_later = made(1, date(2026, 6, 30), due_on=date(2026, 7, 14), late_after=date(2026, 7, 14))
    then = await counted(hall, due_later)
    assert (then.received(), then.late()) == (1, 0)
    now = await counted(hall, as_of=noon(date(2026, 7, 15)))
    assert (now.received(), now.late()) == (1, 1)


async def test_rights_restored_count_in_the_month_of_the_answer(hall: Hall):
    figures = await counted(hall, made(1, date(2026, 3, 25), **ended(date(2026, 4, 2), restored=True)))
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


def laid_out(figures: Figures) -> Counter[tuple[str, ...]]:
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
async def test_all_of_it_against_a_count_that_knows_no_sql(hall: Hall, as_of: datetime):
    rows = list(many(1500, date(2026, 3, 1), 150, [POLICE, AKIMAT, "police-almaty"]))
    await hall.session.execute(insert(ComplaintRow), rows)
    figures = await Statistics(hall.session).figures(span(POLICE, AKIMAT, as_of=as_of))
    assert laid_out(figures) == naive(rows, as_of)
    assert figures.received() == sum(figures.from_source(source) for source in Source)
    assert figures.received() == sum(figures.received(delivery=delivery) for delivery in Delivery)
    assert figures.through_bot() == sum(
        figures.from_source(source, origin=Origin.CITIZEN) for source in Source
    )
    for delivery in Delivery:
        services = figures.services(delivery)
        assert figures.received(delivery=delivery) == sum(
            figures.received(delivery=delivery, services=[one]) for one in services
        )


async def test_behind_every_cell_stand_its_complaints(hall: Hall):
    rows = list(many(400, date(2026, 3, 1), 150, [POLICE, AKIMAT]))
    await hall.session.execute(insert(ComplaintRow), rows)
    statistics, here = Statistics(hall.session), span(POLICE, AKIMAT)
    figures = await statistics.figures(here)
    for delivery in Delivery:
        cell = Cell(measure=Measure.LATE, delivery=delivery)
        assert len(await statistics.ids(here, cell)) == figures.late(delivery=delivery)
    for source in Source:
        cell = Cell(measure=Measure.RECEIVED, source=source, origin=Origin.OFFICIAL)
        assert len(await statistics.ids(here, cell)) == figures.from_source(source, origin=Origin.OFFICIAL)
    assert len(await statistics.ids(here, Cell(measure=Measure.RESTORED))) == figures.restored()
    none = Cell(measure=Measure.RECEIVED, certain_service=False, organisation=POLICE)
    found = await statistics.ids(here, none)
    assert len(found) == figures.received(services=[None], organisation=POLICE)
    kept = await hall.session.scalars(select(ComplaintRow.service).where(ComplaintRow.id.in_(found)))
    assert set(kept) == {None}
    one = Cell(measure=Measure.RECEIVED, service="service-3", organisation=POLICE)
    assert len(await statistics.ids(here, one)) == figures.received(
        services=["service-3"], organisation=POLICE
    )


async def test_kinds_outcomes_and_hearings_for_the_annual_report(hall: Hall):
    await hall.connect(POLICE)
    await hall.staff()
    case = await hall.taken()
    await NoteHearing(hall.desk)(OFFICER, case.id, date(2026, 3, 19))
    await hall.answer(case)
    await hall.entered()
    year = Span(
        organisations=frozenset({POLICE}), first=date(2026, 1, 1), last=date(2026, 12, 31), as_of=HAND_IN
    )
    statistics = Statistics(hall.session)
    assert await statistics.kinds(year) == {Kind.TERM: 1, Kind.OTHER: 1}
    assert await statistics.outcomes(year) == {Outcome.UPHELD: 1, None: 1}
    assert await statistics.hearings(year) == 1


async def test_passed_on_it_counts_with_the_body_that_has_it_now(hall: Hall):
    await hall.connect(POLICE, AKIMAT)
    await hall.staff()
    hall.at(date(2026, 4, 20))
    case = await hall.taken()
    await PassOn(hall.desk)(OFFICER, case.id, AKIMAT, WHY)
    statistics = Statistics(hall.session)
    assert [(await statistics.figures(span(body))).received() for body in (POLICE, AKIMAT)] == [0, 1]
