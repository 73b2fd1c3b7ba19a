"""Requests of the Administrative Procedure Code: to complete a complaint, and to see the materials."""

from datetime import date

import pytest

from accounts.errors import GoneError, NotAllowedError
from complaints.actions.citizens import AddToComplaint, EscalateToAgency
from complaints.actions.completing import AskToComplete, ConfirmComplete, ReturnComplaint
from complaints.actions.materials import RequestMaterials, ShowMaterials
from complaints.case import ComplaintCase
from complaints.due import DueReader
from complaints.errors import (
    CompletionLateError,
    IllegalTransitionError,
    NotAssigneeError,
    NothingMissingError,
    RequestPendingError,
    ReturnEarlyError,
    ReturnLateError,
)
from complaints.lifecycle import ComplaintState, LifecycleStep
from complaints.notifier import NotificationTopic
from complaints.queries.cases import CaseQueries
from complaints.redating_extensions import Owed, find_notice_redatings, redate_notice
from complaints.requests.rules import RequestEnd, RequestKind, Requisite, completion_days, return_by
from complaints.thread import MessageContent
from database.engine import Database
from deadlines.calendar import WorkCalendar
from tests.complaints.scenario import (
    AGENCY_BODY,
    CITIZEN,
    COLLEAGUE,
    HEAD,
    OFFICER,
    POLICE,
    ComplaintScenario,
)
from tests.complaints.test_redating import with_day_off

WORDS = MessageContent(text="Қолы қойылмаған")
LACKING = (Requisite.SIGNATURE, Requisite.ADDRESS)
# Taken on Thursday, 19 March 2026, due on Tuesday the 31st; the 21st to the 25th are days off.
FRIDAY, THURSDAY, NEXT_FRIDAY, MONDAY, DUE = (date(2026, 3, one) for one in (20, 26, 27, 30, 31))


@pytest.fixture
def rollback_database(sqlite_rollback_database: Database) -> Database:
    """SQLite only: these tests are not about SQL."""
    return sqlite_rollback_database


@pytest.fixture
async def police(scenario: ComplaintScenario) -> ComplaintScenario:
    await scenario.connect(POLICE, AGENCY_BODY)
    await scenario.staff()
    return scenario


async def incomplete(scenario: ComplaintScenario, day: date = FRIDAY) -> ComplaintCase:
    case = await scenario.taken()
    return await AskToComplete(scenario.context)(OFFICER, case.id, LACKING, day)


async def due_topics(scenario: ComplaintScenario) -> list[tuple[str, date]]:
    reader = DueReader(
        session=scenario.session, now=scenario.clock.now(), calendar=await scenario.context.calendar()
    )
    return [(one.topic.value, one.due_on) for one in await reader.due()]


def test_a_day_to_complete_is_a_working_day_before_the_due_date(calendar: WorkCalendar):
    assert completion_days(date(2026, 3, 19), DUE, calendar) == [FRIDAY, THURSDAY, NEXT_FRIDAY, MONDAY]
    assert completion_days(MONDAY, DUE, calendar) == []
    assert completion_days(date(2026, 4, 2), DUE, calendar) == []
    assert return_by(FRIDAY, calendar) == MONDAY  # three working days after it


async def test_citizen_is_told_what_is_missing_and_the_term_runs_on(police: ComplaintScenario):
    case = await incomplete(police)
    assert (case.state, case.due_on) == (ComplaintState.INFORMATION_ASKED, DUE)
    assert (await police.notices())[-1] == ("completion_asked", CITIZEN)
    (asked,) = (await CaseQueries(police.context).of_person(CITIZEN, case.id)).requests
    assert (asked.missing, asked.complete_by, asked.due_on) == (
        (Requisite.ADDRESS, Requisite.SIGNATURE),
        FRIDAY,
        MONDAY,
    )
    step = (await police.audit_log(case))[-1]
    assert (step.step, step.what) == (
        LifecycleStep.ASK_TO_COMPLETE,
        {
            "request": asked.id,
            "missing": "address.signature",
            "complete_by": "2026-03-20",
            "return_by": "2026-03-30",
        },
    )


