"""Extensions: once, in time, by the bodies the law names, with the head's approval; and their notices."""

from datetime import date

import pytest

from accounts.errors import GoneError, NotAllowedError
from accounts.roles import Role
from complaints.actions.extending import AskExtension, ConfirmExtensionNotice, DecideExtension
from complaints.actions.taking import TakeComplaint
from complaints.case import ComplaintCase
from complaints.errors import (
    ExtensionBodyError,
    ExtensionLateError,
    ExtensionPendingError,
    IllegalTransitionError,
)
from complaints.facts import ExtensionReason
from complaints.lifecycle import LifecycleStep
from complaints.queries.cases import CaseQueries
from database.engine import Database
from deadlines.errors import ExtendedAlreadyError, ExtensionTooLongError
from tests.complaints.scenario import (
    AKIMAT,
    CITIZEN,
    CORPORATION_BRANCH,
    HEAD,
    OF_AKIMAT,
    OFFICER,
    POLICE,
    ComplaintScenario,
)

STUDY = ExtensionReason.STUDY


@pytest.fixture
def rollback_database(sqlite_rollback_database: Database) -> Database:
    """SQLite only: these tests are not about SQL."""
    return sqlite_rollback_database


@pytest.fixture
async def akimat(scenario: ComplaintScenario) -> ComplaintScenario:
    """A region's akimat, which may extend, with an officer and a head."""
    await scenario.connect(AKIMAT)
    await scenario.add_membership(OFFICER, Role.OFFICER, AKIMAT)
    await scenario.add_membership(HEAD, Role.HEAD, AKIMAT)
    scenario.service = OF_AKIMAT
    return scenario


async def asked(scenario: ComplaintScenario, days: int = 10) -> ComplaintCase:
    case = await scenario.taken()
    return await AskExtension(scenario.context)(OFFICER, case.id, days, STUDY)


async def test_approved_extension_is_notified_at_once(akimat: ComplaintScenario):
    case = await asked(akimat)
    assert case.due_on == date(2026, 3, 31)  # nothing moves before the head decides
    with pytest.raises(NotAllowedError):
        await DecideExtension(akimat.context)(OFFICER, case.id, approve=True)
    before = len(await akimat.notices())
    extended = await DecideExtension(akimat.context)(HEAD, case.id, approve=True)
    assert (extended.due_on, extended.extended_by) == (date(2026, 4, 14), 10)
    assert extended.due_version == case.due_version + 1
    assert (await akimat.notices())[before:] == [("extended", CITIZEN), ("extension_decided", OFFICER)]
    step = next(one for one in await akimat.audit_log(case) if one.step is LifecycleStep.EXTEND)
    assert step.actor.role == "head"
    assert step.what == {
        "days": 10,
        "reason": "study",
        "due_before": "2026-03-31",
        "due_on": "2026-04-14",
        "tell_by": "2026-03-27",
    }


async def test_head_may_refuse_an_extension(akimat: ComplaintScenario):
    await asked(akimat)
    assert (await akimat.notices())[-1] == ("extension_asked", HEAD)
    case = (await CaseQueries(akimat.context).of_official(HEAD, await last(akimat))).case
    refused = await DecideExtension(akimat.context)(HEAD, case.id, approve=False)
    assert (refused.due_on, refused.extended_by) == (date(2026, 3, 31), 0)
    assert (await akimat.notices())[-1] == ("extension_decided", OFFICER)
    again = await AskExtension(akimat.context)(OFFICER, case.id, 5, ExtensionReason.INFORMATION)
    assert again.due_on == date(2026, 3, 31)


async def last(scenario: ComplaintScenario) -> int:
    """The newest complaint's id."""
    return max(one.complaint for one in scenario.renderer.notifications)


async def test_heads_own_request_is_granted_at_once(akimat: ComplaintScenario):
    case = await akimat.taken(by=HEAD)
    extended = await AskExtension(akimat.context)(HEAD, case.id, 3, STUDY)
    assert (extended.due_on, extended.extended_by) == (date(2026, 4, 3), 3)


async def test_an_extension_is_granted_once(akimat: ComplaintScenario):
    case = await asked(akimat, days=1)
    with pytest.raises(ExtensionPendingError):
        await AskExtension(akimat.context)(OFFICER, case.id, 1, STUDY)
    await DecideExtension(akimat.context)(HEAD, case.id, approve=True)
    with pytest.raises(ExtendedAlreadyError):
        await AskExtension(akimat.context)(OFFICER, case.id, 1, STUDY)
    with pytest.raises(GoneError):
        await DecideExtension(akimat.context)(HEAD, case.id, approve=True)


@pytest.mark.parametrize("days", [0, 11, -1, 10**6])
async def test_an_extension_is_one_to_ten_days(akimat: ComplaintScenario, days: int):
    case = await akimat.taken()
    with pytest.raises(ExtensionTooLongError) as refused:
        await AskExtension(akimat.context)(OFFICER, case.id, days, STUDY)
    assert refused.value.data == {"up_to": 10}


async def test_late_complaint_cannot_be_extended(akimat: ComplaintScenario):
    case = await asked(akimat)
    akimat.at(date(2026, 3, 31), hour=23)
    other = await akimat.taken(district="semey")
    akimat.at(date(2026, 4, 1), hour=0)
    with pytest.raises(ExtensionLateError):
        await DecideExtension(akimat.context)(HEAD, case.id, approve=True)
    akimat.at(date(2026, 4, 20))
    with pytest.raises(ExtensionLateError):
        await AskExtension(akimat.context)(OFFICER, other.id, 1, STUDY)


@pytest.mark.parametrize("organisation", [POLICE, CORPORATION_BRANCH])
async def test_bodies_outside_art_25_cannot_extend(scenario: ComplaintScenario, organisation: str):
    await scenario.add_membership(OFFICER, Role.OFFICER, organisation)
    await scenario.add_membership(HEAD, Role.HEAD, organisation)
    case = await scenario.entered(organisation=organisation)
    await TakeComplaint(scenario.context)(OFFICER, case.id)
    for by in (OFFICER, HEAD):
        with pytest.raises(ExtensionBodyError):
            await AskExtension(scenario.context)(by, case.id, 1, STUDY)


async def test_answered_complaint_cannot_be_extended(akimat: ComplaintScenario):
    case = await akimat.answered()
    with pytest.raises(IllegalTransitionError):
        await AskExtension(akimat.context)(OFFICER, case.id, 1, STUDY)


async def test_official_notifies_offline_citizen_within_three_days(akimat: ComplaintScenario):
    case = await akimat.entered(organisation=AKIMAT)
    await TakeComplaint(akimat.context)(HEAD, case.id)
    await AskExtension(akimat.context)(HEAD, case.id, 2, STUDY)
    extension = (await CaseQueries(akimat.context).of_official(HEAD, case.id)).extensions[0]
    assert (extension.tell_by, extension.told_at) == (date(2026, 3, 27), None)
    await ConfirmExtensionNotice(akimat.context)(HEAD, case.id)
    assert extension.told_at == akimat.clock.now()
    with pytest.raises(GoneError):
        await ConfirmExtensionNotice(akimat.context)(HEAD, case.id)
