"""Complaints passed on, entered by officials, and dates tracked for citizens who filed elsewhere."""

from datetime import date

import pytest

from accounts.errors import GoneError, NotAllowedError
from accounts.roles import Role
from complaints.actions.entering import ComplaintEntry, EnterComplaint
from complaints.actions.passing import PassOnComplaint
from complaints.actions.self_filed import StopTracking, TrackSelfFiled
from complaints.actions.taking import AssignComplaint, TakeComplaint
from complaints.errors import FiledDayError, IllegalTransitionError, PassedToItselfError, ReceivedDayError
from complaints.facts import CameBy, ComplaintSource, Origin, ServiceDelivery
from complaints.kinds.kind import ComplaintKind
from complaints.lifecycle import ComplaintState, LifecycleStep
from complaints.queries.cases import CaseQueries, LookedAt, LookReason
from complaints.queries.mine import MyComplaints
from complaints.terms import Rule
from complaints.thread import MessageContent
from database.engine import Database
from kernel.identity_numbers import IdentityNumberInvalidError
from tests.complaints.scenario import (
    AGENCY_BODY,
    AKIMAT,
    CITIZEN,
    COLLEAGUE,
    COORDINATOR,
    HEAD,
    OFFICER,
    OTHER_CITIZEN,
    POLICE,
    TEXT,
    ComplaintScenario,
)

WHY = MessageContent(text="Құзыреті бойынша")
AKIM_HEAD = 21


@pytest.fixture
def rollback_database(sqlite_rollback_database: Database) -> Database:
    """SQLite only: these tests are not about SQL."""
    return sqlite_rollback_database


@pytest.fixture
async def two(scenario: ComplaintScenario) -> ComplaintScenario:
    """The police and the akimat, connected and staffed."""
    await scenario.connect(POLICE, AKIMAT)
    await scenario.staff()
    await scenario.add_membership(AKIM_HEAD, Role.HEAD, AKIMAT)
    return scenario


async def test_passed_complaint_starts_a_new_term(two: ComplaintScenario):
    case = await two.taken()
    two.at(date(2026, 3, 30))
    before = len(await two.notices())
    passed = await PassOnComplaint(two.context)(OFFICER, case.id, AKIMAT, WHY)
    following = passed.following
    assert following is not None
    assert (passed.case.state, passed.case.passed_to, passed.case.due_on) == (
        ComplaintState.PASSED_ON,
        AKIMAT,
        date(2026, 3, 31),  # the first body's date does not change
    )
    assert (following.organisation, following.came_by, following.previous) == (AKIMAT, CameBy.PASSED, case.id)
    assert (following.registered_on, following.due_on) == (date(2026, 3, 30), date(2026, 4, 6))
    assert (await two.notices())[before:] == [("new", AKIM_HEAD), ("passed_on", CITIZEN)]
    assert (await two.audit_log(case))[-1].what["due_on"] == "2026-03-31"
    assert (await two.audit_log(following))[0].what["due_on"] == "2026-04-06"
    seen = await CaseQueries(two.context).of_person(CITIZEN, following.id)
    assert [one.due_on for one in seen.chain] == [
        date(2026, 3, 31),
        date(2026, 4, 6),
    ]  # the citizen sees both
    assert (seen.text, seen.is_last) == (TEXT, True)
    assert [one.text for one in seen.thread] == ["Құзыреті бойынша"]


async def test_what_was_told_of_day_and_place_travels_with_the_complaint(two: ComplaintScenario):
    told = {"applied_on": date(2026, 2, 2), "happened_on": None, "region": "abai", "district": "abai-abai"}
    case = await two.taken(**told)
    following = (await PassOnComplaint(two.context)(OFFICER, case.id, AKIMAT, WHY)).following
    assert following is not None
    for one in (case, following):
        assert {name: getattr(one, name) for name in told} == told


