"""Passed on to the competent body; entered by an official; dates kept for who filed himself."""

from datetime import date

import pytest

from accounts.errors import GoneError, NotAllowedError
from accounts.kept.numbers import NumberRefusedError
from accounts.roles import Role
from complaints.actions.entering import EnterComplaint, Entry
from complaints.actions.keeping import KeepDates, StopKeeping
from complaints.actions.passing import PassOn
from complaints.errors import FiledDayError, IllegalMoveError, PassedToItselfError, ReceivedDayError
from complaints.facts import CameBy, Delivery, Origin, Source
from complaints.kinds.kind import Kind
from complaints.lifecycle import State, Step
from complaints.queries.cases import CaseQueries
from complaints.queries.mine import MyComplaints
from complaints.talk import Words
from complaints.terms import Rule
from database.engine import Database
from tests.complaints.hall import (
    AGENCY_BODY,
    AKIMAT,
    CITIZEN,
    COORDINATOR,
    HEAD,
    OFFICER,
    OTHER_CITIZEN,
    POLICE,
    TEXT,
    Hall,
)

WHY = Words(text="Құзыреті бойынша")
AKIM_HEAD = 21


@pytest.fixture
def untouched_hall(untouched_sqlite_hall: Database) -> Database:
    """On SQLite alone: what is tested here is no SQL."""
    return untouched_sqlite_hall


@pytest.fixture
async def two(hall: Hall) -> Hall:
    """The police and the akimat are connected, and their people are there."""
    await hall.connect(POLICE, AKIMAT)
    await hall.staff()
    await hall.seat(AKIM_HEAD, Role.HEAD, AKIMAT)
    return hall


async def test_passed_on_the_new_body_s_term_starts_with_its_own_registration(two: Hall):
    case = await two.taken()
    two.at(date(2026, 3, 30))
    before = len(await two.notices())
    passed = await PassOn(two.desk)(OFFICER, case.id, AKIMAT, WHY)
    following = passed.following
    assert following is not None
    assert (passed.case.state, passed.case.passed_to, passed.case.due_on) == (
        State.PASSED_ON,
        AKIMAT,
        date(2026, 3, 31),  # the first body's date stays as it was
    )
    assert (following.organisation, following.came_by, following.previous) == (AKIMAT, CameBy.PASSED, case.id)
    assert (following.registered_on, following.due_on) == (date(2026, 3, 30), date(2026, 4, 6))
    assert (await two.notices())[before:] == [("new", AKIM_HEAD), ("passed_on", CITIZEN)]
    assert (await two.trail(case))[-1].what["due_on"] == "2026-03-31"
    assert (await two.trail(following))[0].what["due_on"] == "2026-04-06"
    seen = await CaseQueries(two.desk).of_person(CITIZEN, following.id)
    assert [one.due_on for one in seen.chain] == [
        date(2026, 3, 31),
        date(2026, 4, 6),
    ]  # the citizen sees both
    assert (seen.text, seen.is_last) == (TEXT, True)
    assert [one.text for one in seen.talk] == ["Құзыреті бойынша"]


async def test_passed_on_twice_each_body_keeps_its_dates(two: Hall):
    case = await two.taken()
    first = (await PassOn(two.desk)(OFFICER, case.id, AKIMAT, WHY)).following
    assert first is not None
    two.at(date(2026, 3, 20))
    second = (await PassOn(two.desk)(AKIM_HEAD, first.id, POLICE, WHY)).following
    assert second is not None
    chain = (await CaseQueries(two.desk).of_person(CITIZEN, case.id)).chain
    assert [one.organisation for one in chain] == [POLICE, AKIMAT, POLICE]
    assert {one.root for one in chain} == {case.id}


async def test_to_a_body_that_is_not_connected_it_leaves_us_and_the_citizen_is_told_so(two: Hall):
    case = await two.taken()
    passed = await PassOn(two.desk)(OFFICER, case.id, "ministry-health", WHY)
    assert passed.following is None
    assert passed.case.state is State.PASSED_ON
    assert (await two.notices())[-1] == ("passed_out", CITIZEN)


async def test_not_to_itself_not_to_nobody_and_not_twice(two: Hall):
    case = await two.taken()
    with pytest.raises(PassedToItselfError):
        await PassOn(two.desk)(OFFICER, case.id, POLICE, WHY)
    with pytest.raises(GoneError):
        await PassOn(two.desk)(OFFICER, case.id, "no-such-body", WHY)
    await PassOn(two.desk)(OFFICER, case.id, AKIMAT, WHY)
    with pytest.raises(IllegalMoveError):
        await PassOn(two.desk)(OFFICER, case.id, AKIMAT, WHY)


async def test_the_first_body_sees_nothing_of_what_follows_and_the_new_one_all_that_was(two: Hall):
    case = await two.taken()
    following = (await PassOn(two.desk)(OFFICER, case.id, AKIMAT, WHY)).following
    assert following is not None
    queries = CaseQueries(two.desk)
    with pytest.raises(NotAllowedError):
        await queries.of_official(OFFICER, following.id)
    with pytest.raises(NotAllowedError):
        await queries.of_official(AKIM_HEAD, case.id)
    assert (await queries.of_official(AKIM_HEAD, following.id)).text == TEXT


