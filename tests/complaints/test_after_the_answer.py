"""What a citizen does with an answer, or without one: rates it, escalates it, reopens the complaint."""

from datetime import date

import pytest

from complaints.actions.answering import CloseComplaint
from complaints.actions.citizens import (
    EscalateToAgency,
    MarkNotSolved,
)
from complaints.actions.taking import TakeComplaint
from complaints.errors import (
    AtAgencyAlreadyError,
    ReopenWindowClosedError,
)
from complaints.facts import CameBy
from complaints.lifecycle import ComplaintState
from complaints.queries.cases import CaseQueries, LookedAt, LookReason
from complaints.routing import NotConnected
from complaints.terms import Rule
from complaints.thread import MessageContent
from tests.complaints.scenario import (
    AGENCY_BODY,
    AGENCY_HEAD,
    AGENT,
    CITIZEN,
    OFFICER,
    POLICE,
    TEXT,
    ComplaintScenario,
)
from tests.complaints.test_course import notices_since


async def test_unsolved_complaint_goes_to_agency_then_court(police: ComplaintScenario):
    case = await police.answered()
    before = len(await police.notices())
    refused = await MarkNotSolved(police.context)(CITIZEN, case.id, MessageContent(text="Әлі жоқ"))
    assert refused.state is ComplaintState.NOT_SOLVED
    assert await notices_since(police, before) == [("not_solved", OFFICER)]
    following = await EscalateToAgency(police.context)(CITIZEN, case.id)
    assert not isinstance(following, NotConnected)
    assert (following.organisation, following.rule, following.came_by) == (
        AGENCY_BODY,
        Rule.AUTHORITY,
        CameBy.AGENCY,
    )
    assert (following.due_on, following.previous, following.root) == (date(2026, 4, 14), case.id, case.id)
    assert following.number != case.number
    assert await notices_since(police, before) == [
        ("not_solved", OFFICER),
        ("new", AGENT),
        ("new", AGENCY_HEAD),
    ]
    assert await EscalateToAgency(police.context)(CITIZEN, case.id) == following  # a repeated call
    full = await CaseQueries(police.context).look(AGENT, following.id, LookedAt.WORDS, LookReason.SUPERVISION)
    assert full.text == TEXT
    assert [one.text for one in full.thread] == [
        "Шағымыңыз қаралды",
        "Әлі жоқ",
    ]  # the Agency sees the earlier messages
    assert [one.id for one in full.chain] == [case.id, following.id]
    await TakeComplaint(police.context)(AGENT, following.id)
    await police.answer(following, by=AGENT)
    await MarkNotSolved(police.context)(CITIZEN, following.id)
    with pytest.raises(AtAgencyAlreadyError):  # the next step is the court
        await EscalateToAgency(police.context)(CITIZEN, following.id)


async def test_escalation_of_late_complaint_keeps_the_first_term(
    police: ComplaintScenario,
):
    case = await police.taken()
    police.at(date(2026, 4, 2))
    following = await EscalateToAgency(police.context)(CITIZEN, case.id)
    assert not isinstance(following, NotConnected)
    assert following.registered_on == date(2026, 4, 2)
    first = await police.again(case)
    assert (first.state, first.due_on) == (ComplaintState.IN_WORK, date(2026, 3, 31))
    assert first.is_late(date(2026, 4, 2))
    assert (await police.answer(first)).state is ComplaintState.ANSWERED


async def test_escalation_without_connected_agency_changes_nothing(scenario: ComplaintScenario):
    await scenario.connect(POLICE)
    await scenario.staff()
    case = await scenario.answered()
    found = await EscalateToAgency(scenario.context)(CITIZEN, case.id)
    assert isinstance(found, NotConnected)
    assert found.assessor is not None
    assert found.assessor.code == AGENCY_BODY
    assert (await scenario.again(case)).state is ComplaintState.ANSWERED


@pytest.mark.parametrize(("day", "is_taken"), [(date(2026, 4, 18), True), (date(2026, 4, 19), False)])
async def test_not_solved_is_accepted_for_thirty_days(police: ComplaintScenario, day: date, is_taken: bool):
    case = await police.answered()
    police.at(day, hour=23, minute=59)
    if is_taken:
        assert (await MarkNotSolved(police.context)(CITIZEN, case.id)).state is ComplaintState.NOT_SOLVED
    else:
        with pytest.raises(ReopenWindowClosedError):
            await MarkNotSolved(police.context)(CITIZEN, case.id)
        assert not isinstance(
            await EscalateToAgency(police.context)(CITIZEN, case.id), NotConnected
        )  # not limited by law


async def test_closed_complaint_can_be_marked_not_solved(police: ComplaintScenario):
    case = await police.answered()
    assert (await CloseComplaint(police.context)(OFFICER, case.id)).state is ComplaintState.CLOSED
    assert (await MarkNotSolved(police.context)(CITIZEN, case.id)).state is ComplaintState.NOT_SOLVED