async def test_the_request_is_refused_without_a_list_or_a_day(police: ComplaintScenario):
    case = await police.taken()
    ask = AskToComplete(police.context)
    with pytest.raises(NothingMissingError):
        await ask(OFFICER, case.id, (), FRIDAY)
    for day in (date(2026, 3, 19), date(2026, 3, 21), DUE, date(2026, 4, 1)):
        with pytest.raises(CompletionLateError):
            await ask(OFFICER, case.id, LACKING, day)
    await ask(OFFICER, case.id, LACKING, FRIDAY)
    with pytest.raises(RequestPendingError):
        await ask(OFFICER, case.id, LACKING, FRIDAY)


async def test_completed_complaint_is_considered_and_not_returned(police: ComplaintScenario):
    case = await incomplete(police)
    added = await AddToComplaint(police.context)(CITIZEN, case.id, MessageContent(text="Абай көш., 1"))
    assert added.state is ComplaintState.IN_WORK
    assert (await ConfirmComplete(police.context)(OFFICER, case.id)).state is ComplaintState.IN_WORK
    police.at(THURSDAY)
    with pytest.raises(GoneError):
        await ReturnComplaint(police.context)(OFFICER, case.id, WORDS)
    assert (await police.answer(case)).state is ComplaintState.ANSWERED


async def test_complaint_is_returned_with_reasons_only_after_the_term(police: ComplaintScenario):
    case = await incomplete(police)
    give_back = ReturnComplaint(police.context)
    police.at(FRIDAY, hour=17)
    with pytest.raises(ReturnEarlyError) as early:
        await give_back(OFFICER, case.id, WORDS)
    assert early.value.data == {"until": FRIDAY}
    police.at(MONDAY)
    returned = await give_back(OFFICER, case.id, WORDS)
    assert returned.state is ComplaintState.RETURNED
    assert returned.closed_at is not None
    assert returned.answered_on is None
    assert (await police.notices())[-1] == ("returned", CITIZEN)
    assert (await police.audit_log(case))[-1].step is LifecycleStep.RETURN
    with pytest.raises(IllegalTransitionError):
        await police.answer(case)


async def test_after_three_working_days_it_is_considered(police: ComplaintScenario):
    case = await incomplete(police)
    police.at(DUE)
    with pytest.raises(ReturnLateError) as late:
        await ReturnComplaint(police.context)(OFFICER, case.id, WORDS)
    assert late.value.data == {"last": MONDAY}
    assert (await police.answer(case)).state is ComplaintState.ANSWERED


async def test_official_is_reminded_on_each_day_to_return(police: ComplaintScenario):
    await incomplete(police)
    reminded = {}
    for day in (FRIDAY, THURSDAY, NEXT_FRIDAY, MONDAY, DUE):
        police.at(day)
        reminded[day] = [one for one in await due_topics(police) if one[0] == "return_due"]
    owed = [("return_due", MONDAY)]
    assert reminded == {FRIDAY: [], THURSDAY: owed, NEXT_FRIDAY: owed, MONDAY: owed, DUE: []}


async def test_return_is_due_by_the_complaints_own_term_at_the_latest(police: ComplaintScenario):
    await incomplete(police, MONDAY)
    police.at(DUE)
    assert ("return_due", DUE) in await due_topics(police)  # three working days would be 2 April
    police.at(date(2026, 4, 1))
    assert [topic for topic, _ in await due_topics(police)] == ["overdue"]


async def test_returned_complaint_may_go_to_the_agency(police: ComplaintScenario):
    case = await incomplete(police)
    police.at(MONDAY)
    await ReturnComplaint(police.context)(OFFICER, case.id, WORDS)
    following = await EscalateToAgency(police.context)(CITIZEN, case.id)
    assert isinstance(following, ComplaintCase)
    assert (await police.again(case)).state is ComplaintState.RETURNED