async def test_complaint_passed_twice_keeps_one_chain(two: ComplaintScenario):
    case = await two.taken()
    first = (await PassOnComplaint(two.context)(OFFICER, case.id, AKIMAT, WHY)).following
    assert first is not None
    two.at(date(2026, 3, 20))
    second = (await PassOnComplaint(two.context)(AKIM_HEAD, first.id, POLICE, WHY)).following
    assert second is not None
    chain = (await CaseQueries(two.context).of_person(CITIZEN, case.id)).chain
    assert [one.organisation for one in chain] == [POLICE, AKIMAT, POLICE]
    assert {one.root for one in chain} == {case.id}


async def test_passing_to_unconnected_body_notifies_the_citizen(two: ComplaintScenario):
    case = await two.taken()
    passed = await PassOnComplaint(two.context)(OFFICER, case.id, "ministry-health", WHY)
    assert passed.following is None
    assert passed.case.state is ComplaintState.PASSED_ON
    assert (await two.notices())[-1] == ("passed_out", CITIZEN)


async def test_former_holder_is_told(two: ComplaintScenario):
    case = await two.taken()
    await PassOnComplaint(two.context)(HEAD, case.id, "ministry-health", WHY)
    assert (await two.notices())[-2:] == [("passed_on", OFFICER), ("passed_out", CITIZEN)]
    other = await two.taken(by=OFFICER)
    await AssignComplaint(two.context)(HEAD, other.id, COLLEAGUE)
    assert (await two.notices())[-2:] == [("assigned", COLLEAGUE), ("taken_away", OFFICER)]
    await TakeComplaint(two.context)(HEAD, other.id)
    assert (await two.notices())[-1] == ("taken_away", COLLEAGUE)
    before = await two.notices()
    await TakeComplaint(two.context)(HEAD, other.id)
    assert await two.notices() == before


async def test_passing_to_self_unknown_body_or_twice_is_rejected(two: ComplaintScenario):
    case = await two.taken()
    with pytest.raises(PassedToItselfError):
        await PassOnComplaint(two.context)(OFFICER, case.id, POLICE, WHY)
    with pytest.raises(GoneError):
        await PassOnComplaint(two.context)(OFFICER, case.id, "no-such-body", WHY)
    await PassOnComplaint(two.context)(OFFICER, case.id, AKIMAT, WHY)
    with pytest.raises(IllegalTransitionError):
        await PassOnComplaint(two.context)(OFFICER, case.id, AKIMAT, WHY)


async def test_only_the_new_body_sees_the_passed_complaint(two: ComplaintScenario):
    case = await two.taken()
    following = (await PassOnComplaint(two.context)(OFFICER, case.id, AKIMAT, WHY)).following
    assert following is not None
    queries = CaseQueries(two.context)
    with pytest.raises(NotAllowedError):
        await queries.of_official(OFFICER, following.id)
    with pytest.raises(NotAllowedError):
        await queries.of_official(AKIM_HEAD, case.id)
    seen = await queries.look(AKIM_HEAD, following.id, LookedAt.WORDS, LookReason.SUPERVISION)
    assert seen.text == TEXT


async def test_entered_complaint_is_dated_from_its_receipt(two: ComplaintScenario):
    case = await two.entered(received_on=date(2026, 3, 17), name="Ерлан Ахметов", text="Хат")
    assert (case.registered_on, case.due_on) == (date(2026, 3, 17), date(2026, 3, 27))
    assert (case.origin, case.source, case.delivery) == (
        Origin.OFFICIAL,
        ComplaintSource.MEDIA,
        ServiceDelivery.ELECTRONIC,
    )
    assert (case.person, case.region) == (None, "abai")
    assert ("new", HEAD) in await two.notices()
    assert ("new", OFFICER) not in await two.notices()  # already notified
    step = (await two.audit_log(case))[0]
    assert (step.step, step.actor.role) == (LifecycleStep.REGISTER, "officer")
    reason = LookReason.SUPERVISION
    full = await CaseQueries(two.context).look(OFFICER, case.id, LookedAt.WORDS, reason)
    assert full.text == "Хат"


async def test_complaint_entered_after_hours_keeps_todays_receipt(two: ComplaintScenario):
    two.at(date(2026, 3, 19), hour=20)
    assert (await two.entered()).registered_on == date(2026, 3, 19)


