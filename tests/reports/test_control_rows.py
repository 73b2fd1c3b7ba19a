"""Rows 1 to 9.2 equal a plain count over generated control events."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.period import Period
from oversight.control.counts import KnownEvent, counts_of
from oversight.control.entries import CODES, PUNISHED, ControlEntry, EntryKind
from oversight.control.store import ControlStore
from registry_data.report_forms import FormRow, load_form
from reminders.chain import ControlEvent, EventFact, EventKind
from reminders.event_store import EventStore
from reports.columns import MONTHS, QUARTER
from reports.counting import Counting
from reports.figures import OriginCount, figures_of
from tests.each import each_case
from tests.reports.scenario import REGION, SEMEY, ReportScenario

FORM = load_form("2-mq").recorded
ROWS = [row for row in FORM.rows if row.events is not None]
PERIOD = Period.of_code("2026Q3")
AS_OF = date(2026, 10, 9)
MADE = datetime(2026, 9, 1, 6, tzinfo=UTC)

days = st.dates(date(2026, 6, 1), date(2026, 10, 20))


@st.composite
def entries(draw: st.DrawFn, event: int) -> ControlEntry:
    kind = draw(st.sampled_from(EntryKind))
    day = None
    if kind not in {EntryKind.OBJECT, EntryKind.BREACH, EntryKind.LATE_ANSWERS, EntryKind.MEASURE}:
        day = draw(days)
    return ControlEntry(
        event=event,
        kind=kind,
        code=draw(st.sampled_from(CODES.get(kind, ("",)))),
        who=draw(st.sampled_from(PUNISHED)) if kind is EntryKind.PENALTY else "",
        count=draw(st.integers(1, 9)),
        people=draw(st.integers(0, 9)),
        day=day,
        done_on=draw(st.none() | days) if kind is EntryKind.RECOMMENDATION else None,
    )


@st.composite
def events(draw: st.DrawFn, number: int) -> KnownEvent:
    starts = draw(days)
    facts = {EventFact.STARTS_ON: starts, EventFact.ENDS_ON: starts + timedelta(days=9)}
    if draw(st.booleans()):
        facts[EventFact.ENDED_ON] = starts + timedelta(days=draw(st.integers(0, 20)))
    event = ControlEvent(
        number=number,
        organisation=REGION,
        kind=EventKind.CONTROL,
        object="a hall",
        planned=draw(st.booleans()),
        facts=facts,
    )
    return KnownEvent(event=event, entries=tuple(draw(st.lists(entries(number), max_size=8))))


@st.composite
def several(draw: st.DrawFn) -> list[KnownEvent]:
    return [draw(events(number)) for number in range(1, draw(st.integers(1, 8)))]


def plain(row: FormRow, known: list[KnownEvent], first: date, last: date) -> int:
    """The row's figure from `first` to `last`, both inclusive, told without the product's rules."""
    number = 0
    for one in known:
        ended = one.event.facts.get(EventFact.ENDED_ON)
        if ended is not None and first <= ended <= last:
            number += row.number == ("1.1" if one.event.planned else "1.2")
            number += sum(_of_the_event(row.number, entry) for entry in one.entries)
        after = [entry for entry in one.entries if entry.day is not None and first <= entry.day <= last]
        number += sum(_of_its_day(row.number, entry) for entry in after)
    return number


def _of_the_event(row: str, entry: ControlEntry) -> int:
    if entry.kind.value in {"object", "breach"}:
        return entry.count if entry.code == row else 0
    return entry.count if entry.kind.value == "late_answers" and row == "6" else 0


def _of_its_day(row: str, entry: ControlEntry) -> int:
    match entry.kind.value:
        case "restored":
            return {"4": entry.count, "5": entry.people}.get(row, 0)
        case "penalty":
            return (entry.code == row) * entry.count + (entry.who == row) * entry.people
        case "recommendation":
            done = entry.done_on is not None and entry.done_on <= AS_OF
            return row == ("9.1" if done else "9.2")
    return 0


def month_of(place: int) -> tuple[date, date]:
    first = date(2026, 6 + place, 1)
    return first, date(2026, 7 + place, 1) - timedelta(days=1)


def check_equal(cells: object, known: list[KnownEvent]) -> None:
    for row in ROWS:
        for place, column in enumerate(MONTHS, start=1):
            wanted = plain(row, known, *month_of(place))
            assert cells[row.number, None, column] == OriginCount(0, wanted), (row.number, column)  # type: ignore[index]
        total = plain(row, known, PERIOD.first, PERIOD.last)
        assert cells[row.number, None, QUARTER].total == total, row.number  # type: ignore[index]


@settings(deadline=None)
@given(several())
def test_each_row_on_control_equals_a_plain_count(known: list[KnownEvent]):
    check_equal(figures_of(FORM, (), counts_of(known, PERIOD, AS_OF)).cells, known)


@settings(deadline=None)
@given(several())
def test_recommendations_are_done_or_not_done(known: list[KnownEvent]):
    """Row 9 is 9.1 and 9.2, so every recommendation of the quarter is in one of them."""
    cells = figures_of(FORM, (), counts_of(known, PERIOD, AS_OF)).cells
    made = sum(
        1
        for one in known
        for entry in one.entries
        if entry.kind is EntryKind.RECOMMENDATION
        and entry.day is not None
        and PERIOD.first <= entry.day <= PERIOD.last
    )
    assert cells["9.1", None, QUARTER].total + cells["9.2", None, QUARTER].total == made


async def test_database_figures_equal_a_plain_count(bureau_on_both: ReportScenario):
    session = bureau_on_both.session
    store, known = ControlStore(session), []
    for seed in range(12):
        one = _made(seed)
        number = await EventStore(session).add(one.event, 1, MADE)
        for entry in one.entries:
            await store.add(_of(entry, number), 1, MADE)
        if one.event.organisation == REGION:
            known.append(one)
    at = datetime(2026, 10, 9, 6, tzinfo=UTC)
    counting = Counting(session)
    check_equal(figures_of(FORM, (), await counting.control(FORM, (REGION,), PERIOD, at)).cells, known)
    assert await counting.control(load_form("2-mq"), (REGION,), PERIOD, at) == []
    listed = await counting.events(FORM, (REGION,), PERIOD, at)
    for row in ROWS:
        is_counted = plain(row, known, PERIOD.first, PERIOD.last) > 0
        assert any(row.number in one.rows for one in listed) is is_counted, row.number


async def test_entries_made_or_removed_later_change_no_earlier_figure(bureau_on_both: ReportScenario):
    session = bureau_on_both.session
    store, one = ControlStore(session), _made(1)
    event = await EventStore(session).add(one.event, 1, MADE)
    numbers = [await store.add(_of(entry, event), 1, MADE) for entry in one.entries]
    later = MADE + timedelta(days=60)
    await store.change(numbers[0], removed_by=1, removed_at=later)
    await store.add(_of(one.entries[1], event), 1, later)

    def of(found: object) -> list[int]:
        return [entry.number for known in found for entry in known.entries]  # type: ignore[attr-defined]

    assert of(await store.known((REGION,), MADE)) == numbers
    assert numbers[0] not in of(await store.known((REGION,), later))
    assert len(of(await store.known((REGION,), later))) == len(numbers)


def test_forms_record_rows_1_to_9_2_alone():
    with each_case() as cases:
        for code in ("1-mq", "2-mq"):
            with cases.case(code):
                form = load_form(code)
                named = [row.number for row in form.rows if row.events is not None]
                found = [row.number for row in form.recorded.rows if row.is_computed and row.counts is None]
                assert found == named
                assert {one.partition(".")[0] for one in named} == {str(number) for number in range(1, 10)}
                assert form.recorded.recorded is form.recorded
                assert not any(row.is_computed for row in form.rows if row.events is not None)
    assert load_form("3-mq").recorded is load_form("3-mq")


def _made(seed: int) -> KnownEvent:
    ended = date(2026, 6, 20) + timedelta(days=11 * seed)
    event = ControlEvent(
        number=0,
        organisation=SEMEY if seed % 4 == 3 else REGION,
        kind=EventKind.CONTROL,
        object=f"hall {seed}",
        planned=seed % 2 == 0,
        facts={
            EventFact.STARTS_ON: ended - timedelta(days=7),
            EventFact.ENDS_ON: ended,
            EventFact.ENDED_ON: ended,
        },
    )
    made = [
        ControlEntry(event=0, kind=EntryKind.OBJECT, code=f"2.{1 + seed % 4}", count=2),
        ControlEntry(event=0, kind=EntryKind.BREACH, code=f"3.{1 + seed % 10}", count=seed + 1, text="late"),
        ControlEntry(event=0, kind=EntryKind.LATE_ANSWERS, count=3),
        ControlEntry(event=0, kind=EntryKind.RESTORED, count=1, people=seed, day=ended, text="redone"),
        ControlEntry(
            event=0, kind=EntryKind.PENALTY, code=f"7.{1 + seed % 6}", who=f"8.{1 + seed % 3}", count=2,
            people=1, day=ended,
        ),
        ControlEntry(
            event=0, kind=EntryKind.RECOMMENDATION, day=ended, until=ended, text="train",
            done_on=ended if seed % 2 else None,
        ),
    ]  # fmt: skip
    return KnownEvent(event=event, entries=tuple(made))


def _of(entry: ControlEntry, event: int) -> ControlEntry:
    return replace(entry, event=event)