async def test_what_came_elsewhere_runs_from_the_day_it_was_received(two: Hall):
    case = await two.entered(received_on=date(2026, 3, 17), name="Ерлан Ахметов", text="Хат")
    assert (case.registered_on, case.due_on) == (date(2026, 3, 17), date(2026, 3, 27))
    assert (case.origin, case.source, case.delivery) == (Origin.OFFICIAL, Source.MEDIA, Delivery.ELECTRONIC)
    assert (case.person, case.region) == (None, "abai")
    assert ("new", HEAD) in await two.notices()
    assert ("new", OFFICER) not in await two.notices()  # he knows
    step = (await two.trail(case))[0]
    assert (step.step, step.actor.role) == (Step.REGISTER, "officer")
    full = await CaseQueries(two.desk).of_official(OFFICER, case.id)
    assert full.text == "Хат"


async def test_what_came_today_before_the_office_closed_counts_today_however_late_it_is_entered(two: Hall):
    two.at(date(2026, 3, 19), hour=20)
    assert (await two.entered()).registered_on == date(2026, 3, 19)


@pytest.mark.parametrize("received_on", [date(2026, 3, 14), date(2026, 3, 15)])
async def test_what_came_at_a_weekend_is_registered_on_monday(two: Hall, received_on: date):
    assert (await two.entered(received_on=received_on)).registered_on == date(2026, 3, 16)


async def test_nothing_is_received_tomorrow(two: Hall):
    with pytest.raises(ReceivedDayError):
        await two.entered(received_on=date(2026, 3, 20))


async def test_forged_entries_are_refused(two: Hall):
    with pytest.raises(GoneError):
        await two.entered(service="no-such-service")
    with pytest.raises(NumberRefusedError):
        await two.entered(number="123456789012")
    with pytest.raises(NotAllowedError):
        await two.entered(organisation=AKIMAT)
    for stranger in (CITIZEN, COORDINATOR):  # a coordinator registers in his own organisation only
        with pytest.raises(NotAllowedError):
            await two.entered(by=stranger)


async def test_a_complaint_to_the_agency_s_body_that_came_on_paper_has_fifteen_days(two: Hall):
    await two.seat(31, Role.INSPECTOR, AGENCY_BODY)
    entry = Entry(
        organisation=AGENCY_BODY,
        received_on=date(2026, 3, 19),
        source=Source.ASSIGNMENT,
        delivery=Delivery.OFFICE,
        kind=Kind.TERM,
    )
    case = await EnterComplaint(two.desk)(31, entry)
    assert (case.rule, case.due_on) == (Rule.AUTHORITY, date(2026, 4, 14))


async def test_dates_are_kept_for_who_filed_himself_and_nothing_else_is(hall: Hall):
    draft = await hall.drafted()
    kept = await KeepDates(hall.desk)(CITIZEN, draft, date(2026, 3, 18))
    assert (kept.organisation, kept.rule, kept.due_on) == (POLICE, Rule.PROVIDER, date(2026, 3, 30))
    assert await KeepDates(hall.desk)(CITIZEN, draft, date(2026, 3, 18)) == kept  # a second press
    mine = MyComplaints(hall.desk)
    assert await mine.draft(CITIZEN) is None
    assert await mine.kept(CITIZEN) == [kept]
    assert await mine.all(CITIZEN) == []  # nothing was registered
    with pytest.raises(NotAllowedError):
        await StopKeeping(hall.desk)(OTHER_CITIZEN, kept.id)
    await StopKeeping(hall.desk)(CITIZEN, kept.id)
    await StopKeeping(hall.desk)(CITIZEN, kept.id)
    assert await mine.kept(CITIZEN) == []


async def test_dates_of_a_complaint_to_the_agency_are_the_agency_s(hall: Hall):
    draft = await hall.drafted(to_agency=True)
    kept = await KeepDates(hall.desk)(CITIZEN, draft, date(2026, 3, 19))
    assert (kept.organisation, kept.rule, kept.due_on) == (AGENCY_BODY, Rule.AUTHORITY, date(2026, 4, 14))


@pytest.mark.parametrize("filed_on", [date(2026, 3, 20), date(2025, 3, 17)])
async def test_a_day_that_cannot_be_is_refused(hall: Hall, filed_on: date):
    draft = await hall.drafted()
    with pytest.raises(FiledDayError):
        await KeepDates(hall.desk)(CITIZEN, draft, filed_on)
    assert await MyComplaints(hall.desk).draft(CITIZEN) is not None


async def test_nobody_keeps_dates_of_another_s_draft(hall: Hall):
    draft = await hall.drafted()
    with pytest.raises(GoneError):
        await KeepDates(hall.desk)(OTHER_CITIZEN, draft, date(2026, 3, 19))
