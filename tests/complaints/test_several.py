"""Several complaints given to one official: each wholly or not at all, and each refused one is named."""

import pytest

from accounts.errors import NotAllowedError
from accounts.officials.membership import NotAMemberError
from complaints.actions.taking import MOST_AT_ONCE, AssignSeveral
from complaints.errors import IllegalTransitionError
from tests.complaints.scenario import (
    AGENCY_HEAD,
    CITIZEN,
    COLLEAGUE,
    COORDINATOR,
    HEAD,
    OFFICER,
    POLICE,
    STRANGER,
    ComplaintScenario,
)


def several(scenario: ComplaintScenario) -> AssignSeveral:
    return AssignSeveral(scenario.context)


async def test_refused_one_is_named_and_left_as_it_was(police: ComplaintScenario):
    new, held = await police.sent(), await police.taken()
    over = await police.answer(await police.taken())
    before = len(await police.notices())
    done = await several(police)(HEAD, POLICE, [over.id, new.id, held.id], COLLEAGUE)
    assert [case.id for case in done.done] == [new.id, held.id]
    assert [(one.case.number, type(one.error)) for one in done.refused] == [
        (over.number, IllegalTransitionError)
    ]
    assert [(await police.again(case)).assignee for case in (new, held, over)] == [
        COLLEAGUE,
        COLLEAGUE,
        OFFICER,
    ]
    told = (await police.notices())[before:]
    assert told.count(("assigned", COLLEAGUE)) == 2


async def test_wrong_person_gets_nothing(police: ComplaintScenario):
    case = await police.sent()
    for to in (COORDINATOR, STRANGER, AGENCY_HEAD):
        with pytest.raises(NotAMemberError):
            await several(police)(HEAD, POLICE, [case.id], to)
    for by in (OFFICER, COORDINATOR, AGENCY_HEAD, CITIZEN):
        with pytest.raises(NotAllowedError):
            await several(police)(by, POLICE, [case.id], COLLEAGUE)
    assert (await police.again(case)).assignee is None


async def test_complaint_of_another_organisation_refuses_all(police: ComplaintScenario):
    mine, theirs = await police.sent(), await police.sent(to_agency=True)
    assert theirs.organisation != POLICE
    with pytest.raises(NotAllowedError):
        await several(police)(HEAD, POLICE, [mine.id, theirs.id], COLLEAGUE)
    assert (await police.again(mine)).assignee is None


async def test_no_more_than_some_at_once(police: ComplaintScenario):
    cases = [await police.entered() for _ in range(MOST_AT_ONCE + 1)]
    done = await several(police)(HEAD, POLICE, [case.id for case in cases], COLLEAGUE)
    assert len(done.done) == MOST_AT_ONCE
    assert (await police.again(cases[-1])).assignee is None