@pytest.mark.parametrize("received_on", [date(2026, 3, 14), date(2026, 3, 15)])
async def test_weekend_receipt_is_registered_on_monday(two: ComplaintScenario, received_on: date):
    assert (await two.entered(received_on=received_on)).registered_on == date(2026, 3, 16)


async def test_receipt_in_the_future_is_rejected(two: ComplaintScenario):
    with pytest.raises(ReceivedDayError):
        await two.entered(received_on=date(2026, 3, 20))


async def test_forged_entry_is_rejected(two: ComplaintScenario):
    with pytest.raises(GoneError):
        await two.entered(service="no-such-service")
    with pytest.raises(IdentityNumberInvalidError):
        await two.entered(number="123456789012")
    with pytest.raises(NotAllowedError):
        await two.entered(organisation=AKIMAT)
    for stranger in (CITIZEN, COORDINATOR):  # coordinators register in their own organisation only
        with pytest.raises(NotAllowedError):
            await two.entered(by=stranger)


async def test_entered_agency_complaint_has_fifteen_days(two: ComplaintScenario):
    await two.add_membership(31, Role.INSPECTOR, AGENCY_BODY)
    entry = ComplaintEntry(
        organisation=AGENCY_BODY,
        received_on=date(2026, 3, 19),
        source=ComplaintSource.ASSIGNMENT,
        delivery=ServiceDelivery.OFFICE,
        kind=ComplaintKind.TERM,
    )
    case = await EnterComplaint(two.context)(31, entry)
    assert (case.rule, case.due_on) == (Rule.AUTHORITY, date(2026, 4, 14))


async def test_self_filed_complaint_stores_dates_only(scenario: ComplaintScenario):
    draft = await scenario.drafted()
    self_filed = await TrackSelfFiled(scenario.context)(CITIZEN, draft, date(2026, 3, 18))
    assert (self_filed.organisation, self_filed.rule, self_filed.due_on) == (
        POLICE,
        Rule.PROVIDER,
        date(2026, 3, 30),
    )
    assert (
        await TrackSelfFiled(scenario.context)(CITIZEN, draft, date(2026, 3, 18)) == self_filed
    )  # a repeated call
    mine = MyComplaints(scenario.context)
    assert await mine.draft(CITIZEN) is None
    assert await mine.self_filed(CITIZEN) == [self_filed]
    assert await mine.all(CITIZEN) == []  # nothing was registered
    with pytest.raises(NotAllowedError):
        await StopTracking(scenario.context)(OTHER_CITIZEN, self_filed.id)
    await StopTracking(scenario.context)(CITIZEN, self_filed.id)
    await StopTracking(scenario.context)(CITIZEN, self_filed.id)
    assert await mine.self_filed(CITIZEN) == []


async def test_self_filed_agency_complaint_has_the_agency_term(scenario: ComplaintScenario):
    draft = await scenario.drafted(to_agency=True)
    self_filed = await TrackSelfFiled(scenario.context)(CITIZEN, draft, date(2026, 3, 19))
    assert (self_filed.organisation, self_filed.rule, self_filed.due_on) == (
        AGENCY_BODY,
        Rule.AUTHORITY,
        date(2026, 4, 14),
    )


@pytest.mark.parametrize("filed_on", [date(2026, 3, 20), date(2025, 3, 17)])
async def test_impossible_filing_day_is_rejected(scenario: ComplaintScenario, filed_on: date):
    draft = await scenario.drafted()
    with pytest.raises(FiledDayError):
        await TrackSelfFiled(scenario.context)(CITIZEN, draft, filed_on)
    assert await MyComplaints(scenario.context).draft(CITIZEN) is not None


async def test_dates_of_another_persons_draft_are_denied(scenario: ComplaintScenario):
    draft = await scenario.drafted()
    with pytest.raises(GoneError):
        await TrackSelfFiled(scenario.context)(OTHER_CITIZEN, draft, date(2026, 3, 19))