async def test_materials_are_shown_within_three_working_days(police: ComplaintScenario):
    case = await police.taken()
    asked = await RequestMaterials(police.context)(CITIZEN, case.id)
    assert asked.due_on == NEXT_FRIDAY
    assert (await police.notices())[-1] == ("materials_asked", OFFICER)
    with pytest.raises(RequestPendingError):
        await RequestMaterials(police.context)(CITIZEN, case.id)
    reminded = {}
    for day in (FRIDAY, THURSDAY, NEXT_FRIDAY, MONDAY):
        police.at(day)
        reminded[day] = [one for one in await due_topics(police) if one[0] == "materials_due"]
    owed = [("materials_due", NEXT_FRIDAY)]
    assert reminded == {FRIDAY: [], THURSDAY: owed, NEXT_FRIDAY: owed, MONDAY: owed}
    await ShowMaterials(police.context)(OFFICER, case.id, RequestEnd.AT_OFFICE)
    assert (await police.notices())[-1] == ("materials_shown", CITIZEN)
    step = (await police.audit_log(case))[-1]
    assert (step.step, step.what["how"]) == (LifecycleStep.SHOW_MATERIALS, "at_office")
    assert "materials_due" not in [topic for topic, _ in await due_topics(police)]
    assert (await RequestMaterials(police.context)(CITIZEN, case.id)).id != asked.id  # may be asked again


async def test_materials_are_shown_after_the_answer_too(police: ComplaintScenario):
    case = await police.answered()
    await RequestMaterials(police.context)(CITIZEN, case.id)
    police.at(NEXT_FRIDAY)
    assert await due_topics(police) == [("materials_due", NEXT_FRIDAY)]
    await ShowMaterials(police.context)(OFFICER, case.id, RequestEnd.SENT, WORDS)
    full = await CaseQueries(police.context).of_person(CITIZEN, case.id)
    assert full.request(RequestKind.MATERIALS) is None
    assert full.thread[-1].text == WORDS.text


async def test_way_of_showing_has_to_fit(police: ComplaintScenario):
    case = await police.taken()
    await RequestMaterials(police.context)(CITIZEN, case.id)
    show = ShowMaterials(police.context)
    for how, content in (
        (RequestEnd.RETURNED, None),
        (RequestEnd.SENT, None),
        (RequestEnd.COPIES, WORDS),
    ):
        with pytest.raises(GoneError):
            await show(OFFICER, case.id, how, content)


@pytest.mark.parametrize("by", [CITIZEN, COLLEAGUE])
async def test_only_the_assignee_and_the_head_act_on_requests(police: ComplaintScenario, by: int):
    case = await incomplete(police)
    await RequestMaterials(police.context)(CITIZEN, case.id)
    police.at(MONDAY)
    for action in (
        lambda: ConfirmComplete(police.context)(by, case.id),
        lambda: ReturnComplaint(police.context)(by, case.id, WORDS),
        lambda: ShowMaterials(police.context)(by, case.id, RequestEnd.COPIES),
    ):
        with pytest.raises((NotAllowedError, NotAssigneeError)):
            await action()
    await ReturnComplaint(police.context)(HEAD, case.id, WORDS)
    assert NotificationTopic.RETURNED.value in [topic for topic, _ in await police.notices()]


async def test_a_calendar_edit_moves_what_is_owed(police: ComplaintScenario, calendar: WorkCalendar):
    case = await incomplete(police)
    await RequestMaterials(police.context)(CITIZEN, case.id)
    edited = with_day_off(calendar)  # the 27th
    found = await find_notice_redatings(police.session, edited)
    assert [(one.owed, one.before, one.after) for one in found] == [
        (Owed.MATERIALS, NEXT_FRIDAY, MONDAY),
        (Owed.RETURN, MONDAY, DUE),
    ]
    assert [await redate_notice(police.session, one, 2, police.clock.now()) for one in found] == [True, True]
    assert await find_notice_redatings(police.session, edited) == []
    police.at(MONDAY)
    await ReturnComplaint(police.context)(OFFICER, case.id, WORDS)
    assert not await redate_notice(police.session, found[1], 2, police.clock.now())
